import { z } from 'zod'
import type { Field } from '../../data/types.ts'
import { DEAD_LETTER_SCHEMA, type EdgeSchema, rowsSchema } from '../../spec/edge-schema.ts'
import { listedInShort } from '../../spec/listed.ts'
import { type DeriveContext, defineNodeKind } from '../../spec/node-kind.ts'
import { checkUnique, findColumn } from '../shared/columns.ts'
import { checkExpression } from '../shared/expressions.ts'
import { DEAD_LETTER_PORT, EXPRESSION_ON_ERROR, existingColumns, newColumn, onError } from '../shared/fields.ts'
import { OUT, outPorts } from '../shared/ports.ts'
import { reference } from './reference.ts'

const column = z
  .strictObject({
    name: newColumn('Column', 'The name that the column has from here on.'),
    expression: z.string().min(1).optional().meta({
      title: 'Value',
      description: 'A column or a calculation, for example amount * 2. Without it the column of this name is kept as it is.',
      widget: 'expression',
    }),
  })
  .meta({ title: 'Column', description: 'A column that is kept, renamed or calculated.' })

const config = z.strictObject({
  columns: z
    .array(column)
    .default([])
    .meta({ title: 'Columns', description: 'The columns to keep, rename or calculate, in this order.', widget: 'select-columns' }),
  keepOthers: z.boolean().default(false).meta({
    title: 'Keep all others',
    description: 'Keeps every other column in its place; new columns come behind them. Without it only the columns named here are left.',
  }),
  drop: existingColumns('Drop', 'Columns to leave out while all others are kept.').default([]).meta({
    title: 'Drop',
    description: 'Columns to leave out while all others are kept.',
    widget: 'column-list',
  }),
  onError: onError(EXPRESSION_ON_ERROR),
})

export type SelectConfig = z.output<typeof config>

/** A column that leaves: one that came in, or the value of an expression. */
export type Selected = { readonly name: string } & ({ readonly from: string } | { readonly expression: string; readonly index: number })

/** The columns that leave, in order. `existing` are the names of those that come in. */
export function selectedColumns({ columns, keepOthers, drop }: SelectConfig, existing: readonly string[]): readonly Selected[] {
  const named = columns.map(
    ({ name, expression }, index): Selected => (expression === undefined ? { name, from: name } : { name, expression, index }),
  )
  if (!keepOthers) return named
  const kept = existing.filter((name) => !drop.includes(name) || named.some((column) => column.name === name))
  const inPlace = kept.map((name): Selected => named.find((column) => column.name === name) ?? { name, from: name })
  return [...inPlace, ...named.filter(({ name }) => !kept.includes(name))]
}

export const select = defineNodeKind({
  kind: 'select',
  version: 1,
  title: 'Choose and calculate columns',
  term: 'projection',
  category: 'shape',
  icon: 'columns-3',
  description: 'Keeps, drops, renames and calculates columns. Every row stays, with its time and its place in the order.',
  config,
  ports: ({ onError }) => ({ in: [{ name: 'in', title: 'Rows' }], out: outPorts(onError, OUT) }),
  derive(config, inputs, context) {
    const setAside = config.onError === 'dead-letter' ? { [DEAD_LETTER_PORT]: DEAD_LETTER_SCHEMA } : {}
    checkConfig(config, context)
    const input = inputs.in?.[0]
    if (input === undefined) return setAside
    return { out: rowsSchema(outColumns(config, input, context), input.recordParts), ...setAside }
  },
  sentence({ columns, keepOthers, drop }) {
    const named = columns.map(({ name, expression }) =>
      expression === undefined || expression === name ? name : `${name} = ${expression}`,
    )
    if (!keepOthers) return named.length === 0 ? 'no columns chosen yet' : `keep ${listedInShort(named)}`
    const parts = [named.length > 0 ? `add ${listedInShort(named)}` : '', drop.length > 0 ? `drop ${listedInShort(drop)}` : ''].filter(
      (part) => part !== '',
    )
    return parts.length === 0 ? 'keep all columns' : parts.join('; ')
  },
  promise: 'order',
  migrations: [],
  examples: [
    {
      title: 'Keep one column, calculate another',
      config: { columns: [{ name: 'country' }, { name: 'total', expression: 'amount * 2' }] },
      given: {
        in: {
          columns: { country: 'STRING', amount: 'DOUBLE', status: 'STRING' },
          rows: [{ country: 'DE', amount: 10.5, status: 'paid', $timestamp: 1000 }],
        },
      },
      expect: { out: [{ country: 'DE', total: 21 }] },
    },
    {
      title: 'Rename a column, drop another, keep the rest',
      config: { columns: [{ name: 'amount_cents', expression: 'cents' }], keepOthers: true, drop: ['cents', 'note'] },
      given: {
        in: {
          columns: { id: 'BIGINT', cents: 'BIGINT', note: 'STRING' },
          rows: [{ id: 1, cents: 9007199254740991, note: 'x', $timestamp: 1000 }],
        },
      },
      expect: { out: [{ id: 1, amount_cents: 9007199254740991 }] },
    },
    {
      title: 'Mark slow calls',
      config: { columns: [{ name: 'slow', expression: 'CASE WHEN ms > 1000 THEN 1 ELSE 0 END' }], keepOthers: true },
      given: {
        in: {
          columns: { endpoint: 'STRING', ms: 'BIGINT' },
          rows: [
            { endpoint: '/pay', ms: 4021, $timestamp: 1000 },
            { endpoint: '/pay', ms: 77, $timestamp: 2000 },
          ],
        },
      },
      expect: {
        out: [
          { endpoint: '/pay', ms: 4021, slow: 1 },
          { endpoint: '/pay', ms: 77, slow: 0 },
        ],
      },
    },
  ],
  reference,
})

function checkConfig({ columns, keepOthers, drop }: SelectConfig, context: DeriveContext): void {
  checkUnique(
    columns.map(({ name }) => name),
    (i) => ['columns', i, 'name'],
    context,
  )
  if (columns.length === 0 && !keepOthers) {
    context.issue({
      code: 'NO_COLUMNS',
      path: ['columns'],
      message: 'No column would be left. Name the columns to keep, or keep all others.',
      fix: { title: 'Keep all others', edits: [{ path: ['keepOthers'], value: true }] },
    })
  }
  if (drop.length > 0 && !keepOthers) {
    context.issue({
      code: 'NOTHING_TO_DROP',
      severity: 'warning',
      path: ['drop'],
      message: 'Only the columns named under "Columns" are kept, so there is nothing to drop. Keep all others, or take the list away.',
      fix: { title: 'Keep all others', edits: [{ path: ['keepOthers'], value: true }] },
    })
  }
}

function outColumns(config: SelectConfig, input: EdgeSchema, context: DeriveContext): readonly Field[] {
  const existing = input.columns.map(({ name }) => name)
  config.drop.forEach((name, i) => {
    if (config.keepOthers) findColumn(input.columns, name, ['drop', i], context)
  })
  const fields: Field[] = []
  for (const selected of selectedColumns(config, existing)) {
    const type = typeOf(selected, config, input, context)
    if (type !== undefined) fields.push({ name: selected.name, type })
  }
  return fields
}

function typeOf(selected: Selected, config: SelectConfig, input: EdgeSchema, context: DeriveContext) {
  if ('expression' in selected) return checkExpression(selected.expression, input, ['columns', selected.index, 'expression'], context)
  const index = config.columns.findIndex(({ name }) => name === selected.name)
  return findColumn(input.columns, selected.from, ['columns', index, 'name'], context)?.type
}
