import { civilFromDays, DAY, daysFromCivil, daysInMonth, MAX_TIME } from '../data/calendar.ts'

export const MAX_DAYS = 100_000_000

function isCivilDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** The day so many months later, clipped to the last day of its month as SQL has it. */
export function addMonths(days: number, months: number): number {
  const { year, month, day } = civilFromDays(days)
  const count = year * 12 + (month - 1) + months
  const newYear = Math.floor(count / 12)
  const newMonth = count - newYear * 12 + 1
  return daysFromCivil(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
}

/** Sunday 1 to Saturday 7. */
export function dayOfWeek(days: number): number {
  return mod(days + 4, 7) + 1
}

/** ISO 8601: Monday 1 to Sunday 7. */
export function isoDayOfWeek(days: number): number {
  return mod(days + 3, 7) + 1
}

/** ISO 8601 week of the year, 1 to 53. */
export function isoWeek(days: number): number {
  const thursday = days - isoDayOfWeek(days) + 4
  return Math.floor((thursday - daysFromCivil(civilFromDays(thursday).year, 1, 1)) / 7) + 1
}

export function dayOfYear(days: number): number {
  return days - daysFromCivil(civilFromDays(days).year, 1, 1) + 1
}

export function mod(a: number, n: number): number {
  return a - Math.floor(a / n) * n
}

/** A day as `2024-02-29`. */
export function printDate(days: number): string {
  const { year, month, day } = civilFromDays(days)
  return `${printYear(year)}-${two(month)}-${two(day)}`
}

function printYear(year: number): string {
  return year >= 0 ? String(year).padStart(4, '0') : `-${String(-year).padStart(4, '0')}`
}

export function two(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}

/** Reads `2024-02-29`; undefined for other text and for days that do not exist. */
export function parseDate(text: string): number | undefined {
  const match = /^\s*(-?\d{1,6})-(\d{1,2})-(\d{1,2})\s*$/.exec(text)
  if (match === null) return undefined
  return checkedDays(Number(match[1]), Number(match[2]), Number(match[3]))
}

export function checkedDays(year: number, month: number, day: number): number | undefined {
  if (!isCivilDate(year, month, day)) return undefined
  const days = daysFromCivil(year, month, day)
  return Math.abs(days) <= MAX_DAYS ? days : undefined
}

export interface ParsedTime {
  /** Milliseconds on the clock since 1970-01-01T00:00, before any zone. */
  readonly local: number
  /** Milliseconds east of UTC where the text names an offset or `Z`. */
  readonly offset: number | undefined
}

/** Reads `2024-02-29 10:04[:05[.123]]` with a blank or `T`, an offset or `Z` if there is one; digits beyond the millisecond are cut. */
export function parseTime(text: string): ParsedTime | undefined {
  const match =
    /^\s*(-?\d{1,6})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?\s*$/i.exec(
      text,
    )
  if (match === null) return undefined
  const days = checkedDays(Number(match[1]), Number(match[2]), Number(match[3]))
  const hour = Number(match[4] ?? 0)
  const minute = Number(match[5] ?? 0)
  const second = Number(match[6] ?? 0)
  if (days === undefined || hour > 23 || minute > 59 || second > 59) return undefined
  const millis = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const local = days * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + millis
  return Math.abs(local) <= MAX_TIME - DAY ? { local, offset: parseOffset(match[8]) } : undefined
}

export function parseOffset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (text.toUpperCase() === 'Z') return 0
  const digits = text.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0)
  return (text.startsWith('-') ? -minutes : minutes) * 60_000
}
