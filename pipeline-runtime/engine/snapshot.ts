import type { PartitionSnapshot } from './source-partition.ts'
import type { NodeTaskSnapshot } from './task-types.ts'

/** All state of an engine between two inputs, as plain JSON: positions, watermarks, timers, stores, operators, counters. */
export interface EngineSnapshot {
  readonly engineVersion: 1
  readonly specHash: string
  readonly nowMs: number
  readonly partitions: readonly PartitionSnapshot[]
  readonly tasks: readonly NodeTaskSnapshot[]
}
