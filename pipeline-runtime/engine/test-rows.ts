import { type Batch, createBatch, kindOf, RowKind } from '../data/batch.ts'
import { type ColumnWriter, columnOf, createColumnWriter } from '../data/column.ts'
import { Decimal } from '../data/decimal.ts'
import { type DataType, type Field, map, STRING } from '../data/types.ts'
import { integerAtRest, type Value } from '../data/value.ts'

/**
 * Rows as tests write and read them: values by column name, and `$timestamp` (event time), `$kind` where it is no INSERT;
 * going in also `$watermark`, and for edges with record parts `$key`, `$topic`, `$partition`, `$offset`, `$headers`.
 */
export type TestRow = Readonly<Record<string, unknown>>

/** A row as it came out: values at rest. */
export type OutRow = Readonly<Record<string, Value>>

/**
 * A value at rest from what a test or a document writes: a DECIMAL as text or number, a TIMESTAMP or DATE as ISO-8601 or number,
 * an integer also as text or bigint, BYTES also as text, a ROW also as an object, a MAP also as an object. Throws for anything else.
 */
export function testValue(type: DataType, written: unknown): Value {
  if (written === null || written === undefined) return null
  switch (type.name) {
    case 'BIGINT':
      if (typeof written === 'bigint') return integerAtRest(written)
      if (typeof written === 'string' && /^-?\d+$/.test(written)) return integerAtRest(BigInt(written))
      if (Number.isSafeInteger(written)) return written as number
      break
    case 'DOUBLE':
    case 'INTERVAL':
      if (typeof written === 'number') return written
      break
    case 'DECIMAL': {
      const decimal = written instanceof Decimal ? written : Decimal.parse(String(written))
      if (decimal !== undefined) return decimal.toScale(type.scale)
      break
    }
    case 'STRING':
      if (typeof written === 'string') return written
      break
    case 'BOOLEAN':
      if (typeof written === 'boolean') return written
      break
    case 'BYTES':
      if (written instanceof Uint8Array) return written
      if (typeof written === 'string') return new TextEncoder().encode(written)
      break
    case 'DATE':
    case 'TIMESTAMP_LTZ': {
      if (typeof written === 'number') return written
      const milliseconds = typeof written === 'string' ? Date.parse(written) : Number.NaN
      if (!Number.isNaN(milliseconds)) return type.name === 'DATE' ? Math.floor(milliseconds / 86_400_000) : milliseconds
      break
    }
    case 'ARRAY':
      if (Array.isArray(written)) return written.map((element) => testValue(type.element, element))
      break
    case 'ROW':
      if (Array.isArray(written)) return type.fields.map((field, i) => testValue(field.type, written[i]))
      if (typeof written === 'object') return type.fields.map((field) => testValue(field.type, (written as TestRow)[field.name]))
      break
    case 'MAP':
      if (written instanceof Map) return new Map(Array.from(written, ([key, value]) => [String(key), testValue(type.value, value)]))
      if (typeof written === 'object') return new Map(Object.entries(written).map(([key, value]) => [key, testValue(type.value, value)]))
      break
    case 'NULL':
      break
  }
  throw new TypeError(`${String(written)} is no value of type ${type.name}.`)
}

/** Rows as a batch. A row without `$timestamp` has event time 0, one without `$watermark` has `watermark`. */
export function batchOf(
  fields: readonly Field[],
  rows: readonly TestRow[],
  options: { watermark?: number; recordParts?: boolean; firstOffset?: number; partition?: number; topic?: string } = {},
): Batch {
  const writers: readonly ColumnWriter[] = fields.map((field) => createColumnWriter(field.type, rows.length))
  const length = rows.length
  const eventTimes = new Float64Array(length)
  const watermarks = new Float64Array(length)
  const offsets = new Float64Array(length)
  const timestamps = new Float64Array(length)
  let kinds: Uint8Array | undefined
  rows.forEach((row, i) => {
    for (const name of Object.keys(row)) {
      if (!name.startsWith('$') && !fields.some((field) => field.name === name))
        throw new TypeError(`No column ${name} among ${fields.map((f) => f.name).join(', ')}.`)
    }
    fields.forEach((field, column) => {
      writers[column]?.append(testValue(field.type, row[field.name]))
    })
    eventTimes[i] = numberOf(row.$timestamp, 0)
    timestamps[i] = eventTimes[i] ?? 0
    watermarks[i] = numberOf(row.$watermark, options.watermark ?? Number.NEGATIVE_INFINITY)
    offsets[i] = numberOf(row.$offset, (options.firstOffset ?? 0) + i)
    const kind = row.$kind === undefined ? RowKind.INSERT : RowKind[row.$kind as keyof typeof RowKind]
    if (kind !== RowKind.INSERT) {
      kinds ??= new Uint8Array(length)
      kinds[i] = kind
    }
  })
  const first = rows[0]
  const parts = options.recordParts
    ? {
        topic: typeof first?.$topic === 'string' ? first.$topic : (options.topic ?? 'test'),
        partition: numberOf(first?.$partition, options.partition ?? 0),
        offsets,
        timestamps,
        key: columnOf(
          STRING,
          rows.map((row) => testValue(STRING, row.$key)),
        ),
        headers: columnOf(
          map(STRING),
          rows.map((row) => testValue(map(STRING), row.$headers)),
        ),
      }
    : undefined
  return createBatch({ length, fields, columns: writers.map((writer) => writer.finish()), eventTimes, watermarks, kinds, parts })
}

/** The rows of a batch with their event times as `$timestamp`, and `$kind` where it is no INSERT. */
export function rowsOf(batch: Batch): OutRow[] {
  return Array.from({ length: batch.length }, (_, row) => {
    const values: Record<string, Value> = {}
    for (const field of batch.fields) values[field.name] = batch.column(field.name).value(row)
    values.$timestamp = batch.eventTimes[row] ?? null
    const kind = kindOf(batch, row)
    if (kind !== RowKind.INSERT) values.$kind = kind === RowKind.UPSERT ? 'UPSERT' : 'DELETE'
    return values
  })
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : otherwise
}
