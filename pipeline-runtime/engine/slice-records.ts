import type { LogRecords } from '../data/log-records.ts'

/** The records from `start` to before `end`, over the same bytes. */
export function sliceRecords(records: LogRecords, start: number, end: number): LogRecords {
  if (start === 0 && end >= records.count) return records
  const last = end >= records.count
  return {
    count: Math.min(end, records.count) - start,
    data: records.data,
    offsets: records.offsets.subarray(start, end),
    timestamps: records.timestamps.subarray(start, end),
    keyStarts: records.keyStarts.subarray(start, end),
    keyEnds: records.keyEnds.subarray(start, end),
    valueStarts: records.valueStarts.subarray(start, end),
    valueEnds: records.valueEnds.subarray(start, end),
    headers: records.headers?.slice(start, end),
    nextOffset: last ? records.nextOffset : (records.offsets[end] as number),
  }
}
