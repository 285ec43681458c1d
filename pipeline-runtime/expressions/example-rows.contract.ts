import { type Batch, createBatch } from '../data/batch.ts'
import { columnOf } from '../data/column.ts'
import { Decimal } from '../data/decimal.ts'
import { array, BIGINT, BOOLEAN, DATE, DOUBLE, decimal, type Field, map, row, STRING, TIMESTAMP } from '../data/types.ts'
import { printValue, type Value } from '../data/value.ts'
import { analyze } from './analyze.ts'
import { createEvaluator } from './compile.ts'
import type { Scope } from './scope.ts'
import type { TypedExpression } from './typed.ts'

/** The columns that the examples of the function table read. */
export const exampleFields: readonly Field[] = [
  { name: 'status', type: STRING },
  { name: 'country', type: STRING },
  { name: 'note', type: STRING },
  { name: 'amount', type: decimal(10, 2) },
  { name: 'quantity', type: BIGINT },
  { name: 'big', type: BIGINT },
  { name: 'price', type: DOUBLE },
  { name: 'ok', type: BOOLEAN },
  { name: 'unsure', type: BOOLEAN },
  { name: 'day', type: DATE },
  { name: 'ts', type: TIMESTAMP },
  { name: 'end', type: BIGINT },
  { name: 'order', type: BIGINT },
  { name: 'tags', type: array(STRING) },
  { name: 'single', type: array(STRING) },
  { name: 'labels', type: map(STRING) },
  {
    name: 'payload',
    type: row([
      {
        name: 'user',
        type: row([
          { name: 'id', type: BIGINT },
          { name: 'name', type: STRING },
        ]),
      },
    ]),
  },
  {
    name: 'items',
    type: array(
      row([
        { name: 'sku', type: STRING },
        { name: 'n', type: BIGINT },
      ]),
    ),
  },
]

export const exampleRow: readonly Value[] = [
  'paid',
  'NL',
  null,
  new Decimal(1250n, 2),
  3,
  9007199254740993n,
  0.5,
  true,
  null,
  19_782,
  1_709_201_045_000,
  7,
  8,
  ['new', 'sale'],
  ['only'],
  new Map([['env', 'prod']]),
  [[42, 'Ada']],
  [
    ['a', 1],
    ['b', 2],
  ],
]

export const exampleScope: Scope = { columns: exampleFields, recordParts: true, timeZone: 'UTC' }

/** A batch of such rows in the order of the fields, with record parts. */
export function exampleBatch(rows: readonly (readonly Value[])[] = [exampleRow], fields: readonly Field[] = exampleFields): Batch {
  const length = rows.length
  return createBatch({
    length,
    fields,
    columns: fields.map((field, i) =>
      columnOf(
        field.type,
        rows.map((values) => values[i] ?? null),
      ),
    ),
    eventTimes: new Float64Array(length),
    watermarks: new Float64Array(length),
    parts: {
      topic: 'purchases',
      partition: 2,
      offsets: Float64Array.from({ length }, (_, i) => 100 + i),
      timestamps: Float64Array.from({ length }, () => 1_709_201_045_000),
      key: columnOf(
        STRING,
        rows.map(() => 'k'),
      ),
      headers: columnOf(
        map(STRING),
        rows.map(() => new Map([['x', 'y']])),
      ),
    },
  })
}

/** The typed expression; throws the issues as text where there are errors. */
export function typed(text: string, scope: Scope = exampleScope): TypedExpression {
  const analyzed = analyze(text, scope)
  if (analyzed.typed !== undefined) return analyzed.typed
  throw new Error(`${text}\n${analyzed.issues.map((issue) => `  ${issue.code} ${issue.from}-${issue.to}: ${issue.message}`).join('\n')}`)
}

/** The value for the example row. */
export function evaluated(text: string, scope: Scope = exampleScope): Value {
  return createEvaluator(typed(text, scope)).bind(exampleBatch())(0)
}

/** That value as text. */
export function shown(text: string, scope: Scope = exampleScope): string {
  const expression = typed(text, scope)
  return printValue(expression.type, createEvaluator(expression).bind(exampleBatch())(0))
}
