import { DAY, MAX_TIME } from '../data/calendar.ts'

/** Clock times of one time zone. Offsets come from the host's `Intl` and are kept per quarter of an hour. */
export interface Zone {
  /** Milliseconds east of UTC at an instant. */
  offsetAt(time: number): number
  /** Milliseconds on the clock since 1970-01-01T00:00 at an instant. */
  toLocal(time: number): number
  /** The instant of a clock time: the earlier one where the clock shows it twice, later by the gap where it skips it (as Java does). */
  fromLocal(local: number): number
}

const zones = new Map<string, Zone>()

/** The zone of a name such as `Europe/Berlin` or `UTC`. Throws RangeError for an unknown one. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name)
  if (zone === undefined) {
    zone = name === 'UTC' || name === 'Etc/UTC' ? UTC : new IntlZone(name)
    zones.set(name, zone)
  }
  return zone
}

/** Asking `Intl` takes a millisecond, and compiling asks at every key press: what is known is kept. */
export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name)
    return true
  } catch {
    return false
  }
}

const UTC: Zone = { offsetAt: () => 0, toLocal: (time) => time, fromLocal: (local) => local }

const QUARTER = 900_000
/** About two years of quarter hours; dropped as a whole when full. */
const MAX_CACHED = 70_000

class IntlZone implements Zone {
  private readonly format: Intl.DateTimeFormat
  private readonly offsets = new Map<number, number>()
  private lastQuarter = Number.NaN
  private lastOffset = 0

  constructor(name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  offsetAt(time: number): number {
    const quarter = Math.floor(time / QUARTER)
    if (quarter === this.lastQuarter) return this.lastOffset
    let offset = this.offsets.get(quarter)
    if (offset === undefined) {
      offset = this.ask(quarter * QUARTER)
      // A zone that changed within this quarter (some once changed at one past the hour) is asked for the instant itself.
      if (offset !== this.ask((quarter + 1) * QUARTER - 1000)) return this.ask(time)
      if (this.offsets.size >= MAX_CACHED) this.offsets.clear()
      this.offsets.set(quarter, offset)
    }
    this.lastQuarter = quarter
    this.lastOffset = offset
    return offset
  }

  toLocal(time: number): number {
    return time + this.offsetAt(time)
  }

  fromLocal(local: number): number {
    const before = this.offsetAt(local - DAY)
    const early = local - before
    if (this.offsetAt(early) === before) return early
    const after = this.offsetAt(local + DAY)
    const late = local - after
    return this.offsetAt(late) === after ? late : early
  }

  private ask(time: number): number {
    const clamped = Math.max(-MAX_TIME + DAY, Math.min(MAX_TIME - DAY, Math.floor(time / 1000) * 1000))
    let year = 0
    let month = 1
    let day = 1
    let hour = 0
    let minute = 0
    let second = 0
    let beforeChrist = false
    for (const { type, value } of this.format.formatToParts(clamped)) {
      if (type === 'year') year = Number(value)
      else if (type === 'month') month = Number(value)
      else if (type === 'day') day = Number(value)
      else if (type === 'hour') hour = Number(value)
      else if (type === 'minute') minute = Number(value)
      else if (type === 'second') second = Number(value)
      else if (type === 'era') beforeChrist = value.startsWith('B')
    }
    const local = new Date(0)
    local.setUTCFullYear(beforeChrist ? 1 - year : year, month - 1, day)
    local.setUTCHours(hour, minute, second)
    const offset = local.getTime() - clamped
    // `gregory` turns to the Julian calendar before 1582-10-15, days apart from ours: take the zone's oldest offset there.
    return Math.abs(offset) > DAY ? this.ask(OLDEST) : offset
  }
}

const OLDEST = Date.UTC(1583, 0, 1)
