import { z } from 'zod'
import { formatConfig } from '../../formats/formats.ts'
import { DEAD_LETTER_SCHEMA, rowsSchema } from '../../spec/edge-schema.ts'
import { defineNodeKind } from '../../spec/node-kind.ts'
import { DEAD_LETTER_PORT, filePath, onError } from '../shared/fields.ts'
import { OUT, outPorts } from '../shared/ports.ts'
import { boundedDelayMs, deriveSourceColumns, eventTimeColumn, idleAfterMs, sourceColumns } from '../shared/source-fields.ts'
import { reference } from './reference.ts'

const config = z.strictObject({
  path: filePath("The file to read, relative to the document's folder."),
  format: formatConfig
    .default({ type: 'json' })
    .meta({ title: 'Format', description: 'How rows are written in the file: one JSON object per line, or CSV.' }),
  columns: sourceColumns,
  eventTime: eventTimeColumn(
    'The column that says when something happened. A file has no other time: without one, every row happened at 1970-01-01 00:00.',
  ),
  boundedDelayMs,
  idleAfterMs,
  onError: onError(
    'What to do with a line that cannot be read. What is set aside leaves by a connection point of its own and keeps its bytes.',
  ),
})

export const fileSource = defineNodeKind({
  kind: 'file-source',
  version: 1,
  title: 'Read a file',
  category: 'read',
  icon: 'file-import',
  description:
    'Reads a CSV file or a file with one JSON object per line, from its beginning to its end. Columns and types are declared here. A line that cannot be read is never lost without a word.',
  config,
  ports: ({ onError }) => ({ in: [], out: outPorts(onError, OUT) }),
  derive(config, _inputs, context) {
    const out = rowsSchema(deriveSourceColumns(config, context), true)
    return config.onError === 'dead-letter' ? { out, [DEAD_LETTER_PORT]: DEAD_LETTER_SCHEMA } : { out }
  },
  sentence: ({ path }) => `file ${path}`,
  binding: ({ path, format }) => ({ type: 'file', access: 'read', path, format }),
  promise: 'order',
  migrations: [],
  examples: [
    {
      title: 'A CSV file with a header',
      config: {
        path: 'orders.csv',
        format: { type: 'csv' },
        columns: [
          { name: 'id', type: 'BIGINT' },
          { name: 'at', type: 'TIMESTAMP_LTZ(3)' },
        ],
        eventTime: 'at',
      },
      given: { source: { records: [{ value: 'at,id' }, { value: '2026-01-01T00:00:05Z,7' }] } },
      expect: { out: [{ id: 7, at: '2026-01-01T00:00:05.000Z', $timestamp: 1767225605000 }] },
    },
    {
      title: 'JSON lines; a broken one is skipped and counted',
      config: { path: 'orders.jsonl', columns: [{ name: 'id', type: 'BIGINT' }], onError: 'skip' },
      given: { source: { records: [{ value: '{"id":1}' }, { value: '{"id":' }, { value: '{"id":3}' }] } },
      expect: { out: [{ id: 1 }, { id: 3 }] },
    },
  ],
  reference,
})
