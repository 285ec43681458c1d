import { z } from 'zod'
import { defineNodeKind } from '../../spec/node-kind.ts'
import { reference } from './reference.ts'

const config = z.strictObject({
  limit: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .meta({ title: 'Rows to keep', description: 'How many of the newest rows are shown. Older ones make room.' }),
})

export const tableSink = defineNodeKind({
  kind: 'table-sink',
  version: 1,
  title: 'Show as a table',
  category: 'write',
  icon: 'table',
  description: 'Shows the newest rows as a table and writes nothing anywhere. A row that replaces an earlier one takes its place.',
  config,
  ports: () => ({ in: [{ name: 'in', title: 'Rows', accepts: { upsert: true, deadLetter: true } }], out: [] }),
  derive: () => ({}),
  sentence: ({ limit }) => `the newest ${limit.toLocaleString('en')} rows`,
  promise: 'order',
  migrations: [],
  examples: [
    {
      title: 'The newest two rows',
      config: { limit: 2 },
      given: {
        in: {
          columns: { id: 'BIGINT' },
          rows: [
            { id: 1, $timestamp: 1000 },
            { id: 2, $timestamp: 2000 },
            { id: 3, $timestamp: 3000 },
          ],
        },
      },
      expect: { table: [{ id: 2 }, { id: 3 }] },
    },
    {
      title: 'All rows',
      config: {},
      given: { in: { columns: { id: 'BIGINT', name: 'STRING' }, rows: [{ id: 1, name: 'a', $timestamp: 1000 }] } },
      expect: { table: [{ id: 1, name: 'a' }] },
    },
  ],
  reference,
})
