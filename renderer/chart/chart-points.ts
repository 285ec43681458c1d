import type { RowBuffer } from '../data/row-buffer.ts'
import { cellTimeMs } from '../format/cells.ts'
import { sumOfCells } from '../format/numbers.ts'
import { type ChartChoice, isWindowed } from './chart-choice.ts'

/** One row of the table as a point. */
export interface Point {
  readonly x: number
  /** All digits; drawing takes the nearest number. */
  readonly y: string
  readonly series: string
  readonly open: boolean
}

export interface Points {
  readonly points: readonly Point[]
  /** Rows without a time or a number: they cannot be drawn. */
  readonly left: number
  readonly yType: string
  /** Length of a time window where all have the same one. */
  readonly stepMs: number | undefined
}

const MOST_SERIES = 6
export const OTHER = 'other'
const ALL = ''

/** The rows of the table as points, in their order. A row that replaces another one takes its place; of a time window a series is one point. */
export function pointsOf(rows: RowBuffer, choice: ChartChoice): Points {
  const at = (name: string | undefined): number => (name === undefined ? -1 : rows.columns.findIndex((column) => column.name === name))
  const [x, y, per] = [at(choice.x), at(choice.y), at(choice.per)]
  // Of a time window the key is what stands in front of its results: the columns of the group, start and end.
  const keyEnd = isWindowed(rows) ? at('window_end') + 1 : 0
  const keyOf = (cells: readonly (string | null)[]): string =>
    JSON.stringify(keyEnd > 0 ? cells.slice(0, keyEnd) : [x < 0 ? '' : cells[x], per < 0 ? '' : cells[per]])
  const points: (Point | undefined)[] = []
  /** Where the row of a key stands, for the row that replaces it. */
  const byKey = new Map<string, number>()
  let left = 0
  const pointOf = (cells: readonly (string | null)[], timeMs: number, open: boolean): Point | undefined => {
    const time = x < 0 ? timeMs : cellTimeMs(cells[x] ?? null)
    const value = y < 0 ? '1' : cells[y]
    if (time !== undefined && value !== null && value !== undefined && Number.isFinite(Number(value)))
      return { x: time, y: value, series: per < 0 ? ALL : (cells[per] ?? 'NULL'), open }
    left++
    return undefined
  }
  for (const { cells, eventTimeMs, kind } of rows.rows) {
    if (kind === 'insert') {
      points.push(pointOf(cells, eventTimeMs, false))
      continue
    }
    const key = keyOf(cells)
    const before = byKey.get(key)
    if (before !== undefined) points[before] = undefined
    byKey.set(key, points.length)
    points.push(kind === 'delete' ? undefined : pointOf(cells, eventTimeMs, false))
  }
  if (choice.withOpen) for (const { cells, finishedAtMs } of rows.open) points.push(pointOf(cells, finishedAtMs, true))
  const drawn = points.filter((point) => point !== undefined)
  // Groups that are not told apart are summed, as the bars do.
  const together = isWindowed(rows) ? summedByTime(drawn) : drawn
  return { points: together, left, yType: rows.columns[y]?.type ?? 'BIGINT', stepMs: windowLength(rows) }
}

/** The six series with the largest totals by name; the rest is one more, called "other". */
function seriesNames(points: readonly Point[]): { readonly names: readonly string[]; readonly hasOther: boolean } {
  const totals = new Map<string, number>()
  for (const { series, y } of points) totals.set(series, (totals.get(series) ?? 0) + Number(y))
  const byTotal = [...totals].sort(([, a], [, b]) => b - a).map(([name]) => name)
  // By name, so that a line keeps its colour while the totals change places.
  return { names: byTotal.slice(0, MOST_SERIES).sort(), hasOther: byTotal.length > MOST_SERIES }
}

/** Points by series, those beyond the six under "other". */
export function bySeries(points: readonly Point[]): { readonly name: string; readonly isOther: boolean; readonly points: Point[] }[] {
  const { names, hasOther } = seriesNames(points)
  const series = names.map((name) => ({ name, isOther: false, points: [] as Point[] }))
  const other = { name: OTHER, isOther: true, points: [] as Point[] }
  const index = new Map(series.map((each) => [each.name, each]))
  for (const point of points) (index.get(point.series) ?? other).points.push(point)
  return hasOther ? [...series, other] : series
}

/** Of several points of a series at one time their sum; with `series` all of them are of that one. */
export function summedByTime(points: readonly Point[], series?: string): Point[] {
  const groups = new Map<string, Point[]>()
  for (const point of points) {
    const key = `${point.x} ${point.open} ${series ?? point.series}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [point])
    else group.push(point)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [{ ...first, series: series ?? first.series, y: sumOfCells(group.map(({ y }) => y)) }]
  })
}

function windowLength(rows: RowBuffer): number | undefined {
  if (!isWindowed(rows)) return undefined
  const start = rows.columns.findIndex(({ name }) => name === 'window_start')
  const end = rows.columns.findIndex(({ name }) => name === 'window_end')
  let length: number | undefined
  for (const { cells } of rows.rows) {
    const from = cellTimeMs(cells[start] ?? null)
    const to = cellTimeMs(cells[end] ?? null)
    if (from === undefined || to === undefined || (length !== undefined && to - from !== length)) return undefined
    length = to - from
  }
  return length
}
