import { z } from 'zod'
import { formatConfig } from '../../formats/formats.ts'
import { DEAD_LETTER_SCHEMA, type EdgeSchema } from '../../spec/edge-schema.ts'
import { listedInShort } from '../../spec/listed.ts'
import { type DeriveContext, defineNodeKind } from '../../spec/node-kind.ts'
import { checkUnique, findColumn } from '../shared/columns.ts'
import { connectionName, DEAD_LETTER_PORT, onError, topicName } from '../shared/fields.ts'
import { outPorts } from '../shared/ports.ts'
import { examples } from './examples.ts'
import { reference } from './reference.ts'

const config = z.strictObject({
  connection: connectionName(),
  topic: topicName('The topic to write.'),
  key: z.array(z.string().min(1)).min(1).optional().meta({
    title: 'Key',
    description:
      'The columns that make the key of a record. Rows with one key stay in order and, where the topic keeps only the newest, replace each other.',
    widget: 'column-list',
  }),
  format: formatConfig
    .default({ type: 'json' })
    .meta({ title: 'Format', description: 'How rows are written in the topic. What was set aside is written as it was.' }),
  onError: onError(
    'What to do with a row that the topic would refuse: one that is too large, has no key where the topic keeps the newest row of each key, or has a time too far ahead of the clock.',
  ),
})

export const kafkaSink = defineNodeKind({
  kind: 'kafka-sink',
  version: 1,
  title: 'Write to a topic',
  term: 'Kafka sink',
  category: 'write',
  icon: 'database-export',
  description:
    'Writes each row as a record of a Kafka topic, with the time of the row. Records that were set aside are written with their own bytes; where they came from and why stands in the headers.',
  config,
  ports: ({ onError }) => ({ in: [{ name: 'in', title: 'Rows', accepts: { upsert: true, deadLetter: true } }], out: outPorts(onError) }),
  derive(config, inputs, context) {
    const { key } = config
    const setAside = config.onError === 'dead-letter' ? { [DEAD_LETTER_PORT]: DEAD_LETTER_SCHEMA } : {}
    if (key !== undefined) checkUnique(key, (i) => ['key', i], context)
    const input = inputs.in?.[0]
    if (input === undefined) return setAside
    if (input.role === 'dead-letter') checkUnusedKey(key, context)
    else {
      key?.forEach((name, i) => {
        findColumn(input.columns, name, ['key', i], context)
      })
      checkUniqueKey(key, input, context)
    }
    return setAside
  },
  sentence: ({ topic, key }) => (key === undefined ? `topic ${topic}` : `topic ${topic}, by ${listedInShort(key)}`),
  binding: ({ connection, topic }) => ({ type: 'topic', access: 'write', connection, topic }),
  promise: 'order',
  migrations: [],
  examples,
  reference,
})

/** Rows that replace each other do so by the key of the record: it must be the one of the edge (semantics rule 24). */
function checkUniqueKey(key: readonly string[] | undefined, { mode }: EdgeSchema, context: DeriveContext): void {
  if (mode.type !== 'upsert') return
  const same = key !== undefined && key.length === mode.key.length && mode.key.every((name) => key.includes(name))
  if (same) return
  context.issue({
    code: 'SINK_KEY',
    path: ['key'],
    message: `The rows that come in replace each other by ${listedInShort(mode.key, 12)}, so these columns must be the key. Otherwise a reader of the topic could not tell which row is replaced.`,
    fix: { title: `Use ${listedInShort(mode.key)} as the key`, edits: [{ path: ['key'], value: [...mode.key] }] },
  })
}

function checkUnusedKey(key: readonly string[] | undefined, context: DeriveContext): void {
  if (key === undefined) return
  context.issue({
    code: 'SINK_KEY_UNUSED',
    severity: 'warning',
    path: ['key'],
    message: 'What was set aside is written under the key that it had. The key given here is not used.',
    fix: { title: 'Take the key away', edits: [{ path: ['key'] }] },
  })
}
