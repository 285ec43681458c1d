import type { NodeTask } from './node-task.ts'
import type { FailedPlace } from './operator.ts'
import type { SourcePartition } from './source-partition.ts'
import type { TaskFigures } from './task-figures.ts'

/** What this engine has seen itself since it was made. No state: a run that goes on from a save begins anew with it. */
export interface EngineTraffic {
  readonly nodes: readonly NodeTraffic[]
  readonly partitions: readonly PartitionTraffic[]
}

export interface NodeTraffic {
  readonly nodeId: string
  /** Keys and values of the records that a source took in. */
  readonly bytesIn: number
  /** Keys and values of the records that a sink gave out. */
  readonly bytesOut: number
  /** The last record or row that failed. */
  readonly lastFailed: FailedPlace | undefined
}

export interface PartitionTraffic {
  readonly source: string
  readonly partition: number
  /** Of the last record, by its own timestamp. */
  readonly lastTimestamp: number | undefined
}

export function nodeTraffic(nodeId: string, tasks: readonly NodeTask[]): NodeTraffic {
  let bytesIn = 0
  let bytesOut = 0
  let lastFailed: TaskFigures['lastFailed']
  for (const { figures } of tasks) {
    bytesIn += figures.bytesIn
    bytesOut += figures.bytesOut
    if (figures.lastFailed !== undefined && figures.lastFailed.atMs >= (lastFailed?.atMs ?? 0)) lastFailed = figures.lastFailed
  }
  return { nodeId, bytesIn, bytesOut, lastFailed }
}

export function partitionTraffic({ source, partition, lastTimestamp }: SourcePartition): PartitionTraffic {
  return { source, partition, lastTimestamp }
}
