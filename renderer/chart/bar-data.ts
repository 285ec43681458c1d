import { formatNumber, sumOfCells } from '../format/numbers.ts'
import type { ChartChoice } from './chart-choice.ts'
import { OTHER, type Points } from './chart-points.ts'

export interface Bar {
  readonly name: string
  /** All digits. */
  readonly text: string
  readonly shown: string
  readonly value: number
  readonly isOther: boolean
}

const MOST_BARS = 12

/** Bars from the largest to the smallest; the rest is one more, called "other". */
export function barData({ points, yType }: Points, { over }: ChartChoice): Bar[] {
  const newest = points.reduce((latest, { x }) => Math.max(latest, x), Number.NEGATIVE_INFINITY)
  const chosen = over === 'last' ? points.filter(({ x }) => x === newest) : points
  const groups = new Map<string, string[]>()
  for (const { series, y } of chosen) {
    const group = groups.get(series)
    if (group === undefined) groups.set(series, [y])
    else group.push(y)
  }
  const bars = [...groups]
    .map(([name, cells]) => bar(name === '' ? 'all together' : name, sumOfCells(cells), yType, false))
    .sort((a, b) => b.value - a.value)
  if (bars.length <= MOST_BARS) return bars
  const rest = bars.slice(MOST_BARS - 1)
  return [...bars.slice(0, MOST_BARS - 1), bar(`${OTHER} (${rest.length})`, sumOfCells(rest.map(({ text }) => text)), yType, true)]
}

function bar(name: string, text: string, type: string, isOther: boolean): Bar {
  return { name, text, shown: formatNumber(type, text), value: Number(text), isOther }
}
