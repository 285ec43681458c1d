import type { Json } from '../data/value.ts'
import type { EdgeSchema } from '../spec/edge-schema.ts'
import type { EngineTap } from './input.ts'
import type { StoreEntry } from './keyed-store.ts'
import type { OperatorCounters, OperatorFactory, OutgoingRecord, SinkLimits } from './operator.ts'
import type { PartitionClock } from './partition-clock.ts'
import type { TimersAtTime } from './timers.ts'
import type { JsonNumber } from './watermark.ts'

export interface NodeTaskInit {
  readonly nodeId: string
  readonly task: number
  readonly factory: OperatorFactory
  readonly config: unknown
  readonly timeZone: string
  readonly inputs: readonly EdgeSchema[]
  readonly inputPorts: readonly string[]
  readonly outputs: Readonly<Record<string, EdgeSchema>>
  /** For each channel the index of its input. */
  readonly channelInputs: readonly number[]
  /** Only sources: the clock of their partition. */
  readonly clock?: PartitionClock | undefined
  /** Only sinks. */
  readonly sinkLimits?: SinkLimits | undefined
  readonly host: TaskHost
}

/** What a node gets from the engine around it. */
export interface TaskHost {
  readonly nowMs: number
  write(nodeId: string, task: number, records: readonly OutgoingRecord[]): void
  /** Whether someone looks at the rows of a node. */
  isTapped(nodeId: string): boolean
  tap(tap: EngineTap): void
}

/** All state of a node in one task, as plain JSON. */
export interface NodeTaskSnapshot {
  readonly node: string
  readonly task: number
  readonly watermark: JsonNumber
  readonly idle: boolean
  readonly channels: readonly (readonly [watermark: JsonNumber, idle: boolean, sinceMs: number])[]
  readonly timers: readonly TimersAtTime[]
  readonly stores: Readonly<Record<string, readonly StoreEntry[]>>
  readonly operator?: Json
  readonly rowsIn: readonly number[]
  readonly rowsOut: Readonly<Record<string, number>>
  readonly records: number
  readonly written: number
  readonly counters: OperatorCounters
}
