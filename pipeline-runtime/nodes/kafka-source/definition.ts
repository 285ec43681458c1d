import { z } from 'zod'
import { formatConfig } from '../../formats/formats.ts'
import { sampleConfig } from '../../samples/sample-config.ts'
import { DEAD_LETTER_SCHEMA, rowsSchema } from '../../spec/edge-schema.ts'
import { defineNodeKind } from '../../spec/node-kind.ts'
import { connectionName, DEAD_LETTER_PORT, onError, topicName } from '../shared/fields.ts'
import { OUT, outPorts } from '../shared/ports.ts'
import { boundedDelayMs, deriveSourceColumns, eventTimeColumn, idleAfterMs, sourceColumns } from '../shared/source-fields.ts'
import { reference } from './reference.ts'

const config = z.strictObject({
  connection: connectionName(),
  topic: topicName('The topic to read.'),
  format: formatConfig.default({ type: 'json' }).meta({ title: 'Format', description: 'How rows are written in the topic.' }),
  columns: sourceColumns,
  eventTime: eventTimeColumn('The column that says when something happened. Without one, the time that the topic has for each row.'),
  boundedDelayMs,
  idleAfterMs,
  maxAheadMs: z.int().min(0).optional().meta({
    title: 'Refuse rows from the future beyond',
    description:
      'A row whose time is further ahead of the clock than this counts as one that cannot be read. One row stamped 2099 would otherwise make all others late.',
    widget: 'duration',
  }),
  onError: onError(
    'What to do with a record that cannot be read. What is set aside leaves by a connection point of its own and keeps its bytes.',
  ),
  tombstone: z
    .enum(['error', 'skip', 'delete'])
    .default('error')
    .meta({
      title: 'Deletion marks',
      description: 'What to do with a record that has a key and no value.',
      term: 'tombstone',
      choices: { error: 'As a row that fails', skip: 'Skip and count', delete: 'Delete the row of this key' },
    }),
  sample: sampleConfig
    .optional()
    .meta({ title: 'Sample data', description: 'What the topic holds when the drawing runs on sample data.', widget: 'sample' }),
})

export const kafkaSource = defineNodeKind({
  kind: 'kafka-source',
  version: 1,
  title: 'Read a topic',
  term: 'Kafka source',
  category: 'read',
  icon: 'database-import',
  description:
    'Reads the rows of a Kafka topic, from where the run begins. Columns and types are declared here; whole numbers are exact to the last digit. A record that cannot be read is never lost without a word.',
  config,
  ports: ({ onError }) => ({ in: [], out: outPorts(onError, OUT) }),
  derive(config, _inputs, context) {
    if (config.tombstone === 'delete') {
      context.issue({
        code: 'TOMBSTONE_DELETE',
        path: ['tombstone'],
        message: 'Deleting rows by deletion marks is not possible yet. Skip them, or treat them as rows that fail.',
        fix: { title: 'Skip deletion marks', edits: [{ path: ['tombstone'], value: 'skip' }] },
      })
    }
    const out = rowsSchema(deriveSourceColumns(config, context), true)
    return config.onError === 'dead-letter' ? { out, [DEAD_LETTER_PORT]: DEAD_LETTER_SCHEMA } : { out }
  },
  sentence: ({ topic }) => `topic ${topic}`,
  binding: ({ connection, topic }) => ({ type: 'topic', access: 'read', connection, topic }),
  promise: 'order',
  migrations: [],
  examples: [
    {
      title: 'Purchases with their own time',
      config: {
        connection: 'shop',
        topic: 'purchases',
        columns: [
          { name: 'country', type: 'STRING' },
          { name: 'amount', type: 'DOUBLE' },
          { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' },
        ],
        eventTime: 'at',
      },
      given: { source: { records: [{ value: '{"country":"DE","amount":10.5,"at":1767225600000}', timestamp: 1767225609000, key: 'DE' }] } },
      expect: { out: [{ country: 'DE', amount: 10.5, at: '2026-01-01T00:00:00.000Z', $timestamp: 1767225600000 }] },
    },
    {
      title: 'Whole numbers keep all their digits; what cannot be read is set aside',
      config: { connection: 'shop', topic: 'orders', columns: [{ name: 'id', type: 'BIGINT' }], onError: 'dead-letter' },
      given: {
        source: {
          records: [
            { value: '{"id":9007199254740993}', timestamp: 1000 },
            { value: '{"id":1.5}', timestamp: 2000 },
          ],
        },
      },
      expect: {
        out: [{ id: '9007199254740993', $timestamp: 1000 }],
        'dead-letter': [{ node: 'kafka-source', offset: 1, timestamp: '1970-01-01T00:00:02.000Z' }],
      },
    },
  ],
  reference,
})
