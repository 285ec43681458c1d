import { RowKind } from '../data/batch.ts'
import { type DataType, type Field, printType } from '../data/types.ts'
import { printValue, type Value } from '../data/value.ts'
import type { OpenRow as EngineOpenRow } from '../engine/open-rows.ts'
import type { OpenRow, RowPage, WireRow } from '../rpc/cells.ts'
import { asRowList } from '../rpc/wire-forms.ts'
import type { KeptRows } from './kept-rows.ts'
import type { RowRing } from './row-ring.ts'

/** Characters of a page's cells: rows of a megabyte each come a few at a time. */
const MOST_TEXT = 4_000_000

export interface PageRange {
  readonly fromSeq?: number | undefined
  readonly limit: number
  /** Rows from here on have not come to the place that is looked at. */
  readonly end?: number | undefined
}

/** The newest `limit` rows, or those from `fromSeq` on; fewer where they are long. */
export function pageOf(ring: RowRing, range: PageRange): Omit<RowPage, 'open'> {
  const { fields } = ring
  const total = Math.min(ring.total, range.end ?? ring.total)
  const firstSeq = Math.min(ring.firstSeq, total)
  const from = Math.max(firstSeq, range.fromSeq ?? total - range.limit)
  const to = Math.min(total, from + range.limit)
  const rows: WireRow[] = []
  let text = 0
  // The newest rows are what is asked for without `fromSeq`, so they come first and are put in order at the end.
  const places = [...ring.between(from, to)]
  if (range.fromSeq === undefined) places.reverse()
  for (const { seq, rows: kept, row } of places) {
    const wire = wireRow(kept, row, seq, fields)
    text += textOf(wire.cells)
    if (text > MOST_TEXT && rows.length > 0) break
    rows.push(wire)
  }
  if (range.fromSeq === undefined) rows.reverse()
  return { columns: columnsOf(fields), rows: asRowList(rows), total, firstSeq }
}

export function columnsOf(fields: readonly Field[]): RowPage['columns'] {
  return fields.map(({ name, type }) => ({ name, type: printType(type) }))
}

export function openRow({ values, finishedAtMs }: EngineOpenRow, fields: readonly Field[]): OpenRow {
  return { cells: fields.map(({ type }, i) => cellOf(type, values[i] ?? null)), finishedAtMs }
}

function wireRow(rows: KeptRows, row: number, seq: number, fields: readonly Field[]): WireRow {
  const origin = rows.origin(row)
  return {
    seq,
    cells: fields.map(({ type }, i) => cellOf(type, rows.value(i, row))),
    eventTimeMs: rows.eventTime(row),
    kind: KINDS[rows.kind(row)],
    ...(origin === undefined ? {} : { origin }),
  }
}

const KINDS: Readonly<Record<RowKind, WireRow['kind']>> = {
  [RowKind.INSERT]: 'insert',
  [RowKind.UPSERT]: 'upsert',
  [RowKind.DELETE]: 'delete',
}

/** Text with all digits, so that integers stay exact and NaN can cross; bytes as base64. */
function cellOf(type: DataType, value: Value): string | null {
  if (value === null) return null
  return value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
    : printValue(type, value)
}

function textOf(cells: readonly (string | null)[]): number {
  let length = 0
  for (const cell of cells) length += cell?.length ?? 4
  return length
}
