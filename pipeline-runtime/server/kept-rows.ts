import { type Batch, RowKind } from '../data/batch.ts'
import type { Column } from '../data/column.ts'
import type { DataType, Field } from '../data/types.ts'
import type { Value } from '../data/value.ts'
import type { RowOrigin } from '../rpc/cells.ts'

/** Some rows as they passed, kept for the screen. */
export interface KeptRows {
  readonly length: number
  /** About what they take in memory. */
  readonly bytes: number
  /** By the place of the column in the tab. */
  value(column: number, row: number): Value
  eventTime(row: number): number
  kind(row: number): RowKind
  /** Undefined for rows that a step made. */
  origin(row: number): RowOrigin | undefined
}

/**
 * A batch, referred to: nobody changes its columns any more, and they are read only when someone looks. Without what only operators
 * need: keys and headers would hold on to the bytes that were fetched.
 */
export class BatchRows implements KeptRows {
  readonly length: number
  readonly bytes: number
  private readonly columns: Column[] = []
  private readonly eventTimes: Float64Array
  private readonly kinds: Uint8Array | undefined
  private readonly topic: string | undefined
  private readonly partition: number
  private readonly offsets: Float64Array | undefined

  constructor(batch: Batch, fields: readonly Field[]) {
    const { parts } = batch
    this.length = batch.length
    this.eventTimes = batch.eventTimes
    this.kinds = batch.kinds
    this.topic = parts?.topic
    this.partition = parts?.partition ?? 0
    this.offsets = parts?.offsets
    for (let i = 0; i < fields.length; i++) this.columns.push(batch.column((fields[i] as Field).name)) // as: i is below length
    this.bytes = estimateBytes(this.columns, this.length)
  }

  value(column: number, row: number): Value {
    return this.columns[column]?.value(row) ?? null
  }
  eventTime(row: number): number {
    return this.eventTimes[row] ?? 0
  }
  kind(row: number): RowKind {
    return this.kinds === undefined ? RowKind.INSERT : (this.kinds[row] as RowKind) // as: what a batch has in it
  }
  origin(row: number): RowOrigin | undefined {
    const { topic, partition, offsets } = this
    return topic === undefined ? undefined : { topic, partition, offset: offsets?.[row] ?? 0 }
  }
}

/** Rows with values of their own: nothing else is held by them. */
export class OwnRows implements KeptRows {
  bytes = 0
  private readonly columns: readonly Value[][]
  private readonly eventTimes: number[] = []
  private readonly kinds: RowKind[] = []
  private readonly topics: (string | undefined)[] = []
  private readonly partitions: number[] = []
  private readonly offsets: number[] = []

  constructor(width: number) {
    this.columns = Array.from({ length: width }, () => [])
  }

  get length(): number {
    return this.eventTimes.length
  }

  add(values: readonly Value[], eventTime: number, kind: RowKind, origin: RowOrigin | undefined): void {
    let bytes = 64
    for (let i = 0; i < this.columns.length; i++) {
      const value = values[i] ?? null
      this.columns[i]?.push(value)
      bytes += 8 + sizeOf(value)
    }
    this.bytes += bytes
    this.eventTimes.push(eventTime)
    this.kinds.push(kind)
    this.topics.push(origin?.topic)
    this.partitions.push(origin?.partition ?? 0)
    this.offsets.push(origin?.offset ?? 0)
  }

  addAll(rows: KeptRows): void {
    this.bytes += rows.bytes
    for (let row = 0; row < rows.length; row++) {
      for (let i = 0; i < this.columns.length; i++) this.columns[i]?.push(rows.value(i, row))
      this.eventTimes.push(rows.eventTime(row))
      this.kinds.push(rows.kind(row))
      const origin = rows.origin(row)
      this.topics.push(origin?.topic)
      this.partitions.push(origin?.partition ?? 0)
      this.offsets.push(origin?.offset ?? 0)
    }
  }

  value(column: number, row: number): Value {
    return this.columns[column]?.[row] ?? null
  }
  eventTime(row: number): number {
    return this.eventTimes[row] ?? 0
  }
  kind(row: number): RowKind {
    return this.kinds[row] ?? RowKind.INSERT
  }
  origin(row: number): RowOrigin | undefined {
    const topic = this.topics[row]
    return topic === undefined ? undefined : { topic, partition: this.partitions[row] ?? 0, offset: this.offsets[row] ?? 0 }
  }
}

/** A value whose bytes are its own, and not a span of what was fetched. */
export function ownValue(value: Value): Value {
  if (value instanceof Uint8Array) return value.slice()
  if (value instanceof Map) return new Map(Array.from(value as ReadonlyMap<string, Value>, ([name, part]) => [name, ownValue(part)]))
  return value
}

const LOOKED_AT = 4

/** From a few rows: walking through all would cost more than keeping them. */
function estimateBytes(columns: readonly Column[], length: number): number {
  let perRow = 24
  for (const column of columns) {
    if (!isLong(column.type)) {
      perRow += 16
      continue
    }
    let size = 0
    let looked = 0
    const step = Math.max(1, Math.floor(length / LOOKED_AT))
    for (let row = 0; row < length; row += step, looked++) size += sizeOf(column.value(row))
    perRow += 24 + size / Math.max(1, looked)
  }
  return Math.ceil(perRow * length)
}

function isLong({ name }: DataType): boolean {
  return name === 'STRING' || name === 'BYTES' || name === 'ARRAY' || name === 'ROW' || name === 'MAP'
}

function sizeOf(value: Value): number {
  if (typeof value === 'string') return value.length
  if (value instanceof Uint8Array) return value.length
  if (value instanceof Map) {
    let size = 0
    for (const [name, part] of value as ReadonlyMap<string, Value>) size += name.length + 32 + sizeOf(part)
    return size
  }
  if (Array.isArray(value)) return (value as readonly Value[]).reduce<number>((sum, part) => sum + 16 + sizeOf(part), 16)
  return 16
}
