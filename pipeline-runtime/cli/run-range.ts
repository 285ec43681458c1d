import type { StartPosition, StopPosition } from '../spec/spec.ts'
import { UsageError } from './command.ts'

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `--from`: continue, earliest, latest, an ISO-8601 time, or `-15m` for the last quarter of an hour. */
export function readStart(text: string | undefined): StartPosition | undefined {
  if (text === undefined) return undefined
  if (text === 'continue' || text === 'earliest' || text === 'latest') return { type: text }
  const lastMs = text.startsWith('-') ? durationMs(text.slice(1)) : undefined
  if (lastMs !== undefined) return { type: 'last', lastMs }
  return { type: 'time', time: readTime('--from', text) }
}

/** `--to` and `--until-end`, which exclude each other. */
export function readStop(to: string | undefined, untilEnd: boolean): StopPosition | undefined {
  if (to !== undefined && untilEnd) throw new UsageError('--to and --until-end exclude each other: choose where to stop.')
  if (untilEnd) return { type: 'end' }
  return to === undefined ? undefined : { type: 'time', time: readTime('--to', to) }
}

/** `500ms`, `90s`, `15m`, `1h`, `7d` in milliseconds. */
export function readDuration(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const duration = durationMs(text)
  if (duration === undefined) throw new UsageError(`${option} ${text} is not a duration like 500ms, 90s, 15m, 1h or 7d.`)
  return duration
}

function durationMs(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? []
  return count === undefined ? undefined : Number(count) * (UNIT_MS[unit] ?? 0)
}

function readTime(option: string, text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new UsageError(
      `${option} ${text} is not a time like 2026-01-31T12:00:00Z${option === '--from' ? ', nor continue, earliest, latest or -15m' : ''}.`,
    )
  return new Date(time).toISOString()
}
