import { compareDecimals, Decimal } from '../data/decimal.ts'
import type { DataType } from '../data/types.ts'
import { compareCodePoints, compareValues, equalValues, type Value } from '../data/value.ts'
import type { CompareOperator } from './ast.ts'

/** A comparison of two values that are not NULL. */
export type Comparison = (a: Value, b: Value) => boolean

/**
 * The comparison for operands of two types that the analysis let through: equal types, or two numeric ones. BIGINT with
 * DOUBLE and with DECIMAL is exact; DECIMAL with DOUBLE goes by DOUBLE, as in Flink. NaN equals nothing here and is
 * neither above nor below anything (IEEE, as in Flink); only grouping and IS DISTINCT FROM take NaN as equal to itself.
 */
export function comparison(operator: CompareOperator, left: DataType, right: DataType): Comparison {
  if (isPlainNumber(left) && isPlainNumber(right)) return numbers(operator)
  if (left.name === 'STRING' || left.name === 'BOOLEAN') {
    if (operator === '=') return (a, b) => a === b
    if (operator === '<>') return (a, b) => a !== b
    if (left.name === 'STRING') return byOrder(operator, (a, b) => compareCodePoints(a as string, b as string))
  }
  if (left.name === 'DECIMAL' || right.name === 'DECIMAL') {
    if (left.name === 'DOUBLE') {
      const compare = numbers(operator)
      return (a, b) => compare(a, (b as Decimal).toNumber())
    }
    if (right.name === 'DOUBLE') {
      const compare = numbers(operator)
      return (a, b) => compare((a as Decimal).toNumber(), b)
    }
    return byOrder(operator, (a, b) => compareDecimals(asDecimal(a), asDecimal(b)))
  }
  if (operator === '=') return (a, b) => equalValues(left, a, b)
  if (operator === '<>') return (a, b) => !equalValues(left, a, b)
  return byOrder(operator, (a, b) => compareValues(left, a, b))
}

/** IS NOT DISTINCT FROM for such operands: NULL equals NULL, NaN equals NaN. */
export function sameValues(left: DataType, right: DataType): Comparison {
  const equal = comparison('=', left, right)
  return (a, b) => {
    if (a === null || b === null) return a === b
    return equal(a, b) || (Number.isNaN(a) && Number.isNaN(b))
  }
}

/** Types whose values JavaScript compares exactly among each other: numbers, and bigints with numbers. */
function isPlainNumber(type: DataType): boolean {
  return (
    type.name === 'BIGINT' || type.name === 'DOUBLE' || type.name === 'TIMESTAMP_LTZ' || type.name === 'DATE' || type.name === 'INTERVAL'
  )
}

// `==` and not `===`: a bigint equals the double of the same number.
const NUMBERS: Readonly<Record<CompareOperator, (a: number, b: number) => boolean>> = {
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  '=': (a, b) => a == b,
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  '<>': (a, b) => a != b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

function numbers(operator: CompareOperator): Comparison {
  // The caller's types say that both are a number or a bigint, which JavaScript compares by value.
  return NUMBERS[operator] as Comparison
}

function byOrder(operator: CompareOperator, order: (a: Value, b: Value) => number): Comparison {
  switch (operator) {
    case '=':
      return (a, b) => order(a, b) === 0
    case '<>':
      return (a, b) => order(a, b) !== 0
    case '<':
      return (a, b) => order(a, b) < 0
    case '<=':
      return (a, b) => order(a, b) <= 0
    case '>':
      return (a, b) => order(a, b) > 0
    case '>=':
      return (a, b) => order(a, b) >= 0
  }
}

function asDecimal(value: Value): Decimal {
  return value instanceof Decimal ? value : Decimal.fromInteger(value as number | bigint)
}
