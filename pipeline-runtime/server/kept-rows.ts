import { type Batch, RowKind } from '../data/batch.ts'
import { type Column, columnOf } from '../data/column.ts'
import type { DataType, Field } from '../data/types.ts'
import type { Value } from '../data/value.ts'
import type { RowOrigin } from '../rpc/cells.ts'

/** Some rows as they passed, kept for the screen: references to columns that nobody changes any more, read only when someone looks. */
export interface KeptRows {
  readonly length: number
  /** In the order of the tab's columns. */
  readonly columns: readonly Column[]
  readonly eventTimes: Float64Array
  /** Absent where every row is an INSERT. */
  readonly kinds: Uint8Array | undefined
  readonly origin: { readonly topic: string; readonly partition: number; readonly offsets: Float64Array } | undefined
  /** About what they take in memory. */
  readonly bytes: number
  /** Whether nothing else is held by them. */
  readonly isCopy: boolean
}

/** A batch without what only operators need: keys and headers would hold on to the bytes that were fetched. */
export function keepBatch(batch: Batch, fields: readonly Field[]): KeptRows {
  const columns = fields.map(({ name }) => batch.column(name))
  const { length, eventTimes, kinds, parts } = batch
  const origin = parts && { topic: parts.topic, partition: parts.partition, offsets: parts.offsets }
  return { length, columns, eventTimes, kinds, origin, bytes: estimateBytes(columns, length), isCopy: false }
}

/** The same rows with their values copied, so that what they were selected from can go. */
export function copyRows(rows: KeptRows): KeptRows {
  const { length, eventTimes, kinds, origin } = rows
  const columns = rows.columns.map((column) => {
    const values: Value[] = []
    for (let row = 0; row < length; row++) values.push(column.value(row))
    return columnOf(column.type, values)
  })
  return {
    ...rows,
    columns,
    eventTimes: eventTimes.slice(0, length),
    kinds: kinds?.slice(0, length),
    origin: origin && { ...origin, offsets: origin.offsets.slice(0, length) },
    isCopy: true,
  }
}

/** One row from its values. Bytes are copied, since they are spans of what was fetched. */
export function keepValues(values: readonly Value[], fields: readonly Field[], eventTime: number, origin: RowOrigin | undefined): KeptRows {
  const columns = fields.map(({ type }, i) => columnOf(type, [ownBytes(values[i] ?? null)]))
  return {
    length: 1,
    columns,
    eventTimes: Float64Array.of(eventTime),
    kinds: undefined,
    origin: origin && { topic: origin.topic, partition: origin.partition, offsets: Float64Array.of(origin.offset) },
    bytes: estimateBytes(columns, 1),
    isCopy: true,
  }
}

export function keptKind({ kinds }: KeptRows, row: number): RowKind {
  return kinds === undefined ? RowKind.INSERT : (kinds[row] as RowKind) // as: what a batch has in it
}

function ownBytes(value: Value): Value {
  if (value instanceof Uint8Array) return value.slice()
  if (value instanceof Map) return new Map(Array.from(value as ReadonlyMap<string, Value>, ([name, part]) => [name, ownBytes(part)]))
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
    const step = Math.max(1, Math.floor(length / LOOKED_AT))
    let looked = 0
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
