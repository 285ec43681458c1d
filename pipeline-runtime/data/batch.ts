import { type Column, columnOf, constantColumn, selectColumn } from './column.ts'
import { BIGINT, type DataType, type Field, map, STRING, TIMESTAMP } from './types.ts'
import type { Value } from './value.ts'

/** What a row does to the result that it belongs to. On an append-only edge every row is an INSERT. */
export const RowKind = { INSERT: 0, UPSERT: 1, DELETE: 2 } as const
export type RowKind = (typeof RowKind)[keyof typeof RowKind]

/**
 * Where the rows of a batch came from and what the source record had beside its value: `$key`, `$timestamp`, `$headers`,
 * `$topic`, `$partition`, `$offset`. A batch never mixes partitions of a source. Rows made by a node (a window's result) have none.
 */
export interface RecordParts {
  /** Topic name, or the path of a file as the document has it. */
  readonly topic: string
  readonly partition: number
  readonly offsets: Float64Array
  /** The record's own timestamp, milliseconds since the epoch. */
  readonly timestamps: Float64Array
  /** STRING; the key read as UTF-8, NULL where the record has none. */
  readonly key: Column
  /** MAP<STRING, STRING>. */
  readonly headers: Column
}

/** Types of the record parts under the names by which expressions call them. */
export const RECORD_PARTS: readonly Field[] = [
  { name: '$key', type: STRING },
  { name: '$timestamp', type: TIMESTAMP },
  { name: '$topic', type: STRING },
  { name: '$partition', type: BIGINT },
  { name: '$offset', type: BIGINT },
  { name: '$headers', type: map(STRING) },
]

/**
 * A run of rows on one edge, in order. Rows are addressed 0..length-1; nothing of a batch changes after it was emitted.
 * Decision page: docs/decisions/2026-11-24-batches-and-values.md
 */
export interface Batch {
  readonly length: number
  readonly fields: readonly Field[]
  /** A column by its name; `$key` and the other record parts where `parts` is there. Throws for a name that is not there: the compiler has checked names. */
  column(name: string): Column
  /** Event time of each row, milliseconds since the epoch. */
  readonly eventTimes: Float64Array
  /**
   * The watermark on this edge in force *before* each row (semantics rule 7), ascending, -Infinity while there is none.
   * The watermark after the last row follows as a message of its own.
   */
  readonly watermarks: Float64Array
  /** Absent where every row is an INSERT. */
  readonly kinds: Uint8Array | undefined
  readonly parts: RecordParts | undefined
}

/** A batch over columns in the order of `fields`. All arrays have at least `length` entries. */
export function createBatch(init: {
  readonly length: number
  readonly fields: readonly Field[]
  readonly columns: readonly Column[]
  readonly eventTimes: Float64Array
  readonly watermarks: Float64Array
  readonly kinds?: Uint8Array | undefined
  readonly parts?: RecordParts | undefined
}): Batch {
  return new ColumnBatch(init.length, init.fields, init.columns, init.eventTimes, init.watermarks, init.kinds, init.parts)
}

/** The rows `rows[0..count)` (ascending) of a batch as a batch, without copying values. */
export function selectRows(batch: Batch, rows: Int32Array, count: number): Batch {
  if (count === batch.length) return batch
  return createBatch({
    length: count,
    fields: batch.fields,
    columns: batch.fields.map((field) => selectColumn(batch.column(field.name), rows, count)),
    eventTimes: gather(batch.eventTimes, rows, count),
    watermarks: gather(batch.watermarks, rows, count),
    kinds: batch.kinds && gatherBytes(batch.kinds, rows, count),
    parts: batch.parts && selectParts(batch.parts, rows, count),
  })
}

/** The rows from `start` to before `end`. */
export function sliceRows(batch: Batch, start: number, end: number): Batch {
  const rows = new Int32Array(end - start)
  for (let i = 0; i < rows.length; i++) rows[i] = start + i
  return selectRows(batch, rows, rows.length)
}

/** The same rows with other columns: event times, watermarks, kinds and record parts stay. */
export function withColumns(batch: Batch, fields: readonly Field[], columns: readonly Column[]): Batch {
  return createBatch({ ...systemColumns(batch), fields, columns })
}

/** The same rows under other watermarks, for operators and exchanges that merge several inputs. */
export function withWatermarks(batch: Batch, watermarks: Float64Array): Batch {
  const columns = batch.fields.map((field) => batch.column(field.name))
  return createBatch({ ...systemColumns(batch), fields: batch.fields, columns, watermarks })
}

function systemColumns(batch: Batch) {
  return { length: batch.length, eventTimes: batch.eventTimes, watermarks: batch.watermarks, kinds: batch.kinds, parts: batch.parts }
}

export function kindOf(batch: Batch, row: number): RowKind {
  return batch.kinds === undefined ? RowKind.INSERT : (batch.kinds[row] as RowKind)
}

/** One row as values in the order of the fields, for errors, tests and the screen; never on the hot path. */
export function rowValues(batch: Batch, row: number): Value[] {
  return batch.fields.map((field) => batch.column(field.name).value(row))
}

class ColumnBatch implements Batch {
  readonly length: number
  readonly fields: readonly Field[]
  readonly eventTimes: Float64Array
  readonly watermarks: Float64Array
  readonly kinds: Uint8Array | undefined
  readonly parts: RecordParts | undefined
  private readonly columns: readonly Column[]

  constructor(
    length: number,
    fields: readonly Field[],
    columns: readonly Column[],
    eventTimes: Float64Array,
    watermarks: Float64Array,
    kinds: Uint8Array | undefined,
    parts: RecordParts | undefined,
  ) {
    this.length = length
    this.fields = fields
    this.columns = columns
    this.eventTimes = eventTimes
    this.watermarks = watermarks
    this.kinds = kinds
    this.parts = parts
  }

  column(name: string): Column {
    for (let i = 0; i < this.fields.length; i++) if (this.fields[i]?.name === name) return this.columns[i] as Column
    const part = this.parts && partColumn(this.parts, name, this.length)
    if (part === undefined) throw new Error(`No column ${name} among ${this.fields.map((f) => f.name).join(', ')}.`)
    return part
  }
}

function partColumn(parts: RecordParts, name: string, length: number): Column | undefined {
  switch (name) {
    case '$key':
      return parts.key
    case '$headers':
      return parts.headers
    case '$timestamp':
      return numbersColumn(TIMESTAMP, parts.timestamps, length)
    case '$offset':
      return numbersColumn(BIGINT, parts.offsets, length)
    case '$topic':
      return constantColumn(STRING, parts.topic, length)
    case '$partition':
      return constantColumn(BIGINT, parts.partition, length)
    default:
      return undefined
  }
}

function numbersColumn(type: DataType, numbers: Float64Array, length: number): Column {
  return columnOf(type, Array.from(numbers.subarray(0, length)))
}

function selectParts(parts: RecordParts, rows: Int32Array, count: number): RecordParts {
  return {
    topic: parts.topic,
    partition: parts.partition,
    offsets: gather(parts.offsets, rows, count),
    timestamps: gather(parts.timestamps, rows, count),
    key: selectColumn(parts.key, rows, count),
    headers: selectColumn(parts.headers, rows, count),
  }
}

function gather(from: Float64Array, rows: Int32Array, count: number): Float64Array {
  const to = new Float64Array(count)
  for (let i = 0; i < count; i++) to[i] = from[rows[i] as number] as number
  return to
}

function gatherBytes(from: Uint8Array, rows: Int32Array, count: number): Uint8Array {
  const to = new Uint8Array(count)
  for (let i = 0; i < count; i++) to[i] = from[rows[i] as number] as number
  return to
}
