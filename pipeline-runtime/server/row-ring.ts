import type { Batch } from '../data/batch.ts'
import type { Field } from '../data/types.ts'
import { copyRows, type KeptRows, keepBatch } from './kept-rows.ts'

export interface RingLimits {
  readonly rows: number
  readonly bytes: number
}

/** Of so many rows of the limit one batch may be held as it came; what it was selected from may be much larger. */
const ROWS_PER_HELD = 64
/** Batches of so many rows are not worth copying. */
const LEAST_LARGE = 128

/** The newest rows that passed at one place, in the batches in which they came. */
export class RowRing {
  readonly fields: readonly Field[]
  /** Rows that have passed. */
  total: number
  private readonly limits: RingLimits
  private readonly batches: KeptRows[] = []
  private rows = 0
  private bytes = 0
  /** Small batches that are held as they came; the ones in front of them are copies. */
  private held = 0

  /** `total`: rows that passed before, in an earlier run that this one continues. */
  constructor(fields: readonly Field[], limits: RingLimits, total = 0) {
    this.fields = fields
    this.limits = limits
    this.total = total
  }

  /** Number of the oldest row that is kept. */
  get firstSeq(): number {
    return this.total - this.rows
  }

  addBatch(batch: Batch): void {
    this.add(keepBatch(batch, this.fields))
    if (batch.length < LEAST_LARGE) this.held++
    if (this.held * ROWS_PER_HELD > this.limits.rows) this.copyOldestHeld()
  }

  add(rows: KeptRows): void {
    this.batches.push(rows)
    this.total += rows.length
    this.rows += rows.length
    this.bytes += rows.bytes
    this.makeRoom()
  }

  /** Kept rows from `from` to before `to`, oldest first. */
  *between(from: number, to: number): Iterable<{ readonly seq: number; readonly rows: KeptRows; readonly row: number }> {
    let seq = this.firstSeq
    for (const rows of this.batches) {
      const start = Math.max(0, from - seq)
      const end = Math.min(rows.length, to - seq)
      for (let row = start; row < end; row++) yield { seq: seq + row, rows, row }
      seq += rows.length
      if (seq >= to) return
    }
  }

  /** Whole batches go, so that up to a batch more is kept; the newest always stays. */
  private makeRoom(): void {
    let gone = 0
    for (;;) {
      const oldest = this.batches[gone]
      if (oldest === undefined || gone === this.batches.length - 1) break
      if (this.rows - oldest.length < this.limits.rows && this.bytes <= this.limits.bytes) break
      this.rows -= oldest.length
      this.bytes -= oldest.bytes
      if (isHeldSmall(oldest)) this.held--
      gone++
    }
    if (gone > 0) this.batches.splice(0, gone)
  }

  /** What is copied late is copied seldom: most batches make room before. */
  private copyOldestHeld(): void {
    const index = this.batches.findIndex(isHeldSmall)
    const rows = this.batches[index]
    if (rows === undefined) return
    this.batches[index] = copyRows(rows)
    this.held--
  }
}

function isHeldSmall({ length, isCopy }: KeptRows): boolean {
  return !isCopy && length < LEAST_LARGE
}
