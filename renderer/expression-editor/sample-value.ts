import { type DataType, printType } from '../../pipeline-runtime/data/types.ts'
import { printValue, type Value } from '../../pipeline-runtime/data/value.ts'
import { type AnalyzedExpression, ExpressionError, evaluateRow } from '../../pipeline-runtime/expressions/expressions.ts'
import { formatCell } from '../format/cells.ts'
import type { SampleRow } from './shape-rows.ts'
import { wireCell } from './wire-values.ts'

/** Columns shown in front of the arrow. */
const SHOWN = 4

export interface RowValue {
  /** What the expression read, in the order in which it names it: `NL`, `declined`. */
  readonly read: readonly { readonly name: string; readonly text: string }[]
  readonly result: { readonly ok: true; readonly text: string; readonly value: Value } | { readonly ok: false; readonly message: string }
}

/** The value of an expression for one row of a sample; undefined where the row has not all that it reads. */
export function valueForRow(
  { typed, columns }: AnalyzedExpression,
  row: SampleRow,
  types: ReadonlyMap<string, DataType>,
  timeZone: string,
): RowValue | undefined {
  if (typed === undefined || columns.some((name) => !row.has(name))) return undefined
  const read = columns.slice(0, SHOWN).map((name) => ({ name, text: shown(types.get(name), row.get(name) ?? null, timeZone) }))
  try {
    const value = evaluateRow(typed, (name) => row.get(name) ?? null)
    return { read, result: { ok: true, value, text: shown(typed.type, value, timeZone) } }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { read, result: { ok: false, message: error.message } }
  }
}

export interface Passing {
  readonly passed: number
  readonly failed: number
  readonly rows: number
}

/** For how many rows of a sample a condition is true. */
export function countPassing({ typed, columns }: AnalyzedExpression, rows: readonly SampleRow[]): Passing | undefined {
  if (typed === undefined || typed.type.name !== 'BOOLEAN') return undefined
  let passed = 0
  let failed = 0
  for (const row of rows) {
    if (columns.some((name) => !row.has(name))) return undefined
    try {
      if (evaluateRow(typed, (name) => row.get(name) ?? null) === true) passed++
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      failed++
    }
  }
  return { passed, failed, rows: rows.length }
}

function shown(type: DataType | undefined, value: Value, timeZone: string): string {
  if (type === undefined) return String(value)
  return type.name === 'ARRAY' || type.name === 'ROW' || type.name === 'MAP'
    ? printValue(type, value)
    : formatCell(printType(type), wireCell(type, value), timeZone)
}
