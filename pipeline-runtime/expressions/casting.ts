import { DAY, MAX_TIME } from '../data/calendar.ts'
import { Decimal } from '../data/decimal.ts'
import { type DataType, printType } from '../data/types.ts'
import type { Value } from '../data/value.ts'
import { doubleToInteger, type Integer, integerFromBig } from './arithmetic.ts'
import { parseDate, parseTime, printDate, two } from './calendar.ts'
import { ExpressionError } from './issues.ts'
import type { IntegerRange } from './typed.ts'
import { type Zone, zoneOf } from './zone.ts'

/** Turns a value that is not NULL into the other type; throws ExpressionError where it cannot. */
export type Conversion = (value: Value) => Value

/** Whether CAST goes from one type to the other at all. */
export function canCast(from: DataType, to: DataType): boolean {
  if (from.name === 'NULL' || printType(from) === printType(to)) return true
  const targets: readonly string[] = CASTS[from.name] ?? []
  return targets.includes(to.name)
}

const NUMBERS = ['BIGINT', 'DOUBLE', 'DECIMAL', 'STRING', 'BOOLEAN']
const CASTS: Readonly<Partial<Record<DataType['name'], readonly string[]>>> = {
  STRING: ['BIGINT', 'DOUBLE', 'DECIMAL', 'BOOLEAN', 'DATE', 'TIMESTAMP_LTZ', 'BYTES'],
  BIGINT: NUMBERS,
  DOUBLE: NUMBERS,
  DECIMAL: NUMBERS,
  BOOLEAN: ['STRING', 'BIGINT', 'DOUBLE', 'DECIMAL'],
  DATE: ['STRING', 'TIMESTAMP_LTZ'],
  TIMESTAMP_LTZ: ['STRING', 'DATE'],
  BYTES: ['STRING'],
}

/** The conversion behind CAST. `canCast` has said that there is one. */
export function conversion(from: DataType, to: DataType, timeZone: string, range: IntegerRange | undefined): Conversion {
  const convert = plainConversion(from, to, timeZone)
  if (range === undefined) return convert
  const limit = 2 ** (range.bits - 1)
  return (value) => {
    const result = convert(value) as Integer
    if (result >= -limit && result < limit) return result
    throw new ExpressionError('OVERFLOW', `${result} does not fit ${range.name} (${range.bits} bits).`)
  }
}

function plainConversion(from: DataType, to: DataType, timeZone: string): Conversion {
  if (from.name === to.name && from.name !== 'DECIMAL') return (value) => value
  switch (to.name) {
    case 'STRING':
      return toText(from, zoneOf(timeZone))
    case 'BIGINT':
      return toInteger(from)
    case 'DOUBLE':
      return toDouble(from)
    case 'DECIMAL':
      return toDecimal(from, to.precision, to.scale)
    case 'BOOLEAN':
      return toBoolean(from)
    case 'DATE': {
      if (from.name === 'STRING') return (value) => parseDate(value as string) ?? dayOfTimeText(value as string)
      const zone = zoneOf(timeZone)
      return (value) => Math.floor(zone.toLocal(value as number) / DAY)
    }
    case 'TIMESTAMP_LTZ': {
      const zone = zoneOf(timeZone)
      if (from.name === 'STRING') return (value) => textToTime(value as string, zone)
      return (value) => inTime(zone.fromLocal((value as number) * DAY))
    }
    case 'BYTES': {
      const encoder = new TextEncoder()
      return (value) => encoder.encode(value as string)
    }
    default:
      return (value) => value
  }
}

/** An instant that can be held, or an error of the record. */
export function inTime(time: number): number {
  if (Math.abs(time) <= MAX_TIME) return time
  throw new ExpressionError('OVERFLOW', 'The result lies beyond the times that can be held (about the years -270000 to 275000).')
}

function failed(value: Value, what: string): ExpressionError {
  const text = typeof value === 'string' ? `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'` : String(value)
  return new ExpressionError('CAST_FAILED', `${text} is not ${what}.`)
}

function dayOfTimeText(text: string): number {
  const parsed = parseTime(text)
  if (parsed === undefined) throw failed(text, 'a date such as 2024-02-29')
  return Math.floor(parsed.local / DAY)
}

function textToTime(text: string, zone: Zone): number {
  const parsed = parseTime(text)
  if (parsed === undefined) throw failed(text, 'a time such as 2024-02-29 10:04:05')
  return parsed.offset === undefined ? zone.fromLocal(parsed.local) : parsed.local - parsed.offset
}

function toInteger(from: DataType): Conversion {
  switch (from.name) {
    case 'STRING':
      // '12.7' is cut to 12, '1e3' refused: Flink's answers.
      return (value) => {
        const match = /^\s*([+-]?\d+)(?:\.\d*)?\s*$/.exec(value as string)
        if (match === null) throw failed(value, 'an integer')
        return integerFromBig(BigInt(match[1]?.replace('+', '') ?? '0'))
      }
    case 'DOUBLE':
      return (value) => doubleToInteger(value as number)
    case 'DECIMAL':
      return (value) => integerFromBig((value as Decimal).toBigInt())
    default:
      return (value) => (value === true ? 1 : 0)
  }
}

function toDouble(from: DataType): Conversion {
  switch (from.name) {
    case 'STRING':
      return (value) => {
        const text = (value as string).trim()
        if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text)
        if (/^[+-]?(NaN|Infinity)$/.test(text)) return Number(text.replace(/^[+-]NaN$/, 'NaN'))
        throw failed(value, 'a number')
      }
    case 'BIGINT':
      return (value) => Number(value)
    case 'DECIMAL':
      return (value) => (value as Decimal).toNumber()
    default:
      return (value) => (value === true ? 1 : 0)
  }
}

function toDecimal(from: DataType, precision: number, scale: number): Conversion {
  const fit = (decimal: Decimal, value: Value): Decimal => {
    const scaled = decimal.toScale(scale)
    if (scaled.fits(precision)) return scaled
    throw new ExpressionError('OVERFLOW', `${String(value)} does not fit DECIMAL(${precision}, ${scale}).`)
  }
  switch (from.name) {
    case 'STRING':
      return (value) => {
        const decimal = Decimal.parse((value as string).trim())
        if (decimal === undefined) throw failed(value, 'a number')
        return fit(decimal, value)
      }
    case 'DOUBLE':
      return (value) => {
        const decimal = Decimal.parse(String(value))
        if (decimal === undefined) throw failed(value, 'a decimal number')
        return fit(decimal, value)
      }
    case 'DECIMAL':
      return (value) => fit(value as Decimal, value)
    case 'BIGINT':
      return (value) => fit(Decimal.fromInteger(value as Integer), value)
    default:
      return (value) => fit(Decimal.fromInteger(value === true ? 1 : 0), value)
  }
}

const TRUE_WORDS = new Set(['true', 't', 'yes', 'y', '1'])
const FALSE_WORDS = new Set(['false', 'f', 'no', 'n', '0'])

function toBoolean(from: DataType): Conversion {
  switch (from.name) {
    case 'STRING':
      return (value) => {
        const word = (value as string).trim().toLowerCase()
        if (TRUE_WORDS.has(word)) return true
        if (FALSE_WORDS.has(word)) return false
        throw failed(value, 'true or false')
      }
    case 'DECIMAL':
      return (value) => (value as Decimal).unscaled !== 0n
    default:
      return (value) => value !== 0
  }
}

function toText(from: DataType, zone: Zone): Conversion {
  switch (from.name) {
    case 'BOOLEAN':
      return (value) => (value === true ? 'TRUE' : 'FALSE')
    case 'DOUBLE':
      return (value) => printDouble(value as number)
    case 'DATE':
      return (value) => printDate(value as number)
    case 'TIMESTAMP_LTZ':
      return (value) => printLocalTime(zone.toLocal(value as number))
    case 'BYTES': {
      const decoder = new TextDecoder()
      return (value) => decoder.decode(value as Uint8Array)
    }
    default:
      return (value) => String(value)
  }
}

/** `2024-02-29 10:04:05.000`, as Flink casts a TIMESTAMP_LTZ(3). */
function printLocalTime(local: number): string {
  const days = Math.floor(local / DAY)
  const rest = local - days * DAY
  const seconds = Math.floor(rest / 1000)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${printDate(days)} ${clock}.${String(rest - seconds * 1000).padStart(3, '0')}`
}

/** A DOUBLE as Java prints it, and so Flink: `1.0`, `1.0E10`, `1.5E-4`. */
function printDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value)
    return text.includes('.') ? text : `${text}.0`
  }
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`
}
