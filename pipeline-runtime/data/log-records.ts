/**
 * Records as a log holds them: bytes in one buffer, spans into it. What connectors hand to the engine and what a capture keeps.
 * A span of start -1 is null (no key, a tombstone's value).
 */
export interface LogRecords {
  readonly count: number
  readonly data: Uint8Array
  readonly offsets: Float64Array
  /** The record's own timestamp, milliseconds since the epoch. */
  readonly timestamps: Float64Array
  readonly keyStarts: Int32Array
  readonly keyEnds: Int32Array
  readonly valueStarts: Int32Array
  readonly valueEnds: Int32Array
  /** Absent where no record has headers. */
  readonly headers: readonly (LogHeaders | undefined)[] | undefined
  /** The position after this batch: offset of the next record to read. May be beyond the last offset + 1. */
  readonly nextOffset: number
}

export type LogHeaders = readonly (readonly [name: string, value: Uint8Array | null])[]

/** One record on its way into a batch or out to a log. */
export interface LogRecord {
  readonly offset: number
  readonly timestamp: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers?: LogHeaders | undefined
}

export function logRecordsOf(records: readonly LogRecord[], nextOffset?: number): LogRecords {
  let size = 0
  for (const record of records) size += (record.key?.length ?? 0) + (record.value?.length ?? 0)
  const count = records.length
  const data = new Uint8Array(size)
  const offsets = new Float64Array(count)
  const timestamps = new Float64Array(count)
  const spans = {
    keyStarts: new Int32Array(count),
    keyEnds: new Int32Array(count),
    valueStarts: new Int32Array(count),
    valueEnds: new Int32Array(count),
  }
  let headers: (LogHeaders | undefined)[] | undefined
  let position = 0
  const put = (bytes: Uint8Array | null, starts: Int32Array, ends: Int32Array, index: number) => {
    starts[index] = bytes === null ? -1 : position
    if (bytes !== null) data.set(bytes, position)
    position += bytes?.length ?? 0
    ends[index] = bytes === null ? -1 : position
  }
  records.forEach((record, i) => {
    offsets[i] = record.offset
    timestamps[i] = record.timestamp
    put(record.key, spans.keyStarts, spans.keyEnds, i)
    put(record.value, spans.valueStarts, spans.valueEnds, i)
    if (record.headers !== undefined && record.headers.length > 0) {
      headers ??= new Array<LogHeaders | undefined>(count).fill(undefined)
      headers[i] = record.headers
    }
  })
  const last = records[count - 1]
  return { count, data, offsets, timestamps, ...spans, headers, nextOffset: nextOffset ?? (last === undefined ? 0 : last.offset + 1) }
}

export function keyBytes(records: LogRecords, index: number): Uint8Array | null {
  return span(records.data, records.keyStarts[index] as number, records.keyEnds[index] as number)
}

export function valueBytes(records: LogRecords, index: number): Uint8Array | null {
  return span(records.data, records.valueStarts[index] as number, records.valueEnds[index] as number)
}

/** Of the keys and values of all records from `start` on, without what a log puts around them. */
export function payloadBytes({ count, keyStarts, keyEnds, valueStarts, valueEnds }: LogRecords, start = 0): number {
  let bytes = 0
  // A null span is [-1, -1): it adds nothing.
  for (let i = start; i < count; i++) {
    bytes += (keyEnds[i] as number) - (keyStarts[i] as number) + (valueEnds[i] as number) - (valueStarts[i] as number)
  }
  return bytes
}

function span(data: Uint8Array, start: number, end: number): Uint8Array | null {
  return start < 0 ? null : data.subarray(start, end)
}
