import type { StartPosition, StopPosition } from '../../pipeline-runtime/spec/spec.ts'
import { formatDateTime, formatDuration } from '../format/times.ts'

/** What is read, in the words of the screen: a start and a stop together. */
export interface RunRange {
  readonly start: StartPosition
  readonly stop: StopPosition
}

export const rangeChoices = ['live', 'new', 'last', 'between', 'all'] as const
export type RangeChoice = (typeof rangeChoices)[number]

export const lastLengths: readonly number[] = [15 * 60_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000, 7 * 24 * 3_600_000]

/** Which of the offered choices a range is; undefined for what only a file can say (everything, then live). */
export function choiceOf({ start, stop }: RunRange): RangeChoice | undefined {
  if (start.type === 'continue' && stop.type === 'never') return 'live'
  if (start.type === 'latest' && stop.type === 'never') return 'new'
  if (start.type === 'last' && stop.type === 'never') return 'last'
  if (start.type === 'time' && stop.type === 'time') return 'between'
  if (start.type === 'earliest' && stop.type === 'end') return 'all'
  return undefined
}

export const isBounded = ({ stop }: RunRange): boolean => stop.type !== 'never'

/** What the button shows: `Live`, `Last 1 h`, `All, then stop`. */
export function rangeInWords(range: RunRange, timeZone: string): string {
  const { start, stop } = range
  switch (choiceOf(range)) {
    case 'live':
      return 'Live'
    case 'new':
      return 'Only what is new'
    case 'all':
      return 'All, then stop'
    default: {
      const from = startInWords(start, timeZone)
      if (stop.type === 'never') return from
      if (stop.type === 'end') return `${from}, then stop`
      const to = shortTime(stop.time, timeZone)
      const sameDay = start.type === 'time' && shortTime(start.time, timeZone).slice(0, 10) === to.slice(0, 10)
      return `${from} to ${sameDay ? to.slice(11) : to}`
    }
  }
}

function startInWords(start: StartPosition, timeZone: string): string {
  switch (start.type) {
    case 'continue':
      return 'From where it stopped'
    case 'earliest':
      return 'All'
    case 'latest':
      return 'Only what is new'
    case 'last':
      return `Last ${formatDuration(start.lastMs)}`
    case 'time':
      return `From ${shortTime(start.time, timeZone)}`
  }
}

/** Without seconds where they say nothing. */
function shortTime(time: string, timeZone: string): string {
  return formatDateTime(Date.parse(time), timeZone).replace(/:00$/, '')
}

/** The range of a choice; what it does not say is taken from the range before. */
export function rangeOf(choice: RangeChoice, before: RunRange, nowMs: number): RunRange {
  switch (choice) {
    case 'live':
      return { start: { type: 'continue' }, stop: { type: 'never' } }
    case 'new':
      return { start: { type: 'latest' }, stop: { type: 'never' } }
    case 'last':
      return { start: { type: 'last', lastMs: before.start.type === 'last' ? before.start.lastMs : 3_600_000 }, stop: { type: 'never' } }
    case 'between': {
      const hour = Math.floor(nowMs / 3_600_000) * 3_600_000
      return {
        start: before.start.type === 'time' ? before.start : { type: 'time', time: new Date(hour - 3_600_000).toISOString() },
        stop: before.stop.type === 'time' ? before.stop : { type: 'time', time: new Date(hour).toISOString() },
      }
    }
    case 'all':
      return { start: { type: 'earliest' }, stop: { type: 'end' } }
  }
}

export function sameRange(a: RunRange, b: RunRange): boolean {
  return JSON.stringify([a.start, a.stop]) === JSON.stringify([b.start, b.stop])
}

/** What a field of the page (`datetime-local`) shows for an instant, in the zone of the document. */
export function wallTimeOf(instant: string, timeZone: string): string {
  const ms = Date.parse(instant)
  return Number.isNaN(ms) ? '' : formatDateTime(ms, timeZone).slice(0, 19).replace(' ', 'T')
}

/** The instant of a time on the wall in a zone; undefined for what is no time. Where the clock goes back it is the earlier of the two. */
export function instantOf(wallTime: string, timeZone: string): string | undefined {
  const asUtc = Date.parse(`${wallTime.length === 16 ? `${wallTime}:00` : wallTime.slice(0, 19)}Z`)
  if (Number.isNaN(asUtc)) return undefined
  const offsetAt = (ms: number): number => Date.parse(`${wallTimeOf(new Date(ms).toISOString(), timeZone)}Z`) - ms
  // A day to either side lies before and after a change of the clock.
  const candidates = [offsetAt(asUtc - 86_400_000), offsetAt(asUtc + 86_400_000)].map((offset) => asUtc - offset)
  const exact = candidates.filter((ms) => ms + offsetAt(ms) === asUtc)
  const found = exact.length > 0 ? Math.min(...exact) : candidates[0]
  return found === undefined ? undefined : new Date(found).toISOString()
}
