import { formatNumber } from '../format/numbers.ts'
import type { Bar } from './bar-data.ts'
import type { ChartChoice } from './chart-choice.ts'
import type { LineData, LineSeries } from './line-data.ts'
import type { BigNumber } from './number-data.ts'

/** What a picture shows, for who cannot see it: last, lowest, highest and trend of each line. */
export function lineSentence({ y, x, per }: ChartChoice, data: LineData, yType: string): string {
  const what = `${y ?? 'rows'} over ${x ?? 'time'}`
  const lines = data.series.map((series) => seriesSentence(series, yType))
  return per === undefined ? `Line of ${what}: ${lines.join('; ')}.` : `Lines of ${what} for each ${per}: ${lines.join('; ')}.`
}

function seriesSentence({ name, texts, values }: LineSeries, type: string): string {
  const numbers = values.flatMap((value, i) => (typeof value === 'number' ? [{ value, text: texts[i] ?? String(value) }] : []))
  const prefix = name === '' ? '' : `${name} `
  const last = numbers.at(-1)
  if (last === undefined) return `${prefix}without finished values`
  const least = numbers.reduce((a, b) => (b.value < a.value ? b : a))
  const most = numbers.reduce((a, b) => (b.value > a.value ? b : a))
  const shown = ({ text }: { readonly text: string }): string => formatNumber(type, text)
  const trend = trendOf(numbers.map(({ value }) => value))
  return `${prefix}last ${shown(last)}, lowest ${shown(least)}, highest ${shown(most)}, ${trend}`
}

/** The last third against the first. */
export function trendOf(values: readonly number[]): 'rising' | 'falling' | 'steady' {
  const third = Math.max(1, Math.floor(values.length / 3))
  const mean = (part: readonly number[]): number => part.reduce((sum, value) => sum + value, 0) / part.length
  if (values.length < 2) return 'steady'
  const [first, last] = [mean(values.slice(0, third)), mean(values.slice(-third))]
  const change = last - first
  return Math.abs(change) <= 0.05 * Math.max(Math.abs(first), Math.abs(last)) ? 'steady' : change > 0 ? 'rising' : 'falling'
}

export function barSentence({ y, per, over }: ChartChoice, bars: readonly Bar[]): string {
  const what = `${y ?? 'number of rows'}${per === undefined ? '' : ` for each ${per}`}${over === 'last' ? ', last time window' : ''}`
  return `Bars of ${what}: ${bars.map(({ name, shown }) => `${name} ${shown}`).join(', ')}.`
}

export function numberSentence({ y }: ChartChoice, numbers: readonly BigNumber[]): string {
  const each = numbers.map(
    ({ name, last, change }) => `${name === '' ? '' : `${name} `}${last}${change === undefined ? '' : `, change ${change}`}`,
  )
  return `Newest ${y ?? 'row'}: ${each.join('; ')}.`
}
