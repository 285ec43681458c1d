import type { OpenRow, RowOrigin, WireRow } from '../../../pipeline-runtime/rpc/cells.ts'
import type { RowTab } from '../../../pipeline-runtime/rpc/runtime-api.ts'
import { bytesAsText, exactCell, formatCell, isNumericType, isTimeType } from '../../format/cells.ts'
import { formatCount } from '../../format/figures.ts'
import { formatDateTime, formatTime } from '../../format/times.ts'
import type { TextTable } from '../delimited.ts'
import type { RowBuffer } from '../row-buffer.ts'
import type { CellRange } from './grid-selection.ts'

/** A column as the table shows it. */
export interface GridColumn {
  readonly id: string
  readonly title: string
  /** As text; empty for the columns that are no data. */
  readonly type: string
  readonly align: 'left' | 'right'
  /** Index into the cells of a row; absent: where the row was read, or what may still happen to it. */
  readonly source: number | 'lead' | 'state'
}

export interface GridModel {
  readonly columns: readonly GridColumn[]
  /** Rows in all, those still open at the end. */
  readonly count: number
  readonly openCount: number
  /** A stable name of a row, for React. */
  keyOf(row: number): string
  isOpen(row: number): boolean
  kindOf(row: number): WireRow['kind'] | undefined
  /** `aria-rowindex`: the row's number since the run began, the header being 1. */
  ariaIndexOf(row: number): number
  textOf(row: number, column: GridColumn): string
  isNull(row: number, column: GridColumn): boolean
  /** What a tooltip adds: all digits, the topic, bytes that are no text. */
  detailOf(row: number, column: GridColumn): string | undefined
  /** Cells as text, exact, for the clipboard and for files. */
  tableOf(range: CellRange): TextTable
}

export interface GridOptions {
  readonly tab: RowTab
  readonly timeZone: string
  /** Of a file the position is the number of the line. */
  readonly isFile: (topic: string) => boolean
}

/** Reason and bytes before the rest: what a person looks for in what was set aside. */
const SET_ASIDE_ORDER = ['reason', 'code', 'value', 'key', 'topic', 'partition', 'offset', 'timestamp', 'headers', 'node']

export function createGridModel({ columns, rows, open, total }: RowBuffer, { tab, timeZone, isFile }: GridOptions): GridModel {
  const hasOrigin = rows.some(({ origin }) => origin !== undefined)
  const hasState = open.length > 0 || rows.some(({ kind }) => kind !== 'insert')
  const shown = gridColumns(columns, tab, hasOrigin, hasState)
  const finished = (row: number): WireRow | undefined => rows[row]
  const opened = (row: number): OpenRow | undefined => open[row - rows.length]
  const cellOf = (row: number, { source }: GridColumn): string | null =>
    typeof source === 'number' ? ((finished(row) ?? opened(row))?.cells[source] ?? null) : null
  const leadOf = (row: number): string => {
    const found = finished(row)
    if (found === undefined) return ''
    return found.origin === undefined ? formatCount(found.seq + 1) : originInWords(found.origin, isFile)
  }
  const stateOf = (row: number): string => {
    const stillOpen = opened(row)
    if (stillOpen !== undefined) return `still open, finished at ${formatTime(stillOpen.finishedAtMs, timeZone)}`
    const kind = finished(row)?.kind
    return kind === 'upsert' ? 'replaces the row before' : kind === 'delete' ? 'taken back' : ''
  }
  const textOf = (row: number, column: GridColumn): string => {
    if (column.source === 'lead') return leadOf(row)
    if (column.source === 'state') return stateOf(row)
    return formatCell(column.type, cellOf(row, column), timeZone)
  }
  return {
    columns: shown,
    count: rows.length + open.length,
    openCount: open.length,
    keyOf: (row) => (row < rows.length ? String(rows[row]?.seq) : `open-${row - rows.length}`),
    isOpen: (row) => row >= rows.length,
    kindOf: (row) => finished(row)?.kind,
    ariaIndexOf: (row) => (row < rows.length ? (rows[row]?.seq ?? row) : total + row - rows.length) + 2,
    textOf,
    isNull: (row, column) => typeof column.source === 'number' && cellOf(row, column) === null,
    detailOf(row, column) {
      const found = finished(row)
      if (column.source === 'lead') {
        if (found?.origin === undefined) return undefined
        return `${found.origin.topic}, ${originInWords(found.origin, isFile)}. Happened at ${formatDateTime(found.eventTimeMs, timeZone)}.`
      }
      const cell = cellOf(row, column)
      if (cell === null || column.source === 'state') return undefined
      if (column.type === 'BYTES')
        return bytesAsText(cell).hex ? `${bytesAsText(cell).text} (bytes that are no text, in hexadecimal)` : bytesAsText(cell).text
      return isTimeType(column.type) ? `${cell} (UTC)` : cell
    },
    tableOf({ top, bottom, left, right }) {
      const chosen = shown.slice(left, right + 1)
      const lines: (string | null)[][] = []
      for (let row = top; row <= bottom; row++)
        lines.push(
          chosen.map((column) => {
            if (typeof column.source !== 'number') return textOf(row, column)
            const cell = cellOf(row, column)
            return cell === null ? null : exactCell(column.type, cell)
          }),
        )
      return {
        header: chosen.map(({ title }) => title),
        rows: lines,
        text: chosen.map(({ type }) => !isNumericType(type) && !isTimeType(type)),
      }
    },
  }
}

function gridColumns(columns: RowBuffer['columns'], tab: RowTab, hasOrigin: boolean, hasState: boolean): GridColumn[] {
  const data = columns.map(({ name, type }, source): GridColumn => {
    return { id: `c${source}`, title: name, type, align: isNumericType(type) ? 'right' : 'left', source }
  })
  if (tab === 'set-aside') data.sort((a, b) => rank(a) - rank(b))
  const lead: GridColumn = {
    id: 'lead',
    title: hasOrigin ? 'Read from' : 'Row',
    type: '',
    align: hasOrigin ? 'left' : 'right',
    source: 'lead',
  }
  return hasState ? [lead, ...data, { id: 'state', title: 'State', type: '', align: 'left', source: 'state' }] : [lead, ...data]
}

function rank({ title }: GridColumn): number {
  const found = SET_ASIDE_ORDER.indexOf(title)
  return found < 0 ? SET_ASIDE_ORDER.length : found
}

/** `Partition 2 · Position 12,431`, of a file `Line 12`. */
function originInWords({ topic, partition, offset }: RowOrigin, isFile: (topic: string) => boolean): string {
  return isFile(topic) ? `Line ${formatCount(offset)}` : `Partition ${formatCount(partition)} · Position ${formatCount(offset)}`
}

/** The width at which most of what a column holds is seen; in pixels. */
export function naturalWidth(model: GridModel, column: GridColumn): number {
  const CHARACTER = 7.3
  // Positions grow while one looks.
  if (column.source === 'lead' && column.align === 'left') return 220
  let longest = Math.max(column.title.length, column.type === '' ? 0 : column.title.length + shownType(column.type).length + 2)
  for (let row = Math.max(0, model.count - 60); row < model.count; row++) longest = Math.max(longest, model.textOf(row, column).length)
  return Math.round(Math.min(column.source === 'state' ? 300 : 360, Math.max(56, longest * CHARACTER + 20)))
}

/** `TIMESTAMP_LTZ(3)` is shown without what never differs. */
export function shownType(type: string): string {
  return isTimeType(type) ? 'TIMESTAMP' : type
}
