import { inWords } from '../../pipeline-runtime/nodes/shared/words.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

interface WallClock {
  readonly date: string
  readonly time: string
}

/** `10:04:55` in the zone of the document. */
export function formatTime(ms: number, timeZone: string): string {
  return wallClock(ms, timeZone)?.time ?? '–'
}

/** `2026-01-31 10:04:55`, with milliseconds where there are some; beyond the years that a Date can hold, the number itself. */
export function formatDateTime(ms: number, timeZone: string): string {
  const clock = wallClock(ms, timeZone)
  if (clock === undefined) return String(ms)
  const rest = ((ms % 1000) + 1000) % 1000
  return `${clock.date} ${clock.time}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}`
}

/** `850 ms`, `3.2 s`, `1 min 20 s`, `1 h 5 min`, `2 days 3 h`: at most two units, since nobody reads a third. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  if (ms < 0) return `−${formatDuration(-ms)}`
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 9_950) return `${(Math.round(ms / 100) / 10).toFixed(1)} s`
  if (ms < 3_600_000) return inWords(Math.round(ms / 1000) * 1000)
  if (ms < 86_400_000) return inWords(Math.round(ms / 60_000) * 60_000)
  return inWords(Math.round(ms / 3_600_000) * 3_600_000)
}

function wallClock(ms: number, timeZone: string): WallClock | undefined {
  if (!(Math.abs(ms) <= 8.64e15)) return undefined
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  // As ISO-8601 counts: 1 BC is the year 0.
  const year = part('era').startsWith('B') ? 1 - Number(part('year')) : Number(part('year'))
  const shownYear = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`
  return { date: `${shownYear}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}:${part('second')}` }
}

/** Making one costs a millisecond, so each zone has one. A zone that this machine does not know is shown as UTC. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const options: Intl.DateTimeFormatOptions = {
    era: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }
  const format = isZone(timeZone)
    ? new Intl.DateTimeFormat('en-US', { ...options, timeZone })
    : new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' })
  formats.set(timeZone, format)
  return format
}

export function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone })
    return true
  } catch {
    return false
  }
}
