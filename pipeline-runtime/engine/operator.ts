import type { z } from 'zod'
import type { Batch, RowKind } from '../data/batch.ts'
import type { ColumnWriter } from '../data/column.ts'
import type { LogHeaders, LogRecords } from '../data/log-records.ts'
import type { Json, Value } from '../data/value.ts'
import type { EdgeSchema } from '../spec/edge-schema.ts'
import type { NodeKind } from '../spec/node-kind.ts'

/**
 * The running code of a node in one task. No object per record crosses this interface: rows come as batches, are read by
 * column and written by column. An operator reads no clock, no random source and no network.
 * Decision page: docs/decisions/2026-11-24-batches-and-values.md
 */
export interface Operator {
  /**
   * How far event times of the rows that it makes may lie behind its watermark (an outer join's padded rows): its out ports tell a
   * watermark that is lower by this, so that those rows are not late downstream. Default 0.
   */
  readonly outputDelayMs?: number
  /** Rows on an in port. `input` is the index of the edge among those that end at this node, in document order. */
  process?(input: number, batch: Batch): void
  /** Only sources: records of one partition of the node's topic or file. */
  receive?(records: LogRecords, origin: RecordOrigin): void
  /**
   * A timer of `context.timers` is due: the node's watermark is `time` (or was already beyond it when the timer was set). Rows made
   * now follow the watermark `time - 1`, so an event time of `time` or later is not late downstream.
   */
  onTimer?(time: number, key: string): void
  /** Processing time moved on; only for what is marked as processing time. */
  onClock?(nowMs: number): void
  /** Only a look, for the screen: rows that would leave by `port` if their time came now, at most `limit`. Changes nothing. */
  openRows?(port: string, limit: number): readonly OpenResult[]
  /** Whatever is to survive a restart beside `context.store` and timers. */
  snapshot?(): Json
  restore?(snapshot: Json): void
}

/** A result that is not finished yet. */
export interface OpenResult {
  /** Of the port's columns. */
  readonly values: readonly Value[]
  /** The watermark that finishes it. */
  readonly finishedBy: number
}

export interface RecordOrigin {
  readonly topic: string
  readonly partition: number
  /** The captured clock, for `maxAheadMs` (rule 5). */
  readonly nowMs: number
}

export interface OperatorContext {
  readonly nodeId: string
  readonly timeZone: string
  /** Schemas of the edges that end at this node, in document order. */
  readonly inputs: readonly EdgeSchema[]
  /** In ports of those edges. */
  readonly inputPorts: readonly string[]
  readonly outputs: Readonly<Record<string, EdgeSchema>>
  /** Throws for a port that the node does not have; a port without an edge takes rows and counts them. */
  output(port: string): OutputPort
  /** Only sinks: what the topic takes, as far as the runner knows. */
  readonly sinkLimits: SinkLimits
  /** Only sinks: what leaves the pipeline. */
  write(records: readonly OutgoingRecord[]): void
  readonly timers: Timers
  /**
   * Walks over a batch for operators with timers: each step moves the node's watermark to the one before the row and fires
   * the timers that are due, so that timers fire between records (rule 7). -1 at the end. A node that has timers has to walk every
   * batch to its end; anything else stops the run with INTERNAL_ERROR.
   */
  rows(batch: Batch): RowCursor
  /** Keyed state, held, counted, saved and restored by the engine; one call per name, while the operator is made. */
  store<V>(name: string, codec: StateCodec<V>): KeyedStore<V>
  /** The captured clock, milliseconds since the epoch; only for what is marked as processing time, and for what a topic takes. */
  clockMs(): number
  /** The watermark of the node at this moment: everything up to it is believed complete. -Infinity at first. */
  watermark(): number
  readonly counters: OperatorCounters
  /** Counts rows that end here (`rows[0..count)`, ascending, left alone afterwards) and shows them to whoever looks. */
  removed(batch: Batch, rows: Int32Array, count: number): void
  /** Shows a row that failed to whoever looks, whatever the policy makes of it. `values`, those of DEAD_LETTER_COLUMNS, are asked for only then. */
  showSetAside(eventTime: number, failure: FailedPlace, values: () => readonly Value[]): void
  /** Only sources: so many of what was received are no records of their own (the line with the names of the columns, empty lines). */
  noRecords(count: number): void
  /** Stops the run: code, what happened, which record, what to do. Throws. */
  fail(failure: Failure): never
}

/** One edge start. Order of calls is order of rows. */
export interface OutputPort {
  /** Passes on rows that keep their event times, watermarks and record parts: a whole input batch, `selectRows` or `withColumns` of one. */
  emit(batch: Batch): void
  /**
   * Writers of the port's columns, in schema order: append one value to each, then `endRow`. For rows that the node makes. In
   * `process` they can be made only within a walk over `context.rows(batch)`, which tells what watermark they follow (dead letters
   * excepted). Do not both emit and make rows on one port during one batch: their watermarks would run back.
   */
  readonly columns: readonly ColumnWriter[]
  endRow(eventTime: number, kind?: RowKind): void
}

export interface RowCursor {
  /** Index of the next row, or -1 behind the last one. */
  next(): number
}

/** Event-time timers; setting one twice is setting it once. They fire in (time, key) order (rule 14). */
export interface Timers {
  set(time: number, key: string): void
  delete(time: number, key: string): void
}

export interface KeyedStore<V> {
  readonly size: number
  get(key: string): V | undefined
  /** Also after changing a value in place: the engine hashes and saves what was put. */
  put(key: string, value: V): void
  delete(key: string): void
  /** In the order of first insertion. */
  entries(): Iterable<readonly [key: string, value: V]>
}

export interface StateCodec<V> {
  encode(value: V): Json
  decode(json: Json): V
}

/** What the card shows beside rows in and out, which the engine counts itself. */
export interface OperatorCounters {
  /** Rows that a filter kept out, records that `skip` passed over are `skipped`. */
  removed: number
  /** Rows late for at least one window. */
  late: number
  /** Records or rows that could not be decoded or evaluated, whatever the policy made of them. */
  errors: number
  skipped: number
  deadLettered: number
  /** Records without a value, whatever became of them: those that were passed over are `skipped` too. */
  tombstones: number
  /** Undecodable or odd things that are no error, by name. */
  readonly other: Record<string, number>
}

export interface Failure {
  readonly code: string
  readonly message: string
  readonly topic?: string | undefined
  readonly partition?: number | undefined
  readonly offset?: number | undefined
}

/** Why a record or row failed, and where it was read; null for a row that is no longer a record of a source. */
export interface FailedPlace {
  readonly code: string
  readonly reason: string
  readonly topic: string | null
  readonly partition: number | null
  readonly offset: number | null
}

/** A record on its way out of the pipeline. For files only `value` counts: the bytes to append. */
export interface OutgoingRecord {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers?: LogHeaders | undefined
  /** Milliseconds since the epoch. */
  readonly timestamp: number
}

/** Why a topic would refuse a record (rule 3); what is absent is not known or not limited. */
export interface SinkLimits {
  /** Of a record batch, so of one record with its frame. */
  readonly maxMessageBytes?: number | undefined
  /** A compacted topic takes no record without a key. */
  readonly compacted?: boolean | undefined
  /** How far ahead of the clock a record's timestamp may be. */
  readonly maxAheadMs?: number | undefined
}

export interface OperatorFactory<K extends NodeKind = NodeKind> {
  create(config: z.output<K['config']>, context: OperatorContext): Operator
}

/** Ties the running code to its definition, so that the config's type is the definition's. */
export function implement<K extends NodeKind>(
  _kind: K,
  create: (config: z.output<K['config']>, context: OperatorContext) => Operator,
): OperatorFactory<K> {
  return { create }
}
