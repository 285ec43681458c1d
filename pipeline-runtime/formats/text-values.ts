import { DAY, daysFromCivil, daysInMonth, MAX_TIME } from '../data/calendar.ts'
import { Decimal } from '../data/decimal.ts'
import { integerAtRest, MAX_BIGINT, MIN_BIGINT } from '../data/value.ts'
import type { SourceColumn } from './format.ts'

/**
 * Values from ASCII text in bytes, used by every text format. Where the text is no such value they return undefined, those that
 * give plain numbers NaN.
 */

type Unit = SourceColumn['unit']

const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i)
/** Longer numbers are refused where they would have to be exact. */
const MAX_DIGITS = 1000

/** A whole number of 64 bits: `12`, `-7`, and what is written otherwise but is one, `1e3`, `5.0`. */
export function parseInteger(bytes: Uint8Array, start: number, end: number): number | bigint | undefined {
  const negative = bytes[start] === 45
  const first = negative ? start + 1 : start
  const digits = end - first
  if (digits > 0 && digits <= 15) {
    let n = 0
    let i = first
    while (i < end) {
      const d = (bytes[i] as number) - 48
      if (d < 0 || d > 9) break
      n = n * 10 + d
      i++
    }
    if (i === end) return negative && n !== 0 ? -n : n
  }
  if (digits > 15 && digits <= 19) {
    const high = digitsOf(bytes, first, end - 9)
    const low = digitsOf(bytes, end - 9, end)
    if (high >= 0 && low >= 0) return within64Bits(BigInt(negative ? -high : high) * 1_000_000_000n + BigInt(negative ? -low : low))
  }
  const decimal = parseExact(bytes, start, end)
  if (decimal === undefined) return undefined
  const whole = decimal.scale === 0 ? decimal.unscaled : decimal.toBigInt()
  if (decimal.scale > 0 && new Decimal(whole, 0).toScale(decimal.scale).unscaled !== decimal.unscaled) return undefined
  return within64Bits(whole)
}

function within64Bits(whole: bigint): number | bigint | undefined {
  return whole >= MIN_BIGINT && whole <= MAX_BIGINT ? integerAtRest(whole) : undefined
}

/** At most 15 digits as a number; -1 where there is something else. */
function digitsOf(bytes: Uint8Array, start: number, end: number): number {
  let n = 0
  for (let i = start; i < end; i++) {
    const d = (bytes[i] as number) - 48
    if (d < 0 || d > 9) return -1
    n = n * 10 + d
  }
  return n
}

/** Exactly that number at the scale asked for; undefined where digits would be lost. */
export function parseDecimal(bytes: Uint8Array, start: number, end: number, precision: number, scale: number): Decimal | undefined {
  const decimal = parseExact(bytes, start, end)
  if (decimal === undefined) return undefined
  const scaled = decimal.toScale(scale)
  if (decimal.scale > scale && scaled.toScale(decimal.scale).unscaled !== decimal.unscaled) return undefined
  return scaled.fits(precision) ? scaled : undefined
}

function parseExact(bytes: Uint8Array, start: number, end: number): Decimal | undefined {
  if (end - start > MAX_DIGITS || end === start) return undefined
  return Decimal.parse(asciiText(bytes, start, end))
}

/** A finite number; NaN for anything else, also for what is beyond the range of DOUBLE. */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === 45
  let i = negative ? start + 1 : start
  // Up to 15 digits and a power of ten up to 22 are exact doubles, so that their quotient is rounded once: correctly.
  if (end - i <= 16 && i < end) {
    let n = 0
    let digits = 0
    let point = -1
    for (; i < end; i++) {
      const c = bytes[i] as number
      if (c >= 48 && c <= 57) {
        n = n * 10 + (c - 48)
        digits++
      } else if (c === 46 && point < 0 && digits > 0) point = i
      else break
    }
    if (i === end && digits <= 15 && point !== end - 1 && digits > 0) {
      if (point >= 0) n /= POWERS[end - point - 1] as number
      return negative ? -n : n
    }
  }
  const text = asciiText(bytes, start, end)
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number.NaN
  const value = Number(text)
  return Number.isFinite(value) ? value : Number.NaN
}

/** As `parseNumber`, and `NaN`, `Infinity`, `-Infinity`. */
export function parseDouble(bytes: Uint8Array, start: number, end: number): number | undefined {
  const value = parseNumber(bytes, start, end)
  if (!Number.isNaN(value)) return value
  switch (asciiText(bytes, start, Math.min(end, start + 12))) {
    case 'NaN':
      return Number.NaN
    case 'Infinity':
    case '+Infinity':
      return Number.POSITIVE_INFINITY
    case '-Infinity':
      return Number.NEGATIVE_INFINITY
    default:
      return undefined
  }
}

export function parseBoolean(bytes: Uint8Array, start: number, end: number): boolean | undefined {
  if (end - start < 4 || end - start > 5) return undefined
  const text = asciiText(bytes, start, end).toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : undefined
}

/** Milliseconds since the epoch of a number that counts `unit` (milliseconds unless given), cut down to whole ones; NaN for what is none. */
export function parseEpoch(bytes: Uint8Array, start: number, end: number, unit: Unit): number {
  const negative = bytes[start] === 45
  const first = negative ? start + 1 : start
  const dropped = unit === 'us' ? 3 : unit === 'ns' ? 6 : 0
  let n = 0
  let rest = 0
  let i = first
  for (; i < end; i++) {
    const d = (bytes[i] as number) - 48
    if (d < 0 || d > 9) break
    if (i < end - dropped) n = n * 10 + d
    else rest += d
  }
  if (i < end || i === first) return epochOfDecimal(bytes, start, end, unit)
  if (unit === 's') n *= 1000
  if (negative) n = rest > 0 ? -n - 1 : n === 0 ? 0 : -n
  return n <= MAX_TIME && n >= -MAX_TIME ? n : Number.NaN
}

function epochOfDecimal(bytes: Uint8Array, start: number, end: number, unit: Unit): number {
  const decimal = parseExact(bytes, start, end)
  if (decimal === undefined) return Number.NaN
  const shift = unit === 's' ? 3 : unit === 'us' ? -3 : unit === 'ns' ? -6 : 0
  const scale = decimal.scale - shift
  const exact = scale <= 0 ? new Decimal(decimal.unscaled, 0).toScale(-scale).unscaled : decimal.unscaled
  const divisor = 10n ** BigInt(Math.max(scale, 0))
  const floored = exact >= 0n ? exact / divisor : -((-exact + divisor - 1n) / divisor)
  const value = Number(floored)
  return value <= MAX_TIME && value >= -MAX_TIME ? value : Number.NaN
}

/** A number by its unit, or ISO-8601 text (UTC unless it names another offset); NaN for what is neither. */
export function parseTimestampText(bytes: Uint8Array, start: number, end: number, unit: Unit): number {
  const iso = parseIso(bytes, start, end)
  return Number.isNaN(iso) && unit !== 'iso' ? parseEpoch(bytes, start, end, unit) : iso
}

/** Days since the epoch of `YYYY-MM-DD`; NaN for anything else. */
export function parseDate(bytes: Uint8Array, start: number, end: number): number {
  const reader = isoReader
  reader.reset(bytes, start, end)
  const days = reader.date()
  return reader.at === end ? days : Number.NaN
}

/** `YYYY-MM-DD`, `…THH:MM`, `…:SS`, `….fraction`, then nothing, `Z` or an offset; a blank may stand for the T. */
export function parseIso(bytes: Uint8Array, start: number, end: number): number {
  const reader = isoReader
  reader.reset(bytes, start, end)
  const days = reader.date()
  if (Number.isNaN(days)) return Number.NaN
  const value = days * DAY + (reader.at === end ? 0 : reader.time())
  return reader.at === end && value <= MAX_TIME && value >= -MAX_TIME ? value : Number.NaN
}

class IsoReader {
  at = 0
  private bytes: Uint8Array = new Uint8Array(0)
  private end = 0

  reset(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes
    this.at = start
    this.end = end
  }

  date(): number {
    const sign = this.take(45) ? -1 : this.take(43) ? 1 : 0
    const year = this.digits(sign === 0 ? 4 : 6)
    if (!this.take(45)) return Number.NaN
    const month = this.digits(2)
    if (!this.take(45)) return Number.NaN
    const day = this.digits(2)
    if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN
    const signed = sign < 0 ? -year : year
    if (day > daysInMonth(signed, month)) return Number.NaN
    return daysFromCivil(signed, month, day)
  }

  /** Milliseconds of the day, less the offset. */
  time(): number {
    if (!(this.take(84) || this.take(116) || this.take(32))) return Number.NaN
    const hour = this.digits(2)
    if (!this.take(58)) return Number.NaN
    const minute = this.digits(2)
    let second = 0
    let fraction = 0
    if (this.take(58)) {
      second = this.digits(2)
      if (this.take(46) || this.take(44)) fraction = this.fraction()
    }
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN
    return ((hour * 60 + minute) * 60 + second) * 1000 + fraction - this.offset()
  }

  private fraction(): number {
    let value = 0
    let digits = 0
    while (this.at < this.end) {
      const d = (this.bytes[this.at] as number) - 48
      if (d < 0 || d > 9) break
      if (digits < 3) value = value * 10 + d
      digits++
      this.at++
    }
    if (digits === 0) return Number.NaN
    return digits === 1 ? value * 100 : digits === 2 ? value * 10 : value
  }

  private offset(): number {
    if (this.at === this.end || this.take(90) || this.take(122)) return 0
    const sign = this.take(43) ? 1 : this.take(45) ? -1 : 0
    if (sign === 0) return Number.NaN
    const hours = this.digits(2)
    let minutes = 0
    if (this.at < this.end) {
      this.take(58)
      minutes = this.digits(2)
    }
    return hours <= 23 && minutes <= 59 ? sign * (hours * 60 + minutes) * 60_000 : Number.NaN
  }

  private digits(count: number): number {
    if (this.at + count > this.end) return Number.NaN
    let value = 0
    for (let k = 0; k < count; k++) {
      const d = (this.bytes[this.at] as number) - 48
      if (d < 0 || d > 9) return Number.NaN
      value = value * 10 + d
      this.at++
    }
    return value
  }

  private take(byte: number): boolean {
    if (this.at >= this.end || this.bytes[this.at] !== byte) return false
    this.at++
    return true
  }
}

const isoReader = new IsoReader()

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}
