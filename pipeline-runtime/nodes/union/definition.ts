import { z } from 'zod'
import { type Field, printType, sameType } from '../../data/types.ts'
import { type EdgeSchema, rowsSchema } from '../../spec/edge-schema.ts'
import { listedInShort } from '../../spec/listed.ts'
import { type DeriveContext, defineNodeKind } from '../../spec/node-kind.ts'
import { OUT } from '../shared/ports.ts'
import { reference } from './reference.ts'

const config = z.strictObject({})

export const union = defineNodeKind({
  kind: 'union',
  version: 1,
  title: 'Put together',
  term: 'UNION ALL',
  category: 'combine',
  icon: 'arrows-join',
  description:
    'Puts the rows of several streams with the same columns into one, without removing repetitions. The columns are in the order of the first stream. Results behind it wait for the slowest stream.',
  config,
  ports: () => ({ in: [{ name: 'in', title: 'Rows', many: true }], out: [OUT] }),
  derive(_config, inputs, context) {
    const all = inputs.in ?? []
    const known = all.filter((input) => input !== undefined)
    const [first] = known
    if (first === undefined) return {}
    known.slice(1).forEach((other, i) => {
      compareColumns(first, other, i + 2, context)
    })
    return { out: rowsSchema(first.columns, known.length === all.length && known.every((input) => input.recordParts)) }
  },
  sentence: () => 'all rows of all streams',
  promise: 'set',
  migrations: [],
  examples: [
    {
      title: 'Two shops in one stream',
      config: {},
      given: {
        in: [
          { columns: { shop: 'STRING', amount: 'DOUBLE' }, rows: [{ shop: 'north', amount: 3, $timestamp: 1000 }] },
          { columns: { amount: 'DOUBLE', shop: 'STRING' }, rows: [{ amount: 4.5, shop: 'south', $timestamp: 2000 }] },
        ],
      },
      expect: {
        out: [
          { shop: 'north', amount: 3 },
          { shop: 'south', amount: 4.5 },
        ],
      },
    },
    {
      title: 'Repetitions stay',
      config: {},
      given: {
        in: {
          columns: { id: 'BIGINT' },
          rows: [
            { id: 1, $timestamp: 1000 },
            { id: 1, $timestamp: 1000 },
          ],
        },
      },
      expect: { out: [{ id: 1 }, { id: 1 }] },
    },
  ],
  reference,
})

/** Names the first column that is missing, too many or of another type. */
function compareColumns(first: EdgeSchema, other: EdgeSchema, number: number, context: DeriveContext): void {
  const issue = (message: string) => context.issue({ code: 'DIFFERENT_COLUMNS', path: [], message })
  const find = (fields: readonly Field[], name: string) => fields.find((field) => field.name === name)
  const missing = first.columns.filter(({ name }) => find(other.columns, name) === undefined).map(({ name }) => name)
  const extra = other.columns.filter(({ name }) => find(first.columns, name) === undefined).map(({ name }) => name)
  const columns = (names: readonly string[]) => `${names.length === 1 ? 'column' : 'columns'} ${listedInShort(names)}`
  if (missing.length > 0)
    issue(
      `Stream ${number} has no ${columns(missing)}, which the first one has. Add it with a "Choose and calculate columns" step in front.`,
    )
  if (extra.length > 0)
    issue(
      `Stream ${number} has the ${columns(extra)}, which the first one does not have. Drop it with a "Choose and calculate columns" step in front.`,
    )
  for (const { name, type } of first.columns) {
    const otherType = find(other.columns, name)?.type
    if (otherType === undefined || sameType(type, otherType)) continue
    issue(
      `Column ${name} is ${printType(type)} in the first stream and ${printType(otherType)} in stream ${number}. Convert one of them with CAST(${name} AS ${printType(type)}) in a "Choose and calculate columns" step.`,
    )
  }
}
