import { bySeries, OTHER, type Point, type Points, summedByTime } from './chart-points.ts'

export interface LineSeries {
  readonly name: string
  readonly isOther: boolean
  /** By x; null is a gap, undefined a time at which only others have a point. */
  readonly values: readonly (number | null | undefined)[]
  /** The same with all digits. */
  readonly texts: readonly (string | undefined)[]
  /** Time windows still open, joined to the last finished one. */
  readonly open: readonly (number | null | undefined)[]
}

export interface LineData {
  /** Milliseconds, rising. */
  readonly x: readonly number[]
  readonly series: readonly LineSeries[]
}

/** More empty time windows than this are not filled in: a pause of a week is a pause, whatever its length. */
const MOST_FILLED = 2000

/**
 * Lines of points. A time window without a row is a gap in the line, since a line over it would hide it; rows at times of their own are
 * joined.
 */
export function lineData({ points, stepMs }: Points): LineData {
  const series = bySeries(points).map(({ name, isOther, points: own }) => ({
    name,
    isOther,
    points: isOther ? summedByTime(own, OTHER) : own,
  }))
  const { x, placed } = placeAll(
    series.map(({ points: own }) => own),
    stepMs,
  )
  const missing = stepMs === undefined ? undefined : null
  const lines = series.map(({ name, isOther }) => ({
    name,
    isOther,
    values: new Array<number | null | undefined>(x.length).fill(missing),
    texts: new Array<string | undefined>(x.length).fill(undefined),
    open: new Array<number | null | undefined>(x.length).fill(undefined),
  }))
  for (const { line, point, slot } of placed) {
    const found = lines[line]
    if (found === undefined) continue
    found.texts[slot] = point.y
    if (point.open) found.open[slot] = Number(point.y)
    else found.values[slot] = Number(point.y)
  }
  for (const { open, values } of lines) join(open, values)
  return { x, series: lines }
}

interface Placed {
  readonly line: number
  readonly point: Point
  slot: number
}

/**
 * Every time at which there is a point, as often as one line has points there, and for each point which of these it stands at. Of time
 * windows every one between the first and the last, each once.
 */
function placeAll(lines: readonly (readonly Point[])[], stepMs: number | undefined): { x: number[]; placed: readonly Placed[] } {
  const placed: Placed[] = lines.flatMap((points, line) => points.map((point) => ({ line, point, slot: 0 })))
  placed.sort((a, b) => a.point.x - b.point.x)
  const x: number[] = []
  const fills = stepMs !== undefined && stepMs > 0 && isShort(placed, stepMs)
  /** Slots of the time at hand begin here; of each line as many are taken as it has points at that time. */
  let start = 0
  let taken = new Map<number, number>()
  for (const each of placed) {
    const { x: time } = each.point
    if (x[start] !== time) {
      for (let last = x.at(-1); fills && last !== undefined && last + stepMs < time; last += stepMs) x.push(last + stepMs)
      start = x.length
      taken = new Map()
      x.push(time)
    }
    const before = stepMs === undefined ? (taken.get(each.line) ?? 0) : 0
    taken.set(each.line, before + 1)
    each.slot = start + before
    if (each.slot === x.length) x.push(time)
  }
  return { x, placed }
}

function isShort(placed: readonly Placed[], stepMs: number): boolean {
  const [first, last] = [placed[0]?.point.x, placed.at(-1)?.point.x]
  return first !== undefined && last !== undefined && (last - first) / stepMs <= MOST_FILLED
}

/** The last finished point begins the line to the open ones. */
function join(open: (number | null | undefined)[], values: readonly (number | null | undefined)[]): void {
  const first = open.findIndex((value) => typeof value === 'number')
  if (first < 0) return
  const from = values.findLastIndex((value, i) => i < first && typeof value === 'number')
  if (from >= 0) open[from] = values[from]
}
