import { Decimal, divideHalfUp, powerOfTen } from '../../data/decimal.ts'
import { BIGINT, type DataType, DOUBLE, decimal, isTime, MAX_DECIMAL_PRECISION } from '../../data/types.ts'
import { compareValues, type Value } from '../../data/value.ts'
import {
  decimalArithmetic,
  decimalResult,
  doubleArithmetic,
  type Integer,
  integerFromBig,
  modIntegers,
  negateInteger,
} from '../arithmetic.ts'
import { digitsOfType } from '../coercion.ts'
import type { Body, CallContext, FunctionEntry } from '../function-entry.ts'
import { ExpressionError } from '../issues.ts'
import { ceilTime, floorTime, floorUnits } from './time-units.ts'

const number = { name: 'number', accepts: 'NUMERIC' } as const

function sameAsFirst([first]: readonly DataType[]): DataType {
  return first ?? DOUBLE
}

/** A body for each numeric type of the first argument. */
function byType(context: CallContext, bodies: { readonly integer: Body; readonly double: Body; readonly decimal: Body }): Body {
  const name = context.types[0]?.name
  return name === 'BIGINT' ? bodies.integer : name === 'DECIMAL' ? bodies.decimal : bodies.double
}

function ofDouble(name: string, doc: string, body: (x: number) => number, examples: FunctionEntry['examples']): FunctionEntry {
  return {
    kind: 'function',
    name,
    topic: 'Numbers',
    doc,
    examples,
    parameters: [{ name: 'number', accepts: 'DOUBLE' }],
    result: DOUBLE,
    prepare: () => body,
  }
}

function wholeType([first]: readonly DataType[]): DataType {
  return first?.name === 'DECIMAL' ? decimal(first.precision, 0) : (first ?? DOUBLE)
}

function roundedTo(direction: 'FLOOR' | 'CEIL'): (context: CallContext) => Body {
  return (context) => {
    const time = context.types[0]
    if (context.keyword !== undefined && time !== undefined) {
      return direction === 'FLOOR' ? floorTime(time, context.keyword, context.timeZone) : ceilTime(time, context.keyword, context.timeZone)
    }
    return byType(context, {
      integer: (x: Integer) => x,
      double: direction === 'FLOOR' ? (x: number) => Math.floor(x) : (x: number) => Math.ceil(x),
      decimal: (x: Decimal) => {
        const cut = x.toBigInt()
        const exact = cut * powerOfTen(x.scale) === x.unscaled
        if (exact) return new Decimal(cut, 0)
        return fitted(
          new Decimal(direction === 'FLOOR' ? (x.unscaled < 0n ? cut - 1n : cut) : x.unscaled < 0n ? cut : cut + 1n, 0),
          context.type,
        )
      },
    })
  }
}

function fitted(value: Decimal, type: DataType): Decimal {
  if (type.name !== 'DECIMAL' || value.fits(type.precision)) return value
  throw new ExpressionError('OVERFLOW', `${value} does not fit DECIMAL(${type.precision}, ${type.scale}).`)
}

function floorResult(types: readonly DataType[], keyword: string | undefined): DataType | string {
  const [first] = types
  const time = first !== undefined && isTime(first)
  if (keyword !== undefined) return time ? first : 'TO a unit goes with a date or a time, such as FLOOR(t TO HOUR).'
  if (time) return 'For a date or a time say to which unit, such as FLOOR(t TO HOUR).'
  return first?.name === 'BIGINT' || first?.name === 'DOUBLE' || first?.name === 'DECIMAL' || first?.name === 'NULL'
    ? first.name === 'NULL'
      ? DOUBLE
      : wholeType(types)
    : 'FLOOR and CEIL take a number, or a time TO a unit.'
}

/** Constant digits give the DECIMAL's scale, as in Flink (LogicalTypeMerging.findRoundDecimalType); others leave it as it is. */
function roundResult(
  [first, second]: readonly DataType[],
  _keyword: string | undefined,
  constant: (index: number) => Value | undefined,
): DataType {
  if (first?.name !== 'DECIMAL') return first ?? DOUBLE
  const digits = second === undefined ? 0 : constant(1)
  if ((typeof digits !== 'number' && typeof digits !== 'bigint') || digits >= first.scale) return first
  const scale = Math.max(0, Number(digits))
  return decimal(Math.min(MAX_DECIMAL_PRECISION, first.precision - first.scale + 1 + scale), scale)
}

function roundPrepare(context: CallContext): Body {
  return byType(context, {
    integer: (x: Integer, digits: Integer = 0) => {
      if (digits >= 0) return x
      if (digits < -19) return 0
      const unit = powerOfTen(-Number(digits))
      return integerFromBig(divideHalfUp(BigInt(x), unit) * unit)
    },
    double: (x: number, digits: Integer = 0) => {
      if (!Number.isFinite(x) || digits > 340) return x
      if (digits < -340) return 0
      const decimalValue = Decimal.parse(String(x))
      return decimalValue === undefined ? x : roundDecimal(decimalValue, Number(digits)).toNumber()
    },
    decimal: (x: Decimal, digits: Integer = 0) => {
      const places = digits > 38 ? 38 : digits < -39 ? -39 : Number(digits)
      const rounded = roundDecimal(x, places)
      return fitted(context.type.name === 'DECIMAL' ? rounded.toScale(context.type.scale) : rounded, context.type)
    },
  })
}

function roundDecimal(x: Decimal, places: number): Decimal {
  if (places >= x.scale) return x
  if (places >= 0) return x.toScale(places)
  const unit = powerOfTen(-places)
  return new Decimal(divideHalfUp(x.unscaled, unit * powerOfTen(x.scale)) * unit, 0)
}

function modResult([a, b]: readonly DataType[]): DataType {
  if (a?.name === 'DOUBLE' || b?.name === 'DOUBLE') return DOUBLE
  if (a?.name === 'BIGINT' && b?.name === 'BIGINT') return BIGINT
  const digits = decimalResult('%', digitsOfType(a), digitsOfType(b))
  return decimal(digits.precision, digits.scale)
}

function modPrepare(context: CallContext): Body {
  if (context.type.name === 'BIGINT') return modIntegers
  if (context.type.name === 'DOUBLE') return (a: Value, b: Value) => doubleArithmetic['%'](toNumber(a), toNumber(b))
  const { precision, scale } = digitsOfType(context.type)
  const divide = decimalArithmetic('%', precision, scale)
  return (a: Value, b: Value) => divide(toDecimal(a), toDecimal(b))
}

function toNumber(value: Value): number {
  return value instanceof Decimal ? value.toNumber() : Number(value)
}

function toDecimal(value: Value): Decimal {
  // Parameters of MOD are numeric: what is no Decimal is a BIGINT here.
  return value instanceof Decimal ? value : Decimal.fromInteger(value as Integer)
}

function extreme(name: 'GREATEST' | 'LEAST', sign: 1 | -1, doc: string, examples: FunctionEntry['examples']): FunctionEntry {
  return {
    kind: 'function',
    name,
    topic: 'Numbers',
    doc,
    examples,
    parameters: [{ name: 'value', accepts: 'COMMON', repeats: true }],
    result: (types) => {
      const type = sameAsFirst(types)
      return ['ARRAY', 'ROW', 'MAP'].includes(type.name) ? `Of two values of type ${type.name} neither is greater.` : type
    },
    prepare:
      ({ type }) =>
      (first: Value, ...rest: Value[]) => {
        let best = first
        for (const value of rest) if (compareValues(type, value, best) * sign > 0) best = value
        return best
      },
  }
}

export const numberFunctions: readonly FunctionEntry[] = [
  {
    kind: 'function',
    name: 'ABS',
    topic: 'Numbers',
    doc: 'The number without its sign.',
    examples: [
      { text: 'ABS(-3)', value: '3' },
      { text: 'ABS(-1.50)', value: '1.50' },
    ],
    parameters: [number],
    result: sameAsFirst,
    prepare: (context) =>
      byType(context, {
        integer: (x: Integer) => (x < 0 ? negateInteger(x) : x),
        double: (x: number) => Math.abs(x),
        decimal: (x: Decimal) => (x.unscaled < 0n ? new Decimal(-x.unscaled, x.scale) : x),
      }),
  },
  {
    kind: 'function',
    name: 'CEIL',
    topic: 'Numbers',
    usage: 'CEIL(number) or CEIL(time TO unit)',
    doc: 'The smallest whole number that is not below; for a time the start of the next unit unless one starts there.',
    examples: [
      { text: 'CEIL(1.2)', value: '2' },
      { text: 'CEIL(-1.2)', value: '-1' },
      { text: "CEIL(TIMESTAMP '2024-02-29 10:04:05' TO HOUR)", value: '2024-02-29T11:00:00.000Z' },
    ],
    parameters: [{ name: 'number', accepts: 'ANY' }],
    keywords: { words: floorUnits, required: false },
    result: floorResult,
    prepare: roundedTo('CEIL'),
  },
  {
    kind: 'function',
    name: 'FLOOR',
    topic: 'Numbers',
    usage: 'FLOOR(number) or FLOOR(time TO unit)',
    doc: 'The greatest whole number that is not above; for a time the start of its unit, weeks starting on Sunday.',
    examples: [
      { text: 'FLOOR(-1.2)', value: '-2' },
      { text: 'FLOOR(7)', value: '7' },
      { text: "FLOOR(TIMESTAMP '2024-02-29 10:04:05' TO MINUTE)", value: '2024-02-29T10:04:00.000Z' },
    ],
    parameters: [{ name: 'number', accepts: 'ANY' }],
    keywords: { words: floorUnits, required: false },
    result: floorResult,
    prepare: roundedTo('FLOOR'),
  },
  {
    kind: 'function',
    name: 'ROUND',
    topic: 'Numbers',
    doc: 'Rounded to so many digits after the point (0 if left out), half away from zero.',
    examples: [
      { text: 'ROUND(2.5)', value: '3' },
      { text: 'ROUND(2.345, 2)', value: '2.35' },
      { text: 'ROUND(1234, -2)', value: '1200' },
    ],
    parameters: [number, { name: 'digits', accepts: 'BIGINT', optional: true }],
    result: roundResult,
    prepare: roundPrepare,
  },
  {
    kind: 'function',
    name: 'SIGN',
    topic: 'Numbers',
    doc: '-1, 0 or 1.',
    examples: [
      { text: 'SIGN(-3)', value: '-1' },
      { text: 'SIGN(0.0)', value: '0.0' },
    ],
    parameters: [number],
    result: sameAsFirst,
    prepare: (context) =>
      byType(context, {
        integer: (x: Integer) => (x > 0 ? 1 : x < 0 ? -1 : 0),
        double: (x: number) => Math.sign(x),
        decimal: (x: Decimal) => {
          const one = powerOfTen(x.scale)
          return fitted(new Decimal(x.unscaled > 0n ? one : x.unscaled < 0n ? -one : 0n, x.scale), context.type)
        },
      }),
  },
  {
    kind: 'function',
    name: 'POWER',
    topic: 'Numbers',
    doc: 'The base to the power of the exponent, as DOUBLE.',
    examples: [{ text: 'POWER(2, 10)', value: '1024' }],
    parameters: [
      { name: 'base', accepts: 'DOUBLE' },
      { name: 'exponent', accepts: 'DOUBLE' },
    ],
    result: DOUBLE,
    prepare: () => (a: number, b: number) => a ** b,
  },
  ofDouble('SQRT', 'The square root, as DOUBLE; NaN for a number below zero.', Math.sqrt, [{ text: 'SQRT(9)', value: '3' }]),
  ofDouble('LN', 'The natural logarithm, as DOUBLE.', Math.log, [{ text: 'LN(1)', value: '0' }]),
  ofDouble('LOG10', 'The logarithm to base 10, as DOUBLE.', Math.log10, [{ text: 'LOG10(1000)', value: '3' }]),
  ofDouble('EXP', 'e to the power of the number, as DOUBLE.', Math.exp, [{ text: 'EXP(0)', value: '1' }]),
  {
    kind: 'function',
    name: 'MOD',
    topic: 'Numbers',
    doc: 'The rest of a division, with the sign of the dividend; the same as %.',
    examples: [
      { text: 'MOD(7, 3)', value: '1' },
      { text: 'MOD(-7, 3)', value: '-1' },
    ],
    parameters: [
      { name: 'dividend', accepts: 'NUMERIC' },
      { name: 'divisor', accepts: 'NUMERIC' },
    ],
    result: modResult,
    prepare: modPrepare,
  },
  extreme('GREATEST', 1, 'The greatest of the values; NULL if one is NULL.', [
    { text: 'GREATEST(1, 3, 2)', value: '3' },
    { text: 'GREATEST(1, NULL)', value: 'NULL' },
  ]),
  extreme('LEAST', -1, 'The smallest of the values; NULL if one is NULL.', [{ text: "LEAST('b', 'a')", value: 'a' }]),
]
