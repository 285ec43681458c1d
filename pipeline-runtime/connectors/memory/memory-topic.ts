import type { LogRecord } from '../../data/log-records.ts'

/** One partition in memory: records in order of offset, the oldest given up where there are too many. */
export class MemoryPartition {
  private readonly kept: LogRecord[] = []
  private readonly maxRecords: number
  private first = 0

  constructor(maxRecords: number) {
    this.maxRecords = maxRecords
  }

  get startOffset(): number {
    return this.first
  }

  get endOffset(): number {
    return this.first + this.kept.length
  }

  append(record: Omit<LogRecord, 'offset'>): void {
    this.kept.push({ ...record, offset: this.endOffset })
    // By halves, so that giving up costs little per record.
    if (this.kept.length > 2 * this.maxRecords) {
      this.kept.splice(0, this.kept.length - this.maxRecords)
      this.first = this.kept[0]?.offset ?? this.first
    }
  }

  read(offset: number, limit: number, endOffset: number): readonly LogRecord[] {
    const from = Math.max(offset - this.first, 0)
    return this.kept.slice(from, Math.max(from, Math.min(from + limit, endOffset - this.first)))
  }

  /** Offset of the first record at or after the time; the end where there is none. */
  offsetAt(timeMs: number): number {
    return this.kept.find((record) => record.timestamp >= timeMs)?.offset ?? this.endOffset
  }
}

export interface MemoryTopic {
  readonly name: string
  readonly partitions: readonly MemoryPartition[]
  /** Whose turn it is among partitions for a record without key. */
  turn: number
}

/** The partition of a record: by its key, so that a key stays in order; without one in turn. */
export function partitionFor(topic: MemoryTopic, key: Uint8Array | null): number {
  if (key === null) return topic.turn++ % topic.partitions.length
  let hash = 0x811c9dc5
  for (const byte of key) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0) % topic.partitions.length
}
