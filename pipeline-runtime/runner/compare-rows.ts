import type { DataType, Field } from '../data/types.ts'
import { equalValues, printValue, type Value } from '../data/value.ts'

export type Row = readonly Value[]

/** One difference between the rows that a sink was to write and those that it wrote. */
export type RowDifference =
  | { readonly type: 'column'; readonly row: number; readonly column: string; readonly expected: string; readonly actual: string }
  | { readonly type: 'missing'; readonly row: number; readonly expected: string }
  | { readonly type: 'unexpected'; readonly actual: string }

/** DOUBLE values are equal within this share of the larger one: a sum may differ in its last digits from what a person writes down. */
const DOUBLE_TOLERANCE = 1e-9

/**
 * Compares whole outputs, as a set (each row as often as it stands) or in order. A row that is missing is paired with the
 * unexpected one that is most like it, so that the difference names columns. `row` counts expected rows from 1.
 */
export function compareRows(fields: readonly Field[], expected: readonly Row[], actual: readonly Row[], ordered: boolean): RowDifference[] {
  return ordered ? compareInOrder(fields, expected, actual) : compareAsSets(fields, expected, actual)
}

function compareInOrder(fields: readonly Field[], expected: readonly Row[], actual: readonly Row[]): RowDifference[] {
  const differences: RowDifference[] = []
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    const [want, got] = [expected[i], actual[i]]
    if (want === undefined) differences.push({ type: 'unexpected', actual: printRow(fields, got ?? []) })
    else if (got === undefined) differences.push({ type: 'missing', row: i + 1, expected: printRow(fields, want) })
    else differences.push(...columnDifferences(fields, i + 1, want, got))
  }
  return differences
}

function compareAsSets(fields: readonly Field[], expected: readonly Row[], actual: readonly Row[]): RowDifference[] {
  const left = [...actual]
  const missing: { readonly row: number; readonly want: Row }[] = []
  expected.forEach((want, i) => {
    const found = left.findIndex((got) => columnDifferences(fields, 0, want, got).length === 0)
    if (found < 0) missing.push({ row: i + 1, want })
    else left.splice(found, 1)
  })
  const differences: RowDifference[] = []
  for (const { row, want } of missing) {
    const nearest = nearestRow(fields, want, left)
    if (nearest === undefined) differences.push({ type: 'missing', row, expected: printRow(fields, want) })
    else differences.push(...columnDifferences(fields, row, want, left.splice(nearest, 1)[0] ?? []))
  }
  for (const got of left) differences.push({ type: 'unexpected', actual: printRow(fields, got) })
  return differences
}

/** The row that shares most columns, if at least one. */
function nearestRow(fields: readonly Field[], want: Row, candidates: readonly Row[]): number | undefined {
  let nearest: number | undefined
  let fewest = fields.length
  candidates.forEach((candidate, i) => {
    const count = columnDifferences(fields, 0, want, candidate).length
    if (count < fewest) {
      fewest = count
      nearest = i
    }
  })
  return nearest
}

function columnDifferences(fields: readonly Field[], row: number, want: Row, got: Row): RowDifference[] {
  return fields.flatMap(({ name, type }, i): RowDifference[] => {
    const [expected, actual] = [want[i] ?? null, got[i] ?? null]
    return sameValue(type, expected, actual)
      ? []
      : [{ type: 'column', row, column: name, expected: printValue(type, expected), actual: printValue(type, actual) }]
  })
}

function sameValue(type: DataType, a: Value, b: Value): boolean {
  if (equalValues(type, a, b)) return true
  return (
    type.name === 'DOUBLE' &&
    typeof a === 'number' &&
    typeof b === 'number' &&
    // A share of infinity is infinite: it would equal every number.
    Number.isFinite(a) &&
    Number.isFinite(b) &&
    Math.abs(a - b) <= DOUBLE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b))
  )
}

function printRow(fields: readonly Field[], row: Row): string {
  return fields.map(({ name, type }, i) => `${name} ${printValue(type, row[i] ?? null)}`).join(', ')
}
