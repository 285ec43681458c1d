import { bySeries, type Point, type Points, summedByTime } from './chart-points.ts'

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
  const series = bySeries(points).map(({ name, isOther, points: own }) => ({ name, isOther, points: isOther ? summedByTime(own) : own }))
  const x = timesOf(
    series.map(({ points: own }) => own),
    stepMs,
  )
  const missing = stepMs === undefined ? undefined : null
  return {
    x,
    series: series.map(({ name, isOther, points: own }) => {
      const values: (number | null | undefined)[] = x.map(() => missing)
      const open: (number | null | undefined)[] = x.map(() => undefined)
      const texts: (string | undefined)[] = x.map(() => undefined)
      place(own, x, (point, i) => {
        texts[i] = point.y
        if (point.open) open[i] = Number(point.y)
        else values[i] = Number(point.y)
      })
      return { name, isOther, values, texts, open: joined(open, values) }
    }),
  }
}

/** Every time at which there is a point, as often as one series has points there; of time windows also those without a row. */
function timesOf(series: readonly (readonly Point[])[], stepMs: number | undefined): number[] {
  const most = new Map<number, number>()
  for (const points of series) {
    const counts = new Map<number, number>()
    for (const { x } of points) counts.set(x, (counts.get(x) ?? 0) + 1)
    for (const [x, count] of counts) most.set(x, Math.max(most.get(x) ?? 0, stepMs === undefined ? count : 1))
  }
  const times = [...most.keys()].sort((a, b) => a - b)
  const first = times[0]
  const last = times.at(-1)
  if (stepMs !== undefined && stepMs > 0 && first !== undefined && last !== undefined && (last - first) / stepMs <= MOST_FILLED) {
    for (let x = first; x < last; x += stepMs) most.set(x, 1)
    return [...most.keys()].sort((a, b) => a - b)
  }
  return times.flatMap((x) => Array.from({ length: most.get(x) ?? 1 }, () => x))
}

/** Gives each point its place in `x`; several of one time stand behind each other. */
function place(points: readonly Point[], x: readonly number[], put: (point: Point, index: number) => void): void {
  const first = new Map<number, number>()
  x.forEach((time, i) => {
    if (!first.has(time)) first.set(time, i)
  })
  const used = new Map<number, number>()
  for (const point of points) {
    const start = first.get(point.x)
    if (start === undefined) continue
    const at = start + (used.get(point.x) ?? 0)
    put(point, x[at] === point.x ? at : at - 1)
    if (x[at + 1] === point.x) used.set(point.x, (used.get(point.x) ?? 0) + 1)
  }
}

/** The last finished point begins the line to the open ones. */
function joined(
  open: readonly (number | null | undefined)[],
  values: readonly (number | null | undefined)[],
): (number | null | undefined)[] {
  const first = open.findIndex((value) => typeof value === 'number')
  if (first < 0) return [...open]
  const from = values.findLastIndex((value, i) => i < first && typeof value === 'number')
  return open.map((value, i) => (i === from ? values[i] : value))
}
