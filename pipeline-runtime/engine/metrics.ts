import type { NodeTask } from './node-task.ts'
import type { OperatorCounters } from './operator.ts'
import type { PartitionStatus, SourcePartition } from './source-partition.ts'

export interface EngineMetrics {
  readonly nowMs: number
  readonly nodes: readonly NodeMetrics[]
  readonly partitions: readonly PartitionMetrics[]
}

/** Over all tasks of the node. */
export interface NodeMetrics {
  readonly nodeId: string
  /** Rows per edge that ends here, in document order. */
  readonly rowsIn: readonly number[]
  readonly rowsOut: Readonly<Record<string, number>>
  /** Only sources: records taken in. */
  readonly records: number
  /** Only sinks: records that left the pipeline. */
  readonly written: number
  readonly counters: OperatorCounters
  /** The lowest of the tasks that are not idle; of all where all are. */
  readonly watermark: number
  readonly idle: boolean
  readonly stateKeys: number
  readonly timers: number
  readonly tasks: readonly { readonly task: number; readonly watermark: number; readonly idle: boolean; readonly stateKeys: number }[]
}

export interface PartitionMetrics {
  readonly source: string
  readonly topic: string | undefined
  readonly partition: number
  /** Offset of the next record to process. */
  readonly position: number | undefined
  readonly watermark: number
  readonly maxEventTime: number
  readonly status: PartitionStatus
  readonly caughtUp: boolean
  readonly paused: boolean
  /** Ours to read. */
  readonly owned: boolean
  readonly sinceMs: number
}

export function nodeMetrics(nodeId: string, tasks: readonly NodeTask[]): NodeMetrics {
  const rowsOut: Record<string, number> = {}
  const counters: OperatorCounters = { removed: 0, late: 0, errors: 0, skipped: 0, deadLettered: 0, tombstones: 0, other: {} }
  const rowsIn: number[] = []
  let records = 0
  let written = 0
  let stateKeys = 0
  let timers = 0
  for (const task of tasks) {
    for (const port of task.time.ports) rowsOut[port.name] = (rowsOut[port.name] ?? 0) + port.rows
    task.figures.rowsIn.forEach((rows, input) => {
      rowsIn[input] = (rowsIn[input] ?? 0) + rows
    })
    addCounters(counters, task.figures.counters)
    records += task.figures.records
    written += task.figures.written
    stateKeys += task.stores.keys
    timers += task.time.timers.size
  }
  const awake = tasks.filter((task) => !task.isIdle)
  const counting = awake.length === 0 ? tasks : awake
  return {
    nodeId,
    rowsIn,
    rowsOut,
    records,
    written,
    counters,
    watermark: Math.min(...counting.map((task) => task.time.watermark)),
    idle: awake.length === 0,
    stateKeys,
    timers,
    tasks: tasks.map((task) => ({ task: task.task, watermark: task.time.watermark, idle: task.isIdle, stateKeys: task.stores.keys })),
  }
}

export function partitionMetrics(partition: SourcePartition): PartitionMetrics {
  return {
    source: partition.source,
    topic: partition.topic,
    partition: partition.partition,
    position: partition.position,
    watermark: partition.watermark,
    maxEventTime: partition.clock.maxEventTime,
    status: partition.status,
    caughtUp: partition.caughtUp,
    paused: partition.paused,
    owned: partition.owned,
    sinceMs: partition.sinceMs,
  }
}

function addCounters(to: OperatorCounters, from: OperatorCounters): void {
  to.removed += from.removed
  to.late += from.late
  to.errors += from.errors
  to.skipped += from.skipped
  to.deadLettered += from.deadLettered
  to.tombstones += from.tombstones
  for (const [name, count] of Object.entries(from.other)) to.other[name] = (to.other[name] ?? 0) + count
}
