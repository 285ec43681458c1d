import type { RecordParts } from '../../data/batch.ts'
import type { Column } from '../../data/column.ts'
import { keyBytes, type LogRecords } from '../../data/log-records.ts'
import { type DataType, map, STRING } from '../../data/types.ts'
import type { Value } from '../../data/value.ts'

const HEADERS: DataType = map(STRING)
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** What the records of the given indices have beside their values; keys and headers become text only where someone asks. */
export function recordParts(records: LogRecords, indices: Int32Array, count: number, topic: string, partition: number): RecordParts {
  const offsets = new Float64Array(count)
  const timestamps = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const index = indices[row] as number // Rows below `count` are set.
    offsets[row] = records.offsets[index] as number
    timestamps[row] = records.timestamps[index] as number
  }
  return {
    topic,
    partition,
    offsets,
    timestamps,
    key: new KeyColumn(records, indices, count),
    headers: new HeadersColumn(records, indices, count),
  }
}

/** STRING: the key read as UTF-8. */
class KeyColumn implements Column {
  readonly type: DataType = STRING
  readonly length: number
  private readonly records: LogRecords
  private readonly indices: Int32Array

  constructor(records: LogRecords, indices: Int32Array, length: number) {
    this.records = records
    this.indices = indices
    this.length = length
  }
  isNull(row: number): boolean {
    return (this.records.keyStarts[this.indices[row] as number] as number) < 0
  }
  value(row: number): Value {
    const bytes = keyBytes(this.records, this.indices[row] as number)
    return bytes === null ? null : decoder.decode(bytes)
  }
  number(): number {
    throw new TypeError('$key is a STRING; use value().')
  }
}

/** MAP<STRING, STRING>: of headers of one name the last. */
class HeadersColumn implements Column {
  readonly type: DataType = HEADERS
  readonly length: number
  private readonly records: LogRecords
  private readonly indices: Int32Array

  constructor(records: LogRecords, indices: Int32Array, length: number) {
    this.records = records
    this.indices = indices
    this.length = length
  }
  isNull(): boolean {
    return false
  }
  value(row: number): Value {
    const headers = this.records.headers?.[this.indices[row] as number]
    return new Map((headers ?? []).map(([name, bytes]) => [name, bytes === null ? null : decoder.decode(bytes)]))
  }
  number(): number {
    throw new TypeError('$headers is a MAP; use value().')
  }
}
