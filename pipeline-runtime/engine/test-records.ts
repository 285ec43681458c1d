import type { LogRecord } from '../data/log-records.ts'

/** A record as tests of documents and of operators write it. */
export interface TestRecord {
  /** Text is put into UTF-8. */
  readonly value: string | Uint8Array | null
  readonly key?: string | Uint8Array | null
  readonly timestamp?: number
  /** Counts on from the last one by default. */
  readonly offset?: number
  readonly headers?: Readonly<Record<string, string | null>>
}

/** A record as tests write it, as a log holds it. */
export function toLogRecord(record: TestRecord, nextOffset: number): LogRecord {
  const headers =
    record.headers && Object.entries(record.headers).map(([name, value]) => [name, value === null ? null : bytesOf(value)] as const)
  return {
    offset: record.offset ?? nextOffset,
    timestamp: record.timestamp ?? 0,
    key: record.key === undefined || record.key === null ? null : bytesOf(record.key),
    value: record.value === null ? null : bytesOf(record.value),
    headers,
  }
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text
}
