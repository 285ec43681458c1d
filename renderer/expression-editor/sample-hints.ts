import type { Value } from '../../pipeline-runtime/data/value.ts'
import {
  type AnalyzedExpression,
  type ExpressionFix,
  operands,
  printName,
  printText,
  type TypedExpression,
} from '../../pipeline-runtime/expressions/expressions.ts'
import { counted } from '../format/counted.ts'
import type { SampleRow } from './shape-rows.ts'

/** What a sample says about an expression that is right as such: a value that never occurs, rows without a value. */
export interface SampleHint {
  readonly message: string
  readonly fix: ExpressionFix
}

/** Compares a column with a text. */
interface TextComparison {
  readonly whole: TypedExpression
  readonly operator: string
  readonly column: string
  readonly text: TypedExpression & { readonly kind: 'constant' }
}

export function sampleHints({ typed }: AnalyzedExpression, source: string, rows: readonly SampleRow[]): readonly SampleHint[] {
  if (typed === undefined || rows.length === 0) return []
  return comparisonsIn(typed).flatMap((comparison) => {
    const values = rows.map((row) => row.get(comparison.column) ?? null)
    return comparison.operator === '='
      ? otherSpelling(comparison, values)
      : comparison.operator === '<>'
        ? withoutValue(comparison, source, values)
        : []
  })
}

/** `allowed`: columns whose missing value is let through by an OR around. */
function comparisonsIn(typed: TypedExpression, allowed: ReadonlySet<string> = new Set()): readonly TextComparison[] {
  const inside = typed.kind === 'or' ? new Set([...allowed, ...[typed.left, typed.right].flatMap(columnThatMayBeNull)]) : allowed
  const found = operands(typed).flatMap((operand) => comparisonsIn(operand, inside))
  if (typed.kind !== 'compare') return found
  const { left, right, operator } = typed
  const [column, text] = left.kind === 'column' ? [left, right] : [right, left]
  if (column.kind !== 'column' || text.kind !== 'constant' || text.type.name !== 'STRING') return found
  if (operator === '<>' && allowed.has(column.name)) return found
  return [...found, { whole: typed, operator, column: column.name, text }]
}

function columnThatMayBeNull(typed: TypedExpression): readonly string[] {
  return typed.kind === 'is' && typed.test === 'NULL' && !typed.negated && typed.operand.kind === 'column' ? [typed.operand.name] : []
}

/** `'Paid'` where the rows have `'paid'`: comparisons of texts tell capitals and blanks apart. */
function otherSpelling({ text }: TextComparison, values: readonly Value[]): readonly SampleHint[] {
  const written = text.value
  if (typeof written !== 'string' || values.includes(written)) return []
  const same = values.filter((value) => typeof value === 'string' && letters(value) === letters(written))
  const [meant] = same
  if (typeof meant !== 'string') return []
  return [
    {
      message: `${printText(written)} is not in the sample; ${printText(meant)} has ${counted(same.filter((value) => value === meant).length, 'row')}.`,
      fix: { title: `Use ${printText(meant)}`, edits: [{ from: text.from, to: text.to, insert: printText(meant) }] },
    },
  ]
}

/** `status <> 'paid'` is not true for a row without a status either. */
function withoutValue({ whole, column }: TextComparison, source: string, values: readonly Value[]): readonly SampleHint[] {
  const empty = values.filter((value) => value === null).length
  if (empty === 0) return []
  const kept = `(${source.slice(whole.from, whole.to)} OR ${printName(column)} IS NULL)`
  return [
    {
      message: `This is also not true for ${counted(empty, 'row')} of the sample without a value in ${column}.`,
      fix: { title: 'Keep rows without a value', edits: [{ from: whole.from, to: whole.to, insert: kept }] },
    },
  ]
}

function letters(text: string): string {
  return text.trim().toLowerCase()
}
