import { array, BIGINT, BOOLEAN, type DataType, DOUBLE, decimal, MAX_DECIMAL_PRECISION, row, STRING, TIMESTAMP } from '../data/types.ts'
import type { InferredColumn, SourceColumn } from './format.ts'
import { parseInteger, parseIso, parseNumber } from './text-values.ts'

type Unit = NonNullable<SourceColumn['unit']>

/** Epoch numbers count as times between these years, in seconds. */
const FROM = Date.UTC(1990, 0) / 1000
const TO = Date.UTC(2100, 0) / 1000
const UNITS: readonly (readonly [unit: Unit, perSecond: number, title: string])[] = [
  ['s', 1, 'seconds'],
  ['ms', 1e3, 'milliseconds'],
  ['us', 1e6, 'microseconds'],
  ['ns', 1e9, 'nanoseconds'],
]
/** Names under which data says when something happened. */
export const TIME_NAME =
  /(^|[_\-. ])(at|on|ts|time|timestamp|date|datetime|when|epoch|created|updated)($|[_\-. ])|(At|Time|Timestamp|Date|Ts)$|(time|timestamp)$/

/** Collects what values of one column look like, and says which type holds them all. */
export class TypeGuess {
  private booleans = 0
  private integers = 0
  private largeIntegers = 0
  private doubles = 0
  private times = 0
  private texts = 0
  private objects = 0
  private arrays = 0
  private smallest = Number.POSITIVE_INFINITY
  private largest = Number.NEGATIVE_INFINITY
  private digits = 0
  private readonly fields = new Map<string, TypeGuess>()
  private element: TypeGuess | undefined

  boolean(): void {
    this.booleans++
  }
  /** Number text as JSON writes it. */
  number(bytes: Uint8Array, start: number, end: number, integer: boolean): void {
    if (!integer) {
      this.doubles++
      return
    }
    const value = parseInteger(bytes, start, end)
    if (value === undefined) {
      this.largeIntegers++
      this.digits = Math.max(this.digits, end - start - (bytes[start] === 45 ? 1 : 0))
      return
    }
    this.integers++
    this.smallest = Math.min(this.smallest, Number(value))
    this.largest = Math.max(this.largest, Number(value))
  }
  text(bytes: Uint8Array, start: number, end: number): void {
    if (end - start >= 10 && !Number.isNaN(parseIso(bytes, start, end))) this.times++
    else this.texts++
  }
  /** Text that may stand for something else, as in CSV. */
  untyped(bytes: Uint8Array, start: number, end: number): void {
    const first = bytes[start] as number
    const second = bytes[start + 1] as number
    const word = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 6))).toLowerCase()
    if (word === 'true' || word === 'false') this.booleans++
    // 007 and +1 are rather codes than numbers.
    else if ((first === 48 && end - start > 1 && second !== 46) || first === 43) this.text(bytes, start, end)
    else if (isDigits(bytes, first === 45 ? start + 1 : start, end)) this.number(bytes, start, end, true)
    else if (!Number.isNaN(parseNumber(bytes, start, end))) this.doubles++
    else this.text(bytes, start, end)
  }
  object(): void {
    this.objects++
  }
  field(name: string): TypeGuess {
    let guess = this.fields.get(name)
    if (guess === undefined) {
      guess = new TypeGuess()
      this.fields.set(name, guess)
    }
    return guess
  }
  array(): TypeGuess {
    this.arrays++
    this.element ??= new TypeGuess()
    return this.element
  }

  column(name: string): InferredColumn {
    const seen = this.seen()
    const unit = seen.length === 1 && seen[0] === 'whole numbers' ? this.epochUnit(name) : undefined
    if (unit !== undefined) return { name, type: TIMESTAMP, unit: unit[0], note: `whole numbers that look like ${unit[2]} since 1970` }
    if (seen.length === 1 && seen[0] === 'times') return { name, type: TIMESTAMP, unit: 'iso' }
    const type = this.type()
    if (seen.length === 0) return { name, type, note: 'only NULL in the samples' }
    if (seen.length > 1 && type === STRING) return { name, type, note: `the samples disagree: ${seen.join(', ')}` }
    return { name, type }
  }

  columns(): readonly InferredColumn[] {
    return [...this.fields].map(([name, guess]) => guess.column(name))
  }

  private type(): DataType {
    const seen = this.seen()
    if (seen.length !== 1) return seen.length === 2 && seen.includes('numbers') && seen.includes('whole numbers') ? DOUBLE : STRING
    switch (seen[0]) {
      case 'true and false':
        return BOOLEAN
      case 'whole numbers':
        if (this.largeIntegers === 0) return BIGINT
        return this.digits <= MAX_DECIMAL_PRECISION ? decimal(MAX_DECIMAL_PRECISION, 0) : STRING
      case 'numbers':
        return DOUBLE
      case 'objects':
        return row([...this.fields].map(([name, guess]) => ({ name, type: guess.type() })))
      case 'lists':
        return array(this.element?.type() ?? STRING)
      default:
        return STRING
    }
  }

  private seen(): string[] {
    const counts: readonly (readonly [string, number])[] = [
      ['true and false', this.booleans],
      ['whole numbers', this.integers + this.largeIntegers],
      ['numbers', this.doubles],
      ['times', this.times],
      ['texts', this.texts],
      ['objects', this.objects],
      ['lists', this.arrays],
    ]
    return counts.filter(([, count]) => count > 0).map(([name]) => name)
  }

  /** Seconds only under a name that speaks of time, since ten digits may be anything. */
  private epochUnit(name: string): (typeof UNITS)[number] | undefined {
    if (this.largeIntegers > 0) return undefined
    return UNITS.find(
      ([unit, perSecond]) => this.smallest >= FROM * perSecond && this.largest <= TO * perSecond && (unit !== 's' || TIME_NAME.test(name)),
    )
  }
}

function isDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = bytes[i] as number
    if (c < 48 || c > 57) return false
  }
  return end > start
}
