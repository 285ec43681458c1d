import { civilFromDays, DAY } from '../data/calendar.ts'
import { checkedDays, dayOfYear, isoDayOfWeek, mod, type ParsedTime, parseOffset, two } from './calendar.ts'
import { ExpressionError } from './issues.ts'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

type Token = { readonly letter: string; readonly count: number } | { readonly literal: string }

const KNOWN = 'yuMdDEeaHhkKmsSQ'

/** The tokens of a Java date pattern: letters repeat for width, other text in single quotes. Throws ExpressionError for letters without a meaning here. */
function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g)) {
    const [whole, quoted, letter] = match
    if (whole === "'") throw new ExpressionError('BAD_FORMAT', `The quote in the pattern '${pattern}' is not closed.`)
    if (quoted !== undefined) tokens.push({ literal: quoted === '' ? "'" : quoted.replaceAll("''", "'") })
    else if (letter === undefined && /[[\]{}#]/.test(whole)) {
      throw new ExpressionError('BAD_FORMAT', `In the pattern '${pattern}' the signs [ ] { } # are reserved; put them in single quotes.`)
    } else if (letter === undefined) tokens.push({ literal: whole })
    else if (KNOWN.includes(letter)) tokens.push({ letter, count: whole.length })
    else {
      throw new ExpressionError(
        'BAD_FORMAT',
        `The letter ${letter} has no meaning in the pattern '${pattern}'. There are yyyy, MM, dd, HH, hh, mm, ss, SSS, a, EEE; other text goes in single quotes.`,
      )
    }
  }
  return tokens
}

const formats = new Map<string, (local: number) => string>()

/** Prints a clock time (milliseconds since 1970-01-01T00:00 on the clock) by a Java date pattern. */
export function timeFormat(pattern: string): (local: number) => string {
  const known = formats.get(pattern)
  if (known !== undefined) return known
  const parts = tokensOf(pattern).map((token) => ('literal' in token ? () => token.literal : printer(token.letter, token.count)))
  const format = (local: number) => {
    let text = ''
    for (const part of parts) text += part(local)
    return text
  }
  if (formats.size >= 200) formats.clear()
  formats.set(pattern, format)
  return format
}

function printer(letter: string, count: number): (local: number) => string {
  const padded = (n: number) => String(n).padStart(count, '0')
  const days = (local: number) => Math.floor(local / DAY)
  const hour = (local: number) => Math.floor(mod(local, DAY) / 3_600_000)
  switch (letter) {
    case 'y':
    case 'u':
      if (count === 2) return (local) => two(mod(civilFromDays(days(local)).year, 100))
      return (local) => {
        const { year } = civilFromDays(days(local))
        return year < 0 ? `-${padded(-year)}` : padded(year)
      }
    case 'M':
      if (count >= 3) return (local) => name(MONTHS, civilFromDays(days(local)).month - 1, count)
      return (local) => padded(civilFromDays(days(local)).month)
    case 'Q': {
      const quarter = (local: number) => Math.floor((civilFromDays(days(local)).month - 1) / 3) + 1
      return count >= 3 ? (local) => `Q${quarter(local)}` : (local) => padded(quarter(local))
    }
    case 'd':
      return (local) => padded(civilFromDays(days(local)).day)
    case 'D':
      return (local) => padded(dayOfYear(days(local)))
    case 'E':
      return (local) => name(DAYS, isoDayOfWeek(days(local)) - 1, count)
    case 'e':
      // Weeks begin on Sunday, as for DAYOFWEEK.
      return (local) => padded((isoDayOfWeek(days(local)) % 7) + 1)
    case 'a':
      return (local) => (hour(local) < 12 ? 'AM' : 'PM')
    case 'H':
      return (local) => padded(hour(local))
    case 'k':
      return (local) => padded(hour(local) || 24)
    case 'K':
      return (local) => padded(hour(local) % 12)
    case 'h':
      return (local) => padded(hour(local) % 12 || 12)
    case 'm':
      return (local) => padded(Math.floor(mod(local, 3_600_000) / 60_000))
    case 's':
      return (local) => padded(Math.floor(mod(local, 60_000) / 1000))
    default:
      return (local) => String(mod(local, 1000)).padStart(3, '0').padEnd(count, '0').slice(0, count)
  }
}

function name(names: readonly string[], index: number, count: number): string {
  const full = names[index] ?? ''
  return count === 4 ? full : full.slice(0, count === 5 ? 1 : 3)
}

interface Fields {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millis: number
  afternoon: boolean | undefined
}

const parsers = new Map<string, (text: string) => ParsedTime | undefined>()

/** Reads a text by a Java date pattern; undefined for text of another form and for days that do not exist. */
export function timeParser(pattern: string): (text: string) => ParsedTime | undefined {
  const known = parsers.get(pattern)
  if (known !== undefined) return known
  const tokens = tokensOf(pattern)
  const letters = tokens.flatMap((token) => ('literal' in token ? [] : [token.letter]))
  const unreadable = letters.find((letter) => 'DeQ'.includes(letter))
  if (unreadable !== undefined)
    throw new ExpressionError('BAD_FORMAT', `The letter ${unreadable} can be printed, but not read: '${pattern}'.`)
  if (tokens.some((token) => 'letter' in token && 'ME'.includes(token.letter) && token.count > 4))
    throw new ExpressionError('BAD_FORMAT', `One letter for a month or a day can be printed, but not read: '${pattern}'.`)
  const adjacent = (i: number) => {
    const next = tokens[i + 1]
    return next !== undefined && 'letter' in next && next.letter !== 'a' && next.letter !== 'E'
  }
  const source = tokens
    .map((token, i) => ('literal' in token ? literally(token.literal) : reader(token.letter, token.count, adjacent(i))))
    .join('')
  const expression = new RegExp(`^${source}$`, 'iu')
  const parse = (text: string): ParsedTime | undefined => {
    const match = expression.exec(text)
    if (match === null) return undefined
    const fields: Fields = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, millis: 0, afternoon: undefined }
    for (const [i, letter] of letters.entries()) set(fields, letter, match[i + 1] ?? '')
    const days = checkedDays(fields.year, fields.month, fields.day)
    if (days === undefined || fields.hour > 23 || fields.minute > 59 || fields.second > 59) return undefined
    const hour = fields.afternoon === undefined ? fields.hour : (fields.hour % 12) + (fields.afternoon ? 12 : 0)
    return { local: days * DAY + ((hour * 60 + fields.minute) * 60 + fields.second) * 1000 + fields.millis, offset: parseOffset(undefined) }
  }
  if (parsers.size >= 200) parsers.clear()
  parsers.set(pattern, parse)
  return parse
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** A number takes exactly its width where another number follows at once, else at least its width. */
function reader(letter: string, count: number, adjacent: boolean): string {
  if (letter === 'a') return '(AM|PM)'
  if (letter === 'E') return `(${DAYS.map((day) => (count >= 4 ? day : day.slice(0, 3))).join('|')})`
  if (letter === 'M' && count >= 3) return `(${MONTHS.map((month) => (count >= 4 ? month : month.slice(0, 3))).join('|')})`
  if (letter === 'S' || adjacent || (letter === 'y' && count === 2)) return `(\\d{${count}})`
  if (letter === 'y' || letter === 'u') return `(\\d{${count},${Math.max(6, count)}})`
  return `(\\d{${count},${Math.max(2, count)}})`
}

function set(fields: Fields, letter: string, text: string): void {
  const n = Number(text)
  switch (letter) {
    case 'y':
    case 'u':
      fields.year = text.length === 2 ? 2000 + n : n
      break
    case 'M':
      fields.month = /^\d/.test(text)
        ? n
        : MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) + 1
      break
    case 'd':
      fields.day = n
      break
    case 'H':
    case 'K':
      fields.hour = n
      break
    case 'k':
      fields.hour = n === 24 ? 0 : n
      break
    case 'h':
      fields.hour = n
      break
    case 'm':
      fields.minute = n
      break
    case 's':
      fields.second = n
      break
    case 'S':
      fields.millis = Number(text.padEnd(3, '0').slice(0, 3))
      break
    case 'a':
      fields.afternoon = text.toUpperCase() === 'PM'
      break
    default:
      break
  }
}
