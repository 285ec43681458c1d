import { keyBytes, type LogRecords, logRecordsOf, valueBytes } from '../../data/log-records.ts'
import type { LogEvent } from '../log-port.ts'
import type { DecodedRecords } from './record-batch-decode.ts'
import type { FetchedPartition, FetchPartition } from './wire-protocol.ts'

/** Where reading ends: before this offset, or before the first record at or after this time. */
export interface ReadLimit {
  readonly endOffset?: number
  readonly timeMs?: number
}

/** One partition of a reader: its position, what lies unpolled, and when it has caught up or ended. */
export class ReadPartition {
  readonly topic: string
  readonly partition: number
  /** Offset of the next record to fetch. */
  position: number
  highWatermark: number
  readonly #limit: ReadLimit
  #queuedBytes = 0
  #queuedBatches = 0
  /** No records lay unpolled when the running fetch was sent: only then may its empty answer mean caught up (rule 8). */
  #askedWithNothingQueued = false
  #caughtUp = false
  #lost = false
  #ended = false
  #endTold = false

  constructor(topic: string, partition: number, position: number, highWatermark: number, limit: ReadLimit) {
    this.topic = topic
    this.partition = partition
    this.position = position
    this.highWatermark = highWatermark
    this.#limit = limit
  }

  /** Nothing is to be had here before new records are written. */
  get idle(): boolean {
    return this.#ended || (this.#caughtUp && this.#queuedBatches === 0)
  }

  begin(): LogEvent[] {
    const assigned: LogEvent = { type: 'assigned', ...this.#place(), offset: this.position }
    return [assigned, ...this.#endIfReached()]
  }

  /** Its broker does not answer: nobody knows whether there are records, so it is not quiet (rule 8). */
  lose(): LogEvent[] {
    if (this.#ended || this.#lost) return []
    this.#lost = true
    return [{ type: 'lost', ...this.#place() }]
  }

  /** Its broker answers again. */
  regain(): LogEvent[] {
    if (!this.#lost) return []
    this.#lost = false
    this.#caughtUp = false
    return [{ type: 'assigned', ...this.#place(), offset: this.position }]
  }

  wantsMore(share: number): boolean {
    return !this.#ended && this.#queuedBytes < share
  }

  request(maxBytes: number): FetchPartition {
    this.#askedWithNothingQueued = this.#queuedBatches === 0
    return { ...this.#place(), offset: this.position, maxBytes }
  }

  /** The poller has the records. */
  handedOut(records: LogRecords): void {
    this.#queuedBytes -= sizeOf(records)
    this.#queuedBatches--
  }

  /** What a fetch answered, as events. */
  take(decoded: DecodedRecords, { highWatermark, lastStableOffset }: FetchedPartition): LogEvent[] {
    this.highWatermark = highWatermark
    const events: LogEvent[] = []
    for (const chunk of decoded.chunks) {
      if (this.#ended) break
      const records = this.#cut(chunk)
      if (records.count > 0) events.push(this.#queue(records, lastStableOffset))
      this.position = records.nextOffset
      events.push(...this.#endIfReached())
    }
    if (!this.#ended && decoded.nextOffset > this.position) {
      // Only control records, aborted or compacted ones: the position moves on without a record.
      this.position = decoded.nextOffset
      if (decoded.chunks.length === 0) events.push(this.#queue(logRecordsOf([], decoded.nextOffset), lastStableOffset))
      events.push(...this.#endIfReached())
    }
    if (events.length > 0) this.#caughtUp = false
    else if (!this.#ended && !this.#caughtUp && this.#askedWithNothingQueued && this.position >= highWatermark) {
      this.#caughtUp = true
      events.push({ type: 'caught-up', ...this.#place() })
    }
    return events
  }

  #queue(records: LogRecords, lastStableOffset: number): LogEvent {
    this.#queuedBytes += sizeOf(records)
    this.#queuedBatches++
    return { type: 'records', ...this.#place(), records, highWatermark: this.highWatermark, lastStableOffset }
  }

  /** Up to the limit. A cut batch's next offset is that of the first record left out. */
  #cut(records: LogRecords): LogRecords {
    const { endOffset = Infinity, timeMs = Infinity } = this.#limit
    let keep = 0
    while (keep < records.count && (records.offsets[keep] as number) < endOffset && (records.timestamps[keep] as number) < timeMs) keep++ // as: keep is below count
    if (keep === records.count) return records
    const byTime = (records.offsets[keep] as number) < endOffset
    if (byTime) this.#ended = true
    const kept = Array.from({ length: keep }, (_, i) => ({
      offset: records.offsets[i] as number,
      timestamp: records.timestamps[i] as number,
      key: keyBytes(records, i),
      value: valueBytes(records, i),
      headers: records.headers?.[i],
    }))
    return logRecordsOf(kept, byTime ? records.offsets[keep] : endOffset)
  }

  #endIfReached(): LogEvent[] {
    const endOffset = this.#limit.endOffset
    const byOffset = !this.#ended && endOffset !== undefined && this.position >= endOffset
    if (!byOffset && !(this.#ended && !this.#endTold)) return []
    this.#ended = true
    this.#endTold = true
    return [{ type: 'ended', ...this.#place() }]
  }

  #place(): { readonly topic: string; readonly partition: number } {
    return { topic: this.topic, partition: this.partition }
  }
}

/** Bytes that an unpolled batch holds, its arrays included. */
function sizeOf({ data, count }: LogRecords): number {
  return data.byteLength + 32 * count
}
