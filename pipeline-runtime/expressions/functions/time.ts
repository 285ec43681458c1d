import { civilFromDays, DAY } from '../../data/calendar.ts'
import { Decimal } from '../../data/decimal.ts'
import { BIGINT, type DataType, STRING, TIMESTAMP } from '../../data/types.ts'
import type { Value } from '../../data/value.ts'
import { addMonths, dayOfWeek, dayOfYear, isoDayOfWeek, isoWeek, mod, parseTime } from '../calendar.ts'
import { inTime } from '../casting.ts'
import type { CallContext, FunctionEntry, Parameter } from '../function-entry.ts'
import { ExpressionError } from '../issues.ts'
import { timeFormat, timeParser } from '../time-format.ts'
import { type Zone, zoneOf } from '../zone.ts'
import { floorUnits } from './time-units.ts'

const time: Parameter = { name: 'time', accepts: 'TIME' }
const LENGTHS: Readonly<Record<string, number>> = { SECOND: 1000, MINUTE: 60_000, HOUR: 3_600_000, DAY, WEEK: 7 * DAY }
const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

/** Days since 1970-01-01 of a DATE or of a time on the zone's clock. */
function daysOf(type: DataType | undefined, zone: Zone): (value: number) => number {
  return type?.name === 'DATE' ? (value) => value : (value) => Math.floor(zone.toLocal(value) / DAY)
}

function localOf(type: DataType | undefined, zone: Zone): (value: number) => number {
  return type?.name === 'DATE' ? (value) => value * DAY : (value) => zone.toLocal(value)
}

const extractUnits = [
  'YEAR',
  'QUARTER',
  'MONTH',
  'WEEK',
  'DAY',
  'DOY',
  'DOW',
  'ISODOW',
  'HOUR',
  'MINUTE',
  'SECOND',
  'MILLISECOND',
  'EPOCH',
] as const

function extractBody(context: CallContext): (value: number) => number {
  const zone = zoneOf(context.timeZone)
  const type = context.types[0]
  const days = daysOf(type, zone)
  const local = localOf(type, zone)
  switch (context.keyword) {
    case 'YEAR':
      return (value) => civilFromDays(days(value)).year
    case 'QUARTER':
      return (value) => Math.floor((civilFromDays(days(value)).month - 1) / 3) + 1
    case 'MONTH':
      return (value) => civilFromDays(days(value)).month
    case 'WEEK':
      return (value) => isoWeek(days(value))
    case 'DAY':
      return (value) => civilFromDays(days(value)).day
    case 'DOY':
      return (value) => dayOfYear(days(value))
    case 'DOW':
      return (value) => dayOfWeek(days(value))
    case 'ISODOW':
      return (value) => isoDayOfWeek(days(value))
    case 'HOUR':
      return (value) => Math.floor(mod(local(value), DAY) / 3_600_000)
    case 'MINUTE':
      return (value) => Math.floor(mod(local(value), 3_600_000) / 60_000)
    case 'SECOND':
      return (value) => Math.floor(mod(local(value), 60_000) / 1000)
    case 'MILLISECOND':
      return (value) => mod(local(value), 1000)
    default: {
      if (type?.name === 'DATE') return (value) => Math.floor(zone.fromLocal(value * DAY) / 1000)
      return (value) => Math.floor(value / 1000)
    }
  }
}

/** Whole units from one time to the other, cut towards zero. */
function differenceBody(context: CallContext): (from: number, to: number) => number {
  const zone = zoneOf(context.timeZone)
  const unit = context.keyword ?? 'SECOND'
  const length = LENGTHS[unit]
  if (length !== undefined) return (from, to) => Math.trunc((to - from) / length) + 0
  const months = MONTHS[unit] ?? 1
  return (from, to) => Math.trunc(monthsBetween(zone.toLocal(from), zone.toLocal(to)) / months) + 0
}

/** As Calcite counts: a month is full when its day and clock time are reached again. */
function monthsBetween(from: number, to: number): number {
  if (to < from) return -monthsBetween(to, from)
  const start = civilFromDays(Math.floor(from / DAY))
  const end = civilFromDays(Math.floor(to / DAY))
  const months = (end.year - start.year) * 12 + end.month - start.month
  const reached = addMonths(Math.floor(from / DAY), months) * DAY + mod(from, DAY)
  return reached > to ? months - 1 : months
}

function toTimestampLtz(context: CallContext): (value: Value, second?: Value) => number | null {
  const [first, second] = context.types
  if (first?.name === 'STRING') {
    const format = context.constant(1)
    if (second === undefined) return (value) => readTime(String(value), zoneOf('UTC'))
    if (typeof format === 'string') {
      const parse = timeParser(format)
      return (value) => instant(parse(String(value)), zoneOf('UTC'))
    }
    return (value, pattern) => instant(timeParser(String(pattern))(String(value)), zoneOf('UTC'))
  }
  const precision = context.constant(1)
  const check = (value: Value | undefined): number => {
    if (value === undefined || value === 3) return 1
    if (value === 0) return 1000
    throw new ExpressionError('BAD_PRECISION', 'The precision of TO_TIMESTAMP_LTZ is 0 (seconds) or 3 (milliseconds).')
  }
  if (precision !== undefined && precision !== null) check(precision)
  return (value, given) => {
    const count = value instanceof Decimal ? value.toNumber() : Number(value)
    if (!Number.isFinite(count)) return null
    return inTime(Math.floor(count * check(given)) + 0)
  }
}

function readTime(text: string, zone: Zone): number | null {
  return instant(parseTime(text), zone)
}

function instant(parsed: ReturnType<typeof parseTime>, zone: Zone): number | null {
  if (parsed === undefined) return null
  return parsed.offset === undefined ? zone.fromLocal(parsed.local) : parsed.local - parsed.offset
}

export const timeFunctions: readonly FunctionEntry[] = [
  {
    kind: 'function',
    name: 'TO_TIMESTAMP_LTZ',
    topic: 'Dates and times',
    usage: 'TO_TIMESTAMP_LTZ(number [, precision]) or TO_TIMESTAMP_LTZ(text [, format])',
    doc: 'The time of a number of milliseconds since 1970 (precision 3, also if left out) or seconds (0), or of a text read in UTC; NULL for a text that is none.',
    examples: [
      { text: 'TO_TIMESTAMP_LTZ(1709201045000, 3)', value: '2024-02-29T10:04:05.000Z' },
      { text: 'TO_TIMESTAMP_LTZ(1709201045, 0)', value: '2024-02-29T10:04:05.000Z' },
    ],
    parameters: [
      { name: 'number', accepts: 'ANY' },
      { name: 'precision', accepts: 'ANY', optional: true },
    ],
    result: ([first, second]) => {
      const numeric = first?.name === 'BIGINT' || first?.name === 'DOUBLE' || first?.name === 'DECIMAL' || first?.name === 'NULL'
      if (numeric && (second === undefined || second.name === 'BIGINT' || second.name === 'NULL')) return TIMESTAMP
      if (first?.name === 'STRING' && (second === undefined || second.name === 'STRING' || second.name === 'NULL')) return TIMESTAMP
      return 'TO_TIMESTAMP_LTZ takes a number and a precision of 0 or 3, or a text and a format.'
    },
    prepare: toTimestampLtz,
  },
  {
    kind: 'function',
    name: 'TO_TIMESTAMP',
    topic: 'Dates and times',
    doc: 'The time that a text names on the clock of the time zone, in the usual form or that of the format; NULL for a text that is none.',
    examples: [
      { text: "TO_TIMESTAMP('2024-02-29 10:04:05')", value: '2024-02-29T10:04:05.000Z' },
      { text: "TO_TIMESTAMP('29.02.2024 10:04', 'dd.MM.yyyy HH:mm')", value: '2024-02-29T10:04:00.000Z' },
      { text: "TO_TIMESTAMP('2024-02-30')", value: 'NULL' },
    ],
    parameters: [
      { name: 'text', accepts: 'STRING' },
      { name: 'format', accepts: 'STRING', optional: true },
    ],
    result: TIMESTAMP,
    flink: 'Flink gives a TIMESTAMP without a zone.',
    prepare: (context) => {
      const zone = zoneOf(context.timeZone)
      const format = context.constant(1)
      if (typeof format === 'string') {
        const parse = timeParser(format)
        return (text: string) => instant(parse(text), zone)
      }
      return (text: string, pattern?: string) => (pattern === undefined ? readTime(text, zone) : instant(timeParser(pattern)(text), zone))
    },
  },
  {
    kind: 'function',
    name: 'DATE_FORMAT',
    topic: 'Dates and times',
    doc: 'The time as text on the clock of the time zone, by a pattern of yyyy MM dd HH mm ss SSS and their like.',
    examples: [
      { text: "DATE_FORMAT(TIMESTAMP '2024-02-29 10:04:05', 'yyyy-MM-dd HH:mm')", value: '2024-02-29 10:04' },
      { text: "DATE_FORMAT(TIMESTAMP '2024-02-29 10:04:05', 'EEE d MMM')", value: 'Thu 29 Feb' },
    ],
    parameters: [time, { name: 'format', accepts: 'STRING' }],
    result: STRING,
    prepare: (context) => {
      const local = localOf(context.types[0], zoneOf(context.timeZone))
      const format = context.constant(1)
      if (typeof format === 'string') {
        const print = timeFormat(format)
        return (value: number) => print(local(value))
      }
      return (value: number, pattern: string) => timeFormat(pattern)(local(value))
    },
  },
  {
    kind: 'function',
    name: 'EXTRACT',
    topic: 'Dates and times',
    usage: 'EXTRACT(unit FROM time)',
    doc: 'A part of a time on the clock of the time zone; EPOCH is the seconds since 1970, WEEK that of ISO 8601, DOW starts with Sunday = 1.',
    examples: [
      { text: "EXTRACT(HOUR FROM TIMESTAMP '2024-02-29 10:04:05')", value: '10' },
      { text: "EXTRACT(DOY FROM DATE '2024-02-29')", value: '60' },
    ],
    parameters: [time],
    keywords: { words: extractUnits, required: true },
    result: BIGINT,
    prepare: extractBody,
  },
  {
    kind: 'function',
    name: 'DAYOFWEEK',
    topic: 'Dates and times',
    doc: 'The day of the week: Sunday is 1, Saturday 7.',
    examples: [{ text: "DAYOFWEEK(DATE '2024-02-29')", value: '5' }],
    parameters: [time],
    result: BIGINT,
    prepare: (context) => {
      const days = daysOf(context.types[0], zoneOf(context.timeZone))
      return (value: number) => dayOfWeek(days(value))
    },
  },
  {
    kind: 'function',
    name: 'TIMESTAMPDIFF',
    topic: 'Dates and times',
    usage: 'TIMESTAMPDIFF(unit, from, to)',
    doc: 'How many whole units lie between two times; below zero where the second is earlier.',
    examples: [
      { text: "TIMESTAMPDIFF(DAY, DATE '2024-02-01', DATE '2024-02-29')", value: '28' },
      { text: "TIMESTAMPDIFF(MONTH, DATE '2024-01-31', DATE '2024-02-29')", value: '1' },
    ],
    parameters: [
      { name: 'from', accepts: 'TIMESTAMP_LTZ' },
      { name: 'to', accepts: 'TIMESTAMP_LTZ' },
    ],
    keywords: { words: floorUnits, required: true },
    result: BIGINT,
    prepare: differenceBody,
  },
]
