import type { RowBuffer } from '../data/row-buffer.ts'
import { isNumericType, isTimeType } from '../format/cells.ts'

export type ChartType = 'line' | 'bar' | 'number'

/** What is drawn. Columns by name. */
export interface ChartChoice {
  readonly type: ChartType
  /** A column of instants; undefined: when the row happened. */
  readonly x: string | undefined
  /** A column of numbers; undefined: the number of rows. */
  readonly y: string | undefined
  /** A column whose values are a line or bar each; undefined: all together. */
  readonly per: string | undefined
  /** Bars: of the last time window, or over all rows shown. */
  readonly over: 'last' | 'all'
  /** Whether time windows that are still open are drawn, dashed. */
  readonly withOpen: boolean
}

export interface ChartColumns {
  readonly times: readonly string[]
  readonly numbers: readonly string[]
  readonly texts: readonly string[]
}

/** More different values than this make no lines that anybody can tell apart. */
const MOST_VALUES = 40

export function chartColumns(columns: RowBuffer['columns']): ChartColumns {
  const named = (fits: (type: string) => boolean): string[] => columns.filter(({ type }) => fits(type)).map(({ name }) => name)
  return { times: named(isTimeType), numbers: named(isNumericType), texts: named((type) => type === 'STRING' || type === 'BOOLEAN') }
}

/** A good first picture: the last number over the start of the time window, a line for each value of the first text. */
export function defaultChoice(rows: RowBuffer): ChartChoice {
  const { times, numbers, texts } = chartColumns(rows.columns)
  const x = times.find((name) => name === 'window_start') ?? times[0]
  const y = numbers.at(-1)
  const per = texts.find((name) => valuesOf(rows, name) <= MOST_VALUES)
  const type = y !== undefined ? 'line' : 'bar'
  return { type, x, y, per, over: isWindowed(rows) ? 'last' : 'all', withOpen: false }
}

/** A choice as far as the columns allow it: a column that is gone is replaced by the first that fits. */
export function fittingChoice(choice: Partial<ChartChoice>, rows: RowBuffer): ChartChoice {
  const byDefault = defaultChoice(rows)
  const { times, numbers, texts } = chartColumns(rows.columns)
  const fits = (name: string | undefined, names: readonly string[]): boolean => name === undefined || names.includes(name)
  return {
    type: choice.type ?? byDefault.type,
    x: 'x' in choice && fits(choice.x, times) ? choice.x : byDefault.x,
    y: 'y' in choice && fits(choice.y, numbers) ? choice.y : byDefault.y,
    per: 'per' in choice && fits(choice.per, texts) ? choice.per : byDefault.per,
    over: isWindowed(rows) ? (choice.over ?? byDefault.over) : 'all',
    withOpen: choice.withOpen ?? false,
  }
}

export function isWindowed({ columns }: RowBuffer): boolean {
  return columns.some(({ name }) => name === 'window_start') && columns.some(({ name }) => name === 'window_end')
}

function valuesOf({ columns, rows }: RowBuffer, name: string): number {
  const index = columns.findIndex((column) => column.name === name)
  const values = new Set<string | null>()
  for (const { cells } of rows) {
    values.add(cells[index] ?? null)
    if (values.size > MOST_VALUES) break
  }
  return values.size
}
