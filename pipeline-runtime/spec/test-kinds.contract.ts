import { z } from 'zod'
import { type DataType, type Field, parseType } from '../data/types.ts'
import { DEAD_LETTER_SCHEMA, type EdgeSchema, rowsSchema } from './edge-schema.ts'
import { defineNodeKind, type InputSchemas, type NodeKind, type OutPort } from './node-kind.ts'

// Small kinds for tests of the document and the compiler, which are to know nothing about the real ones.

const onError = z
  .enum(['fail', 'skip', 'dead-letter'])
  .default('fail')
  .meta({ title: 'On error', description: 'What becomes of what cannot be read.' })
const deadLetters: OutPort = { name: 'dead-letter', title: 'Set aside', role: 'dead-letter', required: true }

const column = z.strictObject({
  name: z.string().min(1).meta({ title: 'Name' }),
  type: z
    .string()
    .refine((text) => parseType(text) !== undefined, 'This is no type')
    .meta({ title: 'Type' }),
})

export const read = defineNodeKind({
  kind: 'read',
  version: 1,
  title: 'Read',
  category: 'read',
  icon: 'database',
  description: 'Reads rows. For tests.',
  config: z.strictObject({
    topic: z.string().min(1).meta({ title: 'Topic' }),
    columns: z.array(column).min(1).meta({ title: 'Columns' }),
    onError,
    from: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('json') }),
        z.strictObject({ type: z.literal('csv'), delimiter: z.string().min(1).default(',').meta({ title: 'Delimiter' }) }),
      ])
      .default({ type: 'json' })
      .meta({ title: 'Format' }),
    delayMs: z.int().min(0).default(0).meta({ title: 'Delay' }),
  }),
  ports: (config) => ({
    in: [],
    out: [{ name: 'out', title: 'Rows', role: 'rows' }, ...(config.onError === 'dead-letter' ? [deadLetters] : [])],
  }),
  derive: (config) => ({
    out: rowsSchema(
      config.columns.map(({ name, type }): Field => ({ name, type: typeOf(type) })),
      true,
    ),
    ...(config.onError === 'dead-letter' ? { 'dead-letter': DEAD_LETTER_SCHEMA } : {}),
  }),
  sentence: (config) => `reads ${config.topic}`,
  binding: (config) => ({ type: 'topic', access: 'read', connection: 'shop', topic: config.topic }),
  promise: 'order',
  migrations: [],
  examples: [],
})

export const keep = defineNodeKind({
  kind: 'keep',
  version: 1,
  title: 'Keep',
  term: 'filter',
  category: 'shape',
  icon: 'filter',
  description: 'Keeps rows with a value in a column. For tests.',
  config: z.strictObject({
    column: z.string().min(1).meta({ title: 'Column' }),
    invert: z.boolean().default(false).meta({ title: 'Invert' }),
  }),
  ports: () => ({ in: [{ name: 'in', title: 'Rows' }], out: [{ name: 'out', title: 'Rows', role: 'rows' }] }),
  derive(config, inputs, context) {
    const input = first(inputs)
    if (input === undefined) return {}
    if (!input.columns.some(({ name }) => name === config.column)) {
      const name = input.columns[0]?.name ?? ''
      context.issue({
        code: 'UNKNOWN_COLUMN',
        path: ['column'],
        message: `There is no column ${config.column}.`,
        range: { from: 0, to: config.column.length },
        fix: { title: `Change to ${name}`, edits: [{ path: ['column'], value: name }] },
      })
    }
    return { out: input }
  },
  sentence: (config) => `keeps rows with ${config.column}`,
  promise: 'order',
  migrations: [],
  examples: [],
})

export const count = defineNodeKind({
  kind: 'count',
  version: 1,
  title: 'Count',
  category: 'summarise',
  icon: 'sum',
  description: 'Counts rows by columns. For tests.',
  config: z.strictObject({
    by: z.array(z.string()).default([]).meta({ title: 'By' }),
    updates: z.boolean().default(false).meta({ title: 'Updates' }),
  }),
  ports: () => ({
    in: [{ name: 'in', title: 'Rows' }],
    out: [
      { name: 'out', title: 'Counts', role: 'rows' },
      { name: 'late', title: 'Late rows', role: 'late' },
    ],
  }),
  derive(config, inputs) {
    const input = first(inputs)
    if (input === undefined) return {}
    const columns = [...config.by.map((name): Field => ({ name, type: typeOf('STRING') })), { name: 'count', type: typeOf('BIGINT') }]
    return {
      out: config.updates ? { ...rowsSchema(columns), mode: { type: 'upsert', key: config.by } } : rowsSchema(columns),
      late: { ...input, role: 'late' },
    }
  },
  groupedBy: (config) => config.by,
  sentence: (config) => `counts by ${config.by.join(', ')}`,
  promise: 'set',
  migrations: [],
  examples: [],
})

export const join = defineNodeKind({
  kind: 'join',
  version: 1,
  title: 'Bring together',
  category: 'combine',
  icon: 'arrows-join',
  description: 'Puts streams into one. For tests.',
  config: z.strictObject({}),
  ports: () => ({ in: [{ name: 'in', title: 'Rows', many: true }], out: [{ name: 'out', title: 'Rows', role: 'rows' }] }),
  derive(_config, inputs): Record<string, EdgeSchema> {
    const input = first(inputs)
    return input === undefined ? {} : { out: { ...input, recordParts: false } }
  },
  sentence: () => 'brings streams together',
  promise: 'set',
  migrations: [],
  examples: [],
})

export const write = defineNodeKind({
  kind: 'write',
  version: 1,
  title: 'Write',
  category: 'write',
  icon: 'database-export',
  description: 'Writes rows. For tests.',
  config: z.strictObject({
    topic: z.string().min(1).meta({ title: 'Topic' }),
    replace: z.boolean().default(false).meta({ title: 'Replace' }),
  }),
  ports: (config) => ({ in: [{ name: 'in', title: 'Rows', many: true, accepts: { upsert: config.replace, deadLetter: true } }], out: [] }),
  derive: () => ({}),
  sentence: (config) => `writes ${config.topic}`,
  binding: (config) => ({ type: 'topic', access: 'write', connection: 'shop', topic: config.topic }),
  promise: 'order',
  migrations: [],
  examples: [],
})

export const testKinds: readonly NodeKind[] = [read, keep, count, join, write]

function first(inputs: InputSchemas): EdgeSchema | undefined {
  return inputs.in?.find((schema) => schema !== undefined)
}

function typeOf(text: string): DataType {
  return parseType(text) ?? { name: 'NULL' }
}
