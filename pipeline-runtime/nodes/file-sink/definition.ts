import { z } from 'zod'
import { formatConfig } from '../../formats/formats.ts'
import { defineNodeKind } from '../../spec/node-kind.ts'
import { filePath } from '../shared/fields.ts'
import { reference } from './reference.ts'

const config = z.strictObject({
  path: filePath("The file to write, relative to the document's folder."),
  format: formatConfig
    .default({ type: 'json' })
    .meta({ title: 'Format', description: 'How rows are written: one JSON object per line, or CSV.' }),
})

export const fileSink = defineNodeKind({
  kind: 'file-sink',
  version: 1,
  title: 'Write to a file',
  category: 'write',
  icon: 'file-export',
  description:
    'Writes each row as a line of a CSV file or of a file with one JSON object per line. Takes rows that do not change any more; what was set aside is written with its columns.',
  config,
  ports: () => ({ in: [{ name: 'in', title: 'Rows', accepts: { deadLetter: true } }], out: [] }),
  derive: () => ({}),
  sentence: ({ path }) => `file ${path}`,
  binding: ({ path, format }) => ({ type: 'file', access: 'write', path, format }),
  promise: 'order',
  migrations: [],
  examples: [
    {
      title: 'JSON lines',
      config: { path: 'revenue.jsonl' },
      given: { in: { columns: { country: 'STRING', revenue: 'DOUBLE' }, rows: [{ country: 'DE', revenue: 10.5, $timestamp: 1000 }] } },
      expect: { sink: [{ key: null, value: '{"country":"DE","revenue":10.5}' }] },
    },
    {
      title: 'CSV with semicolons',
      config: { path: 'revenue.csv', format: { type: 'csv', delimiter: ';' } },
      given: { in: { columns: { country: 'STRING', note: 'STRING' }, rows: [{ country: 'DE', note: 'a;b', $timestamp: 1000 }] } },
      expect: { sink: [{ key: null, value: 'DE;"a;b"' }] },
    },
  ],
  reference,
})
