import { Decimal } from '../data/decimal.ts'
import { type DataType, DOUBLE, decimal, isNumeric, MAX_DECIMAL_PRECISION, sameType, TIMESTAMP } from '../data/types.ts'
import type { Digits } from './arithmetic.ts'
import { conversion } from './casting.ts'
import { ExpressionError } from './issues.ts'
import type { TypedExpression } from './typed.ts'

/** The type in which values of both types can be held without asking for a CAST; undefined where there is none. */
export function commonType(a: DataType, b: DataType): DataType | undefined {
  if (a.name === 'NULL') return b
  if (b.name === 'NULL' || sameType(a, b)) return a
  if (isNumeric(a) && isNumeric(b)) {
    if (a.name === 'DOUBLE' || b.name === 'DOUBLE') return DOUBLE
    const left = digitsOfType(a)
    const right = digitsOfType(b)
    const scale = Math.max(left.scale, right.scale)
    const whole = Math.max(left.precision - left.scale, right.precision - right.scale)
    if (whole + scale <= MAX_DECIMAL_PRECISION) return decimal(whole + scale, scale)
    return decimal(MAX_DECIMAL_PRECISION, Math.max(0, MAX_DECIMAL_PRECISION - whole))
  }
  const times = ['DATE', 'TIMESTAMP_LTZ']
  return times.includes(a.name) && times.includes(b.name) ? TIMESTAMP : undefined
}

/** The digits of an integer or decimal operand. A written integer counts as Flink's INT, any other as its BIGINT. */
export function digitsOf(typed: TypedExpression): Digits {
  if (typed.kind === 'constant' && typeof typed.value === 'number' && Math.abs(typed.value) < 2 ** 31) return { precision: 10, scale: 0 }
  return digitsOfType(typed.type)
}

export function digitsOfType(type: DataType | undefined): Digits {
  return type?.name === 'DECIMAL' ? type : { precision: 19, scale: 0 }
}

/** The expression in another type, for the conversions that need no CAST; a constant is converted at once. */
export function coerce(typed: TypedExpression, type: DataType, timeZone: string): TypedExpression {
  if (sameType(typed.type, type)) return typed
  const { from, to } = typed
  if (typed.kind === 'constant') {
    if (typed.value === null) return { kind: 'constant', value: null, type, from, to }
    try {
      return { kind: 'constant', value: conversion(typed.type, type, timeZone, undefined)(typed.value), type, from, to }
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
    }
  }
  return { kind: 'cast', operand: typed, tolerant: false, implicit: true, range: undefined, timeZone, type, from, to }
}

/** An integer or decimal as DECIMAL with its own digits, for exact arithmetic. */
export function coerceToDecimal(typed: TypedExpression, timeZone: string): TypedExpression {
  if (typed.type.name === 'DECIMAL') return typed
  const digits = digitsOf(typed)
  if (typed.kind === 'constant' && typeof typed.value === 'number') {
    return { ...typed, value: Decimal.fromInteger(typed.value), type: decimal(digits.precision, 0) }
  }
  return coerce(typed, decimal(digits.precision, digits.scale), timeZone)
}
