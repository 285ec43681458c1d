import type { Batch } from '../data/batch.ts'
import type { LogRecords } from '../data/log-records.ts'
import type { Value } from '../data/value.ts'
import type { OutgoingRecord } from './operator.ts'

/** A partition of what a source node reads. */
export interface PartitionOf {
  /** Node id of the source. */
  readonly source: string
  readonly partition: number
}

/** Everything that the engine ever learns; the same sequence gives the same outputs and state (rule 38). */
export type EngineInput =
  | (PartitionOf & { readonly type: 'records'; readonly topic: string; readonly records: LogRecords })
  /** Rows that stand for records already decoded, on an out port of the source; for tests. */
  | (PartitionOf & { readonly type: 'rows'; readonly port: string; readonly batch: Batch })
  /** A fetch after the last record was empty and the position has reached the high watermark (rule 8). */
  | (PartitionOf & { readonly type: 'caught-up' })
  /** Nothing more comes; the partition's watermark goes to the end. */
  | (PartitionOf & { readonly type: 'ended' })
  /** Ours from now on, from this position. */
  | (PartitionOf & { readonly type: 'assigned'; readonly offset: number })
  | (PartitionOf & { readonly type: 'revoked' })
  | (PartitionOf & { readonly type: 'lost' })
  /** The idle clock stands still from `paused` to `resumed` (rule 8). */
  | (PartitionOf & { readonly type: 'paused' })
  | (PartitionOf & { readonly type: 'resumed' })
  /** The clock; never goes back. */
  | { readonly type: 'tick'; readonly nowMs: number }
  /** What a test says: the watermark of a source partition, as if a record had moved it there. */
  | (PartitionOf & { readonly type: 'watermark'; readonly watermark: number })
  | { readonly type: 'commit-boundary'; readonly id: number }
  | { readonly type: 'commit-outcome'; readonly id: number; readonly outcome: 'committed' | 'refused' | 'unknown' }

export type EngineOutput = {
  readonly type: 'write'
  readonly nodeId: string
  readonly task: number
  readonly records: readonly OutgoingRecord[]
}

/** A look at rows on their way. Looks change nothing: outputs and state are the same with and without them. */
export type EngineTap = RowsTap | SetAsideTap

/** Rows that came to a node (`in`), left it by an out port, or ended in it (`removed`). */
export interface RowsTap {
  readonly nodeId: string
  readonly task: number
  readonly direction: 'in' | 'out' | 'removed'
  /** Empty for rows that were removed. */
  readonly port: string
  /** Index of the edge among those that end at the node; -1 for out ports and removed rows. */
  readonly input: number
  readonly batch: Batch
}

/** A record or row that failed, whatever the node's policy makes of it. */
export interface SetAsideTap {
  readonly nodeId: string
  readonly task: number
  readonly direction: 'set-aside'
  readonly eventTime: number
  /** Of DEAD_LETTER_COLUMNS. Bytes are spans of larger buffers. */
  readonly values: readonly Value[]
}
