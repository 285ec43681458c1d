import { expect, test } from 'vitest'
import { emptyRows, type RowBuffer } from '../data/row-buffer.ts'
import { barData } from './bar-data.ts'
import { defaultChoice, fittingChoice } from './chart-choice.ts'
import { bySeries, pointsOf } from './chart-points.ts'
import { lineSentence, trendOf } from './chart-sentence.ts'
import { lineData } from './line-data.ts'
import { numberData } from './number-data.ts'

const minute = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()
const ms = (n: number): number => Date.UTC(2026, 0, 1, 0, n)

/** Rows of a window per country: `[country, minute, revenue]`. */
function perCountry(rows: readonly (readonly [string | null, number, string | null])[], open: typeof rows = []): RowBuffer {
  const cells = ([country, start, revenue]: (typeof rows)[number]) => [country, minute(start), minute(start + 1), '7', revenue]
  return {
    ...emptyRows,
    columns: [
      { name: 'country', type: 'STRING' },
      { name: 'window_start', type: 'TIMESTAMP_LTZ(3)' },
      { name: 'window_end', type: 'TIMESTAMP_LTZ(3)' },
      { name: 'purchases', type: 'BIGINT' },
      { name: 'revenue', type: 'BIGINT' },
    ],
    rows: rows.map((row, seq) => ({ seq, cells: cells(row), eventTimeMs: ms(row[1] + 1) - 1, kind: 'insert' })),
    open: open.map((row) => ({ cells: cells(row), finishedAtMs: ms(row[1] + 1) })),
    total: rows.length,
  }
}

test('the first picture: the last number over the time window, a line for each country', () => {
  expect(defaultChoice(perCountry([['NL', 0, '1']]))).toEqual({
    type: 'line',
    x: 'window_start',
    y: 'revenue',
    per: 'country',
    over: 'last',
    withOpen: false,
  })
})

test('a text that differs in every row makes no lines', () => {
  const rows = perCountry(Array.from({ length: 60 }, (_, i) => [`user ${i}`, i, '1'] as const))
  expect(defaultChoice(rows).per).toBeUndefined()
})

test('all together are one point for each time window: the sum', () => {
  const rows = perCountry([
    ['NL', 0, '9007199254740993'],
    ['DE', 0, '2'],
    ['NL', 1, '3'],
  ])
  const choice = { ...defaultChoice(rows), per: undefined }
  const { x, series } = lineData(pointsOf(rows, choice))
  expect(x).toEqual([ms(0), ms(1)])
  expect(series.map(({ name, texts }) => [name, texts])).toEqual([['', ['9007199254740995', '3']]])
})

test('a chosen column that is gone is replaced', () => {
  const rows = perCountry([['NL', 0, '1']])
  expect(fittingChoice({ y: 'purchases', per: 'gone' }, rows)).toMatchObject({ y: 'purchases', per: 'country' })
  expect(fittingChoice({ per: undefined }, rows).per).toBeUndefined()
})

test('a minute without a row is a gap, for one country and for all', () => {
  const rows = perCountry([
    ['DE', 0, '10'],
    ['NL', 0, '5'],
    ['DE', 1, '11'],
    ['NL', 3, '6'],
  ])
  const { x, series } = lineData(pointsOf(rows, defaultChoice(rows)))
  expect(x).toEqual([ms(0), ms(1), ms(2), ms(3)])
  expect(series.map(({ name, values }) => [name, values])).toEqual([
    ['DE', [10, 11, null, null]],
    ['NL', [5, null, null, 6]],
  ])
})

test('rows at times of their own are joined, and none hides another one of the same time', () => {
  const rows: RowBuffer = {
    ...emptyRows,
    columns: [
      { name: 'country', type: 'STRING' },
      { name: 'at', type: 'TIMESTAMP_LTZ(3)' },
      { name: 'amount', type: 'DOUBLE' },
    ],
    rows: [
      ['NL', 2, '3.5'],
      ['DE', 1, '1.5'],
      ['NL', 2, '4.5'],
    ].map(([country, at, amount], seq) => ({
      seq,
      cells: [String(country), minute(Number(at)), String(amount)],
      eventTimeMs: 0,
      kind: 'insert',
    })),
  }
  const { x, series } = lineData(pointsOf(rows, defaultChoice(rows)))
  expect(x).toEqual([ms(1), ms(2), ms(2)])
  expect(series.map(({ values }) => values)).toEqual([
    [1.5, undefined, undefined],
    [undefined, 3.5, 4.5],
  ])
})

test('six series by total, the rest summed as "other", exactly', () => {
  const rows = perCountry([
    ...['A', 'B', 'C', 'D', 'E', 'F'].map((name, i) => [name, 0, `${9_100_000_000_000_000 + i}`] as const),
    ['G', 0, '9007199254740993'],
    ['H', 0, '2'],
    ['G', 1, '1'],
  ])
  const points = pointsOf(rows, defaultChoice(rows))
  expect(bySeries(points.points).map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'other'])
  expect(lineData(points).series.at(-1)?.texts).toEqual(['9007199254740995', '1'])
})

test('open time windows only where they are asked for, joined to the last finished one', () => {
  const rows = perCountry([['NL', 0, '5']], [['NL', 1, '2']])
  const closed = lineData(pointsOf(rows, defaultChoice(rows)))
  expect(closed.x).toEqual([ms(0)])
  const open = lineData(pointsOf(rows, { ...defaultChoice(rows), withOpen: true }))
  expect(open.x).toEqual([ms(0), ms(1)])
  expect(open.series[0]?.values).toEqual([5, null])
  expect(open.series[0]?.open).toEqual([5, 2])
})

test('rows without a number cannot be drawn, and are counted', () => {
  const rows = perCountry([
    ['NL', 0, null],
    [null, 0, '1'],
  ])
  const { points, left } = pointsOf(rows, defaultChoice(rows))
  expect(left).toBe(1)
  expect(points.map(({ series }) => series)).toEqual(['NULL'])
})

test('a row that replaces another one takes its place', () => {
  const before = perCountry([
    ['NL', 0, '1'],
    ['NL', 0, '2'],
    ['DE', 0, '3'],
    ['DE', 0, '3'],
  ])
  const kinds = ['upsert', 'upsert', 'upsert', 'delete'] as const
  const rows: RowBuffer = { ...before, rows: before.rows.map((row, i) => ({ ...row, kind: kinds[i] ?? 'insert' })) }
  expect(pointsOf(rows, defaultChoice(rows)).points.map(({ series, y }) => [series, y])).toEqual([['NL', '2']])
})

test('groups that are not told apart are summed in each time window, also while they keep updating', () => {
  const updating = perCountry([
    ['NL', 0, '1'],
    ['DE', 0, '5'],
    ['NL', 0, '2'],
    ['DE', 1, '7'],
  ])
  const rows: RowBuffer = { ...updating, rows: updating.rows.map((row) => ({ ...row, kind: 'upsert' })) }
  const all = lineData(pointsOf(rows, { ...defaultChoice(rows), per: undefined }))
  expect(all.series.map(({ texts }) => texts)).toEqual([['7', '7']])

  const [country, ...others] = updating.columns
  const perStatus: RowBuffer = {
    ...updating,
    columns: [...(country === undefined ? [] : [country]), { name: 'status', type: 'STRING' }, ...others],
    rows: updating.rows.map((row, i) => ({ ...row, cells: [row.cells[0] ?? null, `status ${i}`, ...row.cells.slice(1)] })),
  }
  const { series } = lineData(pointsOf(perStatus, defaultChoice(perStatus)))
  expect(series.map(({ name, texts }) => [name, texts])).toEqual([
    ['DE', ['5', '7']],
    ['NL', ['3', undefined]],
  ])
})

test('bars: the last time window, or all; largest first', () => {
  const rows = perCountry([
    ['NL', 0, '100'],
    ['DE', 0, '1'],
    ['NL', 1, '2'],
    ['DE', 1, '3'],
  ])
  const choice = defaultChoice(rows)
  const shown = (over: 'last' | 'all') => barData(pointsOf(rows, choice), { ...choice, over }).map(({ name, text }) => [name, text])
  expect(shown('last')).toEqual([
    ['DE', '3'],
    ['NL', '2'],
  ])
  expect(shown('all')).toEqual([
    ['NL', '102'],
    ['DE', '4'],
  ])
})

test('the number of rows where no column of numbers is chosen', () => {
  const rows = perCountry([
    ['NL', 0, '100'],
    ['NL', 1, '100'],
    ['DE', 1, '100'],
  ])
  const choice = { ...defaultChoice(rows), y: undefined, over: 'all' as const }
  expect(barData(pointsOf(rows, choice), choice).map(({ name, text }) => [name, text])).toEqual([
    ['NL', '2'],
    ['DE', '1'],
  ])
})

test('a big number is the newest value and its change', () => {
  const rows = perCountry([
    ['NL', 1, '2'],
    ['NL', 0, '9007199254740993'],
    ['DE', 0, '200'],
    ['DE', 1, '250'],
    ['FR', 1, '1'],
  ])
  const numbers = numberData(pointsOf(rows, defaultChoice(rows)))
  expect(numbers.map(({ name, last, change, direction }) => [name, last, change, direction])).toEqual([
    ['DE', '250', '+50 (+25 %)', 'up'],
    ['FR', '1', undefined, undefined],
    ['NL', '2', '−9,007,199,254,740,991 (−100 %)', 'down'],
  ])
})

test('a sentence says what the picture shows', () => {
  const rows = perCountry([
    ['NL', 0, '1000'],
    ['NL', 1, '3000'],
    ['NL', 2, '2000'],
  ])
  const choice = defaultChoice(rows)
  expect(lineSentence(choice, lineData(pointsOf(rows, choice)), 'BIGINT')).toBe(
    'Lines of revenue over window_start for each country: NL last 2,000, lowest 1,000, highest 3,000, rising.',
  )
  expect(trendOf([1, 1, 1])).toBe('steady')
  expect(trendOf([3, 2, 1])).toBe('falling')
})
