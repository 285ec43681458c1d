import type { Batch, RowKind } from '../data/batch.ts'
import type { Field } from '../data/types.ts'
import type { Value } from '../data/value.ts'
import type { RowOrigin } from '../rpc/cells.ts'
import { BatchRows, type KeptRows, OwnRows } from './kept-rows.ts'

export interface RingLimits {
  readonly rows: number
  readonly bytes: number
}

/** Batches of so many rows are held as they came. */
const LEAST_LARGE = 128
/** So many smaller ones may be held as they came, for each thousand rows of the limit; what they were selected from may be much larger. */
const SMALL_PER_THOUSAND = 16

/** The newest rows that passed at one place, in the batches in which they came. */
export class RowRing {
  readonly fields: readonly Field[]
  /** Rows that have passed. */
  total = 0
  private readonly limits: RingLimits
  private readonly mostSmall: number
  private readonly kept: KeptRows[] = []
  private rows = 0
  private bytes = 0
  private small = 0

  constructor(fields: readonly Field[], limits: RingLimits) {
    this.fields = fields
    this.limits = limits
    this.mostSmall = Math.max(4, Math.ceil((limits.rows * SMALL_PER_THOUSAND) / 1000))
  }

  /** Number of the oldest row that is kept. */
  get firstSeq(): number {
    return this.total - this.rows
  }

  addBatch(batch: Batch): void {
    this.add(new BatchRows(batch, this.fields))
    if (batch.length < LEAST_LARGE && ++this.small > this.mostSmall) this.mergeSmall()
  }

  /** One row that belongs to nobody else. */
  addRow(values: readonly Value[], eventTime: number, kind: RowKind, origin: RowOrigin | undefined): void {
    const last = this.kept.at(-1)
    const rows = last instanceof OwnRows && last.length < LEAST_LARGE ? last : new OwnRows(this.fields.length)
    const before = rows.bytes
    rows.add(values, eventTime, kind, origin)
    if (rows !== last) this.kept.push(rows)
    this.count(1, rows.bytes - before)
  }

  /** Kept rows from `from` to before `to`, oldest first. */
  *between(from: number, to: number): Iterable<{ readonly seq: number; readonly rows: KeptRows; readonly row: number }> {
    let seq = this.firstSeq
    for (const rows of this.kept) {
      const start = Math.max(0, from - seq)
      const end = Math.min(rows.length, to - seq)
      for (let row = start; row < end; row++) yield { seq: seq + row, rows, row }
      seq += rows.length
      if (seq >= to) return
    }
  }

  private add(rows: KeptRows): void {
    this.kept.push(rows)
    this.count(rows.length, rows.bytes)
  }

  /** Whole batches go, so that up to a batch more is kept; the newest always stays. */
  private count(rows: number, bytes: number): void {
    this.total += rows
    this.rows += rows
    this.bytes += bytes
    let gone = 0
    for (; gone < this.kept.length - 1; gone++) {
      const oldest = this.kept[gone] as KeptRows // as: gone is below length
      if (this.rows - oldest.length < this.limits.rows && this.bytes <= this.limits.bytes) break
      this.rows -= oldest.length
      this.bytes -= oldest.bytes
      if (isSmall(oldest)) this.small--
    }
    if (gone > 0) this.kept.splice(0, gone)
  }

  /** The oldest small batches that follow one another become rows of their own. Done late, since most batches make room before. */
  private mergeSmall(): void {
    const first = this.kept.findIndex(isSmall)
    let end = first
    const merged = new OwnRows(this.fields.length)
    for (; end < this.kept.length; end++) {
      const rows = this.kept[end] as KeptRows // as: end is below length
      if (!isSmall(rows)) break
      merged.addAll(rows)
    }
    this.small -= end - first
    this.kept.splice(first, end - first, merged)
  }
}

function isSmall(rows: KeptRows): boolean {
  return rows instanceof BatchRows && rows.length < LEAST_LARGE
}
