import { type Batch, selectRows } from '../data/batch.ts'
import type { Column } from '../data/column.ts'
import { encodeKeyPart, hashText } from '../data/value.ts'
import type { Receiver } from './output-port.ts'

/**
 * The end of an edge whose rows are brought together by columns: sends each row to the task that its key belongs to, and
 * watermarks and idleness to all tasks (rule 9). It stands for the repartition topic of a later engine.
 */
export class Exchange implements Receiver {
  private readonly columns: readonly string[]
  private readonly targets: readonly Receiver[]
  private readonly rows: Int32Array[]
  private readonly counts: Int32Array

  constructor(columns: readonly string[], targets: readonly Receiver[]) {
    this.columns = columns
    this.targets = targets
    this.rows = targets.map(() => new Int32Array(0))
    this.counts = new Int32Array(targets.length)
  }

  receiveBatch(batch: Batch): void {
    const tasks = this.targets.length
    if (tasks === 1 || this.columns.length === 0) {
      this.targets[0]?.receiveBatch(batch)
      return
    }
    this.split(batch)
    const selected = this.targets.map((_, task) => {
      const count = this.counts[task] as number
      return count === 0 ? undefined : selectRows(batch, (this.rows[task] as Int32Array).subarray(0, count), count)
    })
    for (let task = 0; task < tasks; task++) {
      const rows = selected[task]
      if (rows !== undefined) this.targets[task]?.receiveBatch(rows)
    }
  }

  receiveWatermark(watermark: number): void {
    for (const target of this.targets) target.receiveWatermark(watermark)
  }

  receiveIdle(idle: boolean): void {
    for (const target of this.targets) target.receiveIdle(idle)
  }

  private split(batch: Batch): void {
    const keys: readonly Column[] = this.columns.map((name) => batch.column(name))
    this.counts.fill(0)
    // Selected columns keep the row numbers, so they are the batch's own.
    for (let task = 0; task < this.rows.length; task++) this.rows[task] = new Int32Array(batch.length)
    for (let row = 0; row < batch.length; row++) {
      const task = taskOf(keys, row, this.targets.length)
      const count = this.counts[task] as number
      ;(this.rows[task] as Int32Array)[count] = row
      this.counts[task] = count + 1
    }
  }
}

function taskOf(keys: readonly Column[], row: number, tasks: number): number {
  let text = ''
  for (let i = 0; i < keys.length; i++) {
    const column = keys[i] as Column
    text += encodeKeyPart(column.type, column.value(row))
  }
  return hashText(text) % tasks
}
