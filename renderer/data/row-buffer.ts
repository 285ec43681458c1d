import type { OpenRow, RowPage, WireRow } from '../../pipeline-runtime/rpc/cells.ts'

/** Rows of one tab as the page holds them: an unbroken run of the newest, at most as many as asked for. */
export interface RowBuffer {
  readonly columns: RowPage['columns']
  /** Oldest first. */
  readonly rows: readonly WireRow[]
  readonly open: readonly OpenRow[]
  /** Rows that have passed since the run began, shown or not. */
  readonly total: number
}

export const emptyRows: RowBuffer = { columns: [], rows: [], open: [], total: 0 }

/** Number of the row to ask for next; undefined where none is held yet. */
export function nextSeq({ rows }: RowBuffer): number | undefined {
  const last = rows.at(-1)
  return last === undefined ? undefined : last.seq + 1
}

/**
 * What is held together with a page that came. A gap between the two would be read as "nothing passed here": where there is one, the older
 * rows go.
 */
export function withPage(buffer: RowBuffer, page: RowPage, limit: number): RowBuffer {
  const { columns, open, total } = page
  const next = nextSeq(buffer)
  const first = page.rows[0]
  if (first === undefined) return { columns, open, total, rows: total === 0 ? [] : buffer.rows }
  const rows = next === undefined || first.seq > next ? page.rows : [...buffer.rows, ...page.rows.filter((row) => row.seq >= next)]
  return { columns, open, total, rows: rows.length > limit ? rows.slice(-limit) : rows }
}

/** Rows that passed after the newest one that is held. */
export function newerThanHeld(buffer: RowBuffer): number {
  return Math.max(0, buffer.total - (nextSeq(buffer) ?? buffer.total))
}
