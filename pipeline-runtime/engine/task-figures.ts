import type { FailedPlace, OperatorCounters } from './operator.ts'
import type { NodeTaskSnapshot } from './task-types.ts'

/** What is counted of a node in one task. */
export class TaskFigures {
  /** Rows per in edge. */
  readonly rowsIn: number[]
  /** Only sources: records taken in. */
  records = 0
  /** Only sinks: records that left the pipeline. */
  written = 0
  /** Of their keys and values; not saved, as little as the last failure. */
  bytesIn = 0
  bytesOut = 0
  /** With the clock at that moment. */
  lastFailed: (FailedPlace & { readonly atMs: number }) | undefined
  readonly counters: OperatorCounters = { removed: 0, late: 0, errors: 0, skipped: 0, deadLettered: 0, tombstones: 0, other: {} }

  constructor(inputs: number) {
    this.rowsIn = Array.from({ length: inputs }, () => 0)
  }

  snapshot(): Pick<NodeTaskSnapshot, 'records' | 'written' | 'counters'> {
    return { records: this.records, written: this.written, counters: { ...this.counters, other: { ...this.counters.other } } }
  }

  restore(snapshot: NodeTaskSnapshot): void {
    for (let i = 0; i < this.rowsIn.length; i++) this.rowsIn[i] = snapshot.rowsIn[i] ?? 0
    this.records = snapshot.records
    this.written = snapshot.written
    Object.assign(this.counters, snapshot.counters, { other: { ...snapshot.counters.other } })
  }
}
