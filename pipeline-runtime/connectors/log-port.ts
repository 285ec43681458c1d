import type { LogRecords } from '../data/log-records.ts'
import type { OutgoingRecord } from '../engine/operator.ts'

/**
 * The small interface between the runner and a system that holds logs. `memory/` serves sample data and tests, `kafka/` is the
 * real one, `files/` reads files through the same reader. Reading is pull: what is not polled is not fetched beyond a bound,
 * and that is the back-pressure.
 */
export interface LogPort {
  /** Topics that may be seen, by name, without those that the system keeps for itself. */
  topics(): Promise<readonly TopicName[]>
  /** Undefined for a topic that is not there or may not be seen. */
  describe(topic: string): Promise<TopicDescription | undefined>
  /** Joins as the only reader of a pipeline; refuses (LogError GROUP_IN_USE) where another one is active. */
  read(options: ReadOptions): Promise<LogReader>
  /** For sinks; one writer serves all topics of the port. */
  write(): Promise<LogWriter>
  close(): Promise<void>
}

export interface TopicName {
  readonly name: string
  readonly partitions: number
}

export interface TopicDescription {
  readonly partitions: number
  /** Topic settings that matter to a sink, where known. */
  readonly compacted?: boolean | undefined
  readonly maxMessageBytes?: number | undefined
  readonly maxAheadMs?: number | undefined
  /** How long its records stay, by their timestamps; absent where they are not deleted. */
  readonly retentionMs?: number | undefined
}

export interface ReadOptions {
  /** The pipeline's consumer group. Without one a reader joins nothing, keeps nobody away and commits nothing. */
  readonly group?: string | undefined
  /** Whether members that the group still has are known to be dead, so that they need not be waited for. */
  readonly exclusive?: boolean | undefined
  readonly topics: readonly string[]
  /** Positions that state in hand covers (offset of the next record), by topic and partition; these win over `start`. */
  readonly positions: readonly TopicPosition[]
  /** For partitions without a position. Time is milliseconds since the epoch; `newest`: so many records before the end of each. */
  readonly start:
    | { readonly type: 'earliest' }
    | { readonly type: 'latest' }
    | { readonly type: 'time'; readonly timeMs: number }
    | { readonly type: 'newest'; readonly records: number }
  /** `end`: the end offsets seen when the reader starts, or `offsets`, those seen when a run began that goes on now; `ended` comes for each partition there. `time`: the first record at or after it ends the partition. */
  readonly stop:
    | { readonly type: 'never' }
    | { readonly type: 'end'; readonly offsets?: readonly TopicPosition[] | undefined }
    | { readonly type: 'time'; readonly timeMs: number }
  /** Records held fetched but not polled, over all partitions. */
  readonly bufferBytes: number
}

export interface TopicPosition {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface LogReader {
  /**
   * What happened next, in order, at most a few batches; waits up to `waitMs` where nothing is there (an empty list then).
   * Each partition's records come in order. Throws LogError where it cannot go on.
   */
  poll(waitMs: number): Promise<readonly LogEvent[]>
  /** Stores positions with the group, for others to see; the truth is in the runner's snapshot. */
  commit(positions: readonly TopicPosition[]): Promise<CommitOutcome>
  /** The newest offset + 1 per partition as last seen, for lag. */
  highWatermarks(): readonly TopicPosition[]
  close(): Promise<void>
}

export type CommitOutcome = 'committed' | 'refused' | 'unknown'

export type LogEvent =
  /** Ours from now on, read from `offset`. */
  | { readonly type: 'assigned'; readonly topic: string; readonly partition: number; readonly offset: number }
  /** To be given up, still ours until `commit` was called and the reader polled again. kafkajs has no such hook; `lost` comes instead. */
  | { readonly type: 'revoked'; readonly topic: string; readonly partition: number }
  | { readonly type: 'lost'; readonly topic: string; readonly partition: number }
  | {
      readonly type: 'records'
      readonly topic: string
      readonly partition: number
      readonly records: LogRecords
      readonly highWatermark: number
      /** Where the port knows it; below `highWatermark` a transaction is open. */
      readonly lastStableOffset?: number | undefined
    }
  /** A fetch answered after the last record was handed out was empty, and the position has reached the high watermark (rule 8). */
  | { readonly type: 'caught-up'; readonly topic: string; readonly partition: number }
  /** The partition's stop position was reached; nothing more comes. */
  | { readonly type: 'ended'; readonly topic: string; readonly partition: number }

export interface LogWriter {
  /** Takes records in order; resolves when there is room for more, not when they are written: the back-pressure of a sink. */
  append(topic: string, records: readonly OutgoingRecord[]): Promise<void>
  /** Resolves when everything appended so far is acknowledged. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** The end offset that an earlier start of the run saw for a partition; undefined where this is the first. */
export function endSeenBefore(stop: ReadOptions['stop'], topic: string, partition: number): number | undefined {
  if (stop.type !== 'end') return undefined
  return stop.offsets?.find((end) => end.topic === topic && end.partition === partition)?.offset
}

/** Why a port cannot go on, in words for the user; `code` for programs: KAFKA_UNREACHABLE, TOPIC_NOT_FOUND, GROUP_IN_USE, … */
export class LogError extends Error {
  readonly code: string
  readonly topic: string | undefined

  constructor(code: string, message: string, options?: { topic?: string; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'LogError'
    this.code = code
    this.topic = options?.topic
  }
}
