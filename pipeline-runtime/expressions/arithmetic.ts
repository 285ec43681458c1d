import { Decimal, powerOfTen } from '../data/decimal.ts'
import { integerAtRest, MAX_BIGINT, MIN_BIGINT } from '../data/value.ts'
import type { ArithmeticOperator } from './ast.ts'
import { ExpressionError } from './issues.ts'

/** A BIGINT at rest: a number while exact, else a bigint. */
export type Integer = number | bigint

const SAFE = Number.MAX_SAFE_INTEGER

/** Exact 64-bit arithmetic: a result beyond 64 bits is an error of the record, never a wrap-around. */
function addIntegers(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (sum <= SAFE && sum >= -SAFE) return sum
  }
  return inRange(BigInt(a) + BigInt(b), a, '+', b)
}

function subtractIntegers(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (difference <= SAFE && difference >= -SAFE) return difference
  }
  return inRange(BigInt(a) - BigInt(b), a, '-', b)
}

function multiplyIntegers(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    // `+ 0` makes -0 a 0.
    if (product <= SAFE && product >= -SAFE) return product + 0
  }
  return inRange(BigInt(a) * BigInt(b), a, '*', b)
}

/** Cut towards zero: 7 / 2 = 3, -7 / 2 = -3. */
function divideIntegers(a: Integer, b: Integer): Integer {
  if (b === 0) throw divisionByZero(a, '/')
  // `a / b` as a double may round up to the next integer; the dividend less its rest divides exactly. `+ 0` makes -0 a 0.
  if (typeof a === 'number' && typeof b === 'number') return (a - (a % b)) / b + 0
  return inRange(BigInt(a) / BigInt(b), a, '/', b)
}

/** The rest has the dividend's sign: MOD(-7, 2) = -1. */
export function modIntegers(a: Integer, b: Integer): Integer {
  if (b === 0) throw divisionByZero(a, '%')
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0
  return integerAtRest(BigInt(a) % BigInt(b))
}

export function negateInteger(a: Integer): Integer {
  return typeof a === 'number' ? 0 - a : inRange(-a, 0, '-', a)
}

export const integerArithmetic: Readonly<Record<ArithmeticOperator, (a: Integer, b: Integer) => Integer>> = {
  '+': addIntegers,
  '-': subtractIntegers,
  '*': multiplyIntegers,
  '/': divideIntegers,
  '%': modIntegers,
}

/** DECIMAL arithmetic whose result has the given precision and scale. */
export function decimalArithmetic(operator: ArithmeticOperator, precision: number, scale: number): (a: Decimal, b: Decimal) => Decimal {
  const fit = (value: Decimal, a: Decimal, b: Decimal) => {
    if (value.fits(precision)) return value
    throw new ExpressionError('OVERFLOW', `${a} ${operator} ${b} does not fit DECIMAL(${precision}, ${scale}).`)
  }
  switch (operator) {
    case '+':
      return (a, b) => {
        const common = Math.max(a.scale, b.scale)
        return fit(new Decimal(a.toScale(common).unscaled + b.toScale(common).unscaled, common).toScale(scale), a, b)
      }
    case '-':
      return (a, b) => {
        const common = Math.max(a.scale, b.scale)
        return fit(new Decimal(a.toScale(common).unscaled - b.toScale(common).unscaled, common).toScale(scale), a, b)
      }
    case '*':
      return (a, b) => fit(new Decimal(a.unscaled * b.unscaled, a.scale + b.scale).toScale(scale), a, b)
    case '/':
      return (a, b) => {
        if (b.unscaled === 0n) throw divisionByZero(a, '/')
        return fit(divideDecimals(a, b, scale), a, b)
      }
    case '%':
      return (a, b) => {
        if (b.unscaled === 0n) throw divisionByZero(a, '%')
        const common = Math.max(a.scale, b.scale)
        return fit(new Decimal(a.toScale(common).unscaled % b.toScale(common).unscaled, common).toScale(scale), a, b)
      }
  }
}

/** Rounded half away from zero at `scale`. */
function divideDecimals(a: Decimal, b: Decimal, scale: number): Decimal {
  // a / b = (ua / ub) * 10^(sb - sa); one more power of ten brings the quotient to `scale`.
  const shift = scale + b.scale - a.scale
  const dividend = shift >= 0 ? a.unscaled * powerOfTen(shift) : a.unscaled
  const divisor = shift >= 0 ? b.unscaled : b.unscaled * powerOfTen(-shift)
  const quotient = dividend / divisor
  const rest = dividend % divisor
  const twice = (rest < 0n ? -rest : rest) * 2n
  if (twice < (divisor < 0n ? -divisor : divisor)) return new Decimal(quotient, scale)
  return new Decimal(dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n, scale)
}

export const doubleArithmetic: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}

/** The precision and scale of a DECIMAL operation, as Flink has them (LogicalTypeMerging). */
export function decimalResult(operator: ArithmeticOperator, a: Digits, b: Digits): Digits {
  switch (operator) {
    case '+':
    case '-': {
      const scale = Math.max(a.scale, b.scale)
      return adjusted(Math.max(a.precision - a.scale, b.precision - b.scale) + scale + 1, scale)
    }
    case '*':
      return adjusted(a.precision + b.precision + 1, a.scale + b.scale)
    case '/': {
      const scale = Math.max(6, a.scale + b.precision + 1)
      return adjusted(a.precision - a.scale + b.scale + scale, scale)
    }
    case '%': {
      const scale = Math.max(a.scale, b.scale)
      return adjusted(Math.min(a.precision - a.scale, b.precision - b.scale) + scale, scale)
    }
  }
}

export interface Digits {
  readonly precision: number
  readonly scale: number
}

/** Beyond 38 digits the fraction gives way, down to six digits. */
function adjusted(precision: number, scale: number): Digits {
  if (precision <= 38) return { precision: Math.max(precision, 1), scale }
  const whole = precision - scale
  return { precision: 38, scale: Math.max(38 - whole, Math.min(scale, 6)) }
}

/** A DOUBLE cut towards zero to a BIGINT; NaN, infinities and what is beyond 64 bits are errors. */
export function doubleToInteger(value: number): Integer {
  if (Number.isFinite(value)) {
    const cut = Math.trunc(value)
    if (cut <= SAFE && cut >= -SAFE) return cut + 0
    const exact = BigInt(cut)
    if (exact <= MAX_BIGINT && exact >= MIN_BIGINT) return exact
  }
  throw new ExpressionError('OVERFLOW', `${value} is not a 64-bit integer.`)
}

export function integerFromBig(value: bigint): Integer {
  if (value <= MAX_BIGINT && value >= MIN_BIGINT) return integerAtRest(value)
  throw new ExpressionError('OVERFLOW', `${value} is beyond the 64 bits of BIGINT.`)
}

function inRange(value: bigint, a: Integer, operator: ArithmeticOperator, b: Integer): Integer {
  if (value <= MAX_BIGINT && value >= MIN_BIGINT) return integerAtRest(value)
  throw new ExpressionError('OVERFLOW', `${a} ${operator} ${b} is ${value}, beyond the 64 bits of BIGINT.`)
}

function divisionByZero(a: Integer | Decimal, operator: '/' | '%'): ExpressionError {
  return new ExpressionError('DIVISION_BY_ZERO', `${a} ${operator} 0 has no result.`)
}
