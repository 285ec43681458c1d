import type UPlot from 'uplot'
import uPlot from 'uplot'
import { groupDigits } from '../format/numbers.ts'
import { formatDateTime, isZone } from '../format/times.ts'
import { dashes, readColours } from './chart-colours.ts'
import type { LineData } from './line-data.ts'

interface LineOptions {
  readonly data: LineData
  readonly timeZone: string
  readonly width: number
  readonly height: number
  readonly onHover: (index: number | undefined) => void
}

const FONT = '11px "Inter Variable", system-ui, sans-serif'

/** How lines are drawn: colours and dashes of the look, times of the document's zone. */
export function lineOptions({ data, timeZone, width, height, onHover }: LineOptions): UPlot.Options {
  const colours = readColours()
  const zone = isZone(timeZone) ? timeZone : 'UTC'
  const dots = isCrowded(data)
  const looks = data.series.map(({ isOther }, i) => (isOther ? 6 : i))
  const axis = { stroke: colours.text, font: FONT, grid: { stroke: colours.line, width: 1 }, ticks: { show: false } }
  return {
    width,
    height,
    ms: 1,
    tzDate: (ms) => uPlot.tzDate(new Date(ms), zone),
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    padding: [10, 22, 0, 0],
    axes: [
      {
        ...axis,
        size: 28,
        gap: 6,
        space: 70,
        values: (_plot, times, _axis, _space, step) => times.map((ms) => timeLabel(ms, step, timeZone)),
      },
      { ...axis, size: leftSize, gap: 6, space: 28, values: (_plot, values) => values.map((value) => groupDigits(String(value))) },
    ],
    scales: { x: { time: true }, y: { range: heightOf } },
    series: [
      {},
      ...looks.map((look) => (dots ? dotsOf(colours.series[look] ?? '') : finishedLine(colours.series[look] ?? '', dashes[look] ?? []))),
      ...looks.map((look) => openLine(colours.series[look] ?? '', colours.surface)),
    ],
    hooks: {
      setCursor: [({ cursor: { idx, left = -1 } }) => onHover(idx === null || idx === undefined || left < 0 ? undefined : idx)],
    },
  }
}

/** So many rows at times of their own make no line that anybody could follow: each is a dot. */
export function isCrowded({ x }: LineData): boolean {
  return x.length > 600
}

function finishedLine(stroke: string, dash: readonly number[]): UPlot.Series {
  return { stroke, width: 1.5, dash: [...dash], points: { size: 5, stroke, fill: stroke } }
}

function dotsOf(stroke: string): UPlot.Series {
  return { stroke, paths: () => null, points: { show: true, size: 3, width: 0, stroke, fill: stroke } }
}

/** Hollow: the value may still change. */
function openLine(stroke: string, surface: string): UPlot.Series {
  return { stroke, width: 1.5, dash: [3, 3], points: { show: true, size: 6, stroke, fill: surface, width: 1.5 } }
}

function timeLabel(ms: number, step: number, timeZone: string): string {
  const [date = '', time = ''] = formatDateTime(ms, timeZone).split(' ')
  if (step >= 86_400_000) return date
  return step >= 60_000 ? time.slice(0, 5) : time.slice(0, 8)
}

/** As wide as the longest label. */
const leftSize: UPlot.Axis.Size = (_plot, values) => 18 + 6.4 * Math.max(2, ...(values ?? []).map((value) => value.length))

/** From zero where that leaves the lines readable: a drop to nothing has to look like one. */
const heightOf: UPlot.Range.Function = (_plot, least, most) => {
  if (!Number.isFinite(least) || !Number.isFinite(most)) return [0, 1]
  const flat = least === most
  const bottom = least >= 0 && (flat || least < 0.75 * most) ? 0 : least
  const top = most <= 0 && (flat || most > 0.75 * least) ? 0 : most
  const room = (top - bottom || Math.abs(top) || 1) * 0.06
  return [bottom === 0 ? 0 : bottom - room, top === 0 ? 0 : top + room]
}
