import type UPlot from 'uplot'
import uPlot from 'uplot'
import { groupDigits } from '../format/numbers.ts'
import { isZone } from '../format/times.ts'
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
  const looks = data.series.map(({ isOther }, i) => (isOther ? 6 : i))
  const axis = { stroke: colours.text, font: FONT, grid: { stroke: colours.line, width: 1 }, ticks: { show: false } }
  return {
    width,
    height,
    ms: 1,
    tzDate: (ms) => uPlot.tzDate(new Date(ms), zone),
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    padding: [10, 12, 0, 0],
    axes: [
      { ...axis, size: 28, gap: 6 },
      { ...axis, size: leftSize, gap: 6, space: 28, values: (_plot, values) => values.map((value) => groupDigits(String(value))) },
    ],
    scales: { x: { time: true }, y: { range: heightOf } },
    series: [
      {},
      ...looks.map((look) => seriesLook(colours.series[look] ?? '', dashes[look] ?? [], colours.surface, false)),
      ...looks.map((look) => seriesLook(colours.series[look] ?? '', [3, 3], colours.surface, true)),
    ],
    hooks: {
      setCursor: [({ cursor: { idx, left = -1 } }) => onHover(idx === null || idx === undefined || left < 0 ? undefined : idx)],
    },
  }
}

function seriesLook(stroke: string, dash: readonly number[], surface: string, open: boolean): UPlot.Series {
  return {
    stroke,
    width: 1.5,
    dash: [...dash],
    spanGaps: false,
    // Points where they are few; those of open time windows are hollow.
    points: open ? { show: true, size: 6, stroke, fill: surface, width: 1.5 } : { size: 5, stroke, fill: stroke },
  }
}

/** As wide as the longest label. */
const leftSize: UPlot.Axis.Size = (_plot, values) => 18 + 6.4 * Math.max(2, ...(values ?? []).map((value) => value.length))

/** From zero where that leaves the lines readable: a drop to nothing has to look like one. */
const heightOf: UPlot.Range.Function = (_plot, least, most) => {
  if (!Number.isFinite(least) || !Number.isFinite(most)) return [0, 1]
  const bottom = least >= 0 && least < 0.75 * most ? 0 : least
  const top = most <= 0 && most > 0.75 * least ? 0 : most
  const room = (top - bottom || Math.abs(top) || 1) * 0.06
  return [bottom === 0 ? 0 : bottom - room, top === 0 ? 0 : top + room]
}
