import { differenceOfCells, formatNumber } from '../format/numbers.ts'
import { bySeries, OTHER, type Points, summedByTime } from './chart-points.ts'

export interface BigNumber {
  readonly name: string
  readonly last: string
  readonly lastMs: number
  /** Against the value before; undefined where there is none. */
  readonly change: string | undefined
  readonly direction: 'up' | 'down' | 'same' | undefined
}

/** The newest value of each series and how it differs from the one before. */
export function numberData({ points, yType }: Points): BigNumber[] {
  return bySeries(points).flatMap(({ name, isOther, points: own }) => {
    const sorted = (isOther ? summedByTime(own, OTHER) : own).toSorted((a, b) => a.x - b.x)
    const last = sorted.at(-1)
    const before = sorted.at(-2)
    if (last === undefined) return []
    const difference = before === undefined ? undefined : differenceOfCells(before.y, last.y)
    const sign = difference === undefined ? undefined : Math.sign(Number(difference))
    return [
      {
        name,
        last: formatNumber(yType, last.y),
        lastMs: last.x,
        change: difference === undefined ? undefined : changeInWords(yType, difference, before?.y ?? ''),
        direction: sign === undefined ? undefined : sign > 0 ? 'up' : sign < 0 ? 'down' : 'same',
      },
    ]
  })
}

/** `+12 (+3 %)` */
function changeInWords(type: string, difference: string, before: string): string {
  const signed = (text: string): string => (text.startsWith('-') ? `−${text.slice(1)}` : text === '0' ? text : `+${text}`)
  const share = Number(difference) / Math.abs(Number(before))
  const percent = Number.isFinite(share) ? ` (${signed(String(Math.round(share * 100)))} %)` : ''
  return `${signed(formatNumber(type, difference))}${percent}`
}
