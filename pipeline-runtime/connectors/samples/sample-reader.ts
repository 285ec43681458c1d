import { type LogRecord, logRecordsOf } from '../../data/log-records.ts'
import { hashText } from '../../data/value.ts'
import type { SampleRecord } from '../../samples/sample-shape.ts'
import type { LogEvent, LogReader } from '../log-port.ts'
import type { SampleClock } from './sample-clock.ts'

export interface SampleTopic {
  readonly topic: string
  readonly partitions: number
  /** In order of arrival. */
  readonly records: Iterator<SampleRecord>
}

const BATCH_RECORDS = 500
const encoder = new TextEncoder()

interface FedTopic extends SampleTopic {
  next: SampleRecord | undefined
  readonly waiting: LogRecord[][]
  readonly offsets: number[]
  /** Per partition: what was last said of it. */
  readonly caughtUp: boolean[]
  readonly endedPartitions: boolean[]
}

/**
 * Reads generated records as a log reader: in the order of the topics, then partitions, round robin. Without a clock as fast as it is
 * polled, and then a run is a function of the document; with one, each record when its time of arrival has come.
 */
export class SampleReader implements LogReader {
  private readonly topics: readonly FedTopic[]
  private readonly clock: SampleClock | undefined
  /** Time of arrival of the newest record fed, -Infinity at first: the clock of a run that is a function of its document. */
  arrivedMs = Number.NEGATIVE_INFINITY
  private assigned = false
  private turn = 0

  constructor(topics: readonly SampleTopic[], clock: SampleClock | undefined) {
    this.clock = clock
    this.topics = topics.map((topic) => ({
      ...topic,
      next: nextOf(topic.records),
      waiting: perPartition(topic.partitions, () => []),
      offsets: perPartition(topic.partitions, () => 0),
      caughtUp: perPartition(topic.partitions, () => false),
      endedPartitions: perPartition(topic.partitions, () => false),
    }))
  }

  /** How long the oldest record that was not handed out yet has been due. */
  get behindMs(): number {
    const nowMs = this.clock?.nowMs() ?? Number.NEGATIVE_INFINITY
    return Math.max(0, ...this.topics.map(({ next }) => (next === undefined ? 0 : nowMs - next.arrivalMs)))
  }

  async poll(waitMs: number): Promise<readonly LogEvent[]> {
    if (!this.assigned) {
      this.assigned = true
      return this.topics.flatMap(({ topic, offsets }) =>
        offsets.map((offset, partition): LogEvent => ({ type: 'assigned', topic, partition, offset })),
      )
    }
    const events = this.step()
    if (events.length === 0 && waitMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 20)))
    return events
  }

  /** One topic a turn, all its partitions. */
  private step(): LogEvent[] {
    for (let tries = 0; tries < this.topics.length; tries++) {
      const topic = this.topics[this.turn++ % this.topics.length]
      if (topic === undefined) break
      const events = this.feed(topic)
      if (events.length > 0) return events
    }
    return []
  }

  private feed(topic: FedTopic): LogEvent[] {
    const dueMs = this.clock?.nowMs() ?? Number.POSITIVE_INFINITY
    for (let count = 0; count < BATCH_RECORDS && topic.next !== undefined && topic.next.arrivalMs <= dueMs; count++) {
      const { key, value, timestampMs } = topic.next
      const partition = topic.partitions === 1 ? 0 : hashText(key) % topic.partitions
      topic.waiting[partition]?.push({
        offset: topic.offsets[partition] ?? 0,
        timestamp: timestampMs,
        key: encoder.encode(key),
        value,
      })
      topic.offsets[partition] = (topic.offsets[partition] ?? 0) + 1
      this.arrivedMs = Math.max(this.arrivedMs, topic.next.arrivalMs)
      topic.next = nextOf(topic.records)
    }
    const moreDue = topic.next !== undefined && topic.next.arrivalMs <= dueMs
    return topic.waiting.flatMap((records, partition) => this.eventsOf(topic, partition, records, moreDue))
  }

  private eventsOf(topic: FedTopic, partition: number, records: LogRecord[], moreDue: boolean): LogEvent[] {
    const place = { topic: topic.topic, partition }
    if (records.length > 0) {
      topic.caughtUp[partition] = false
      return [{ type: 'records', ...place, records: logRecordsOf(records.splice(0)), highWatermark: topic.offsets[partition] ?? 0 }]
    }
    if (topic.next === undefined) {
      if (topic.endedPartitions[partition] === true) return []
      topic.endedPartitions[partition] = true
      return [{ type: 'ended', ...place }]
    }
    if (this.clock === undefined || moreDue || topic.caughtUp[partition] === true) return []
    topic.caughtUp[partition] = true
    return [{ type: 'caught-up', ...place }]
  }

  async commit(): Promise<'committed'> {
    return 'committed'
  }

  highWatermarks() {
    return this.topics.flatMap(({ topic, offsets }) => offsets.map((offset, partition) => ({ topic, partition, offset })))
  }

  async close(): Promise<void> {}
}

function nextOf(records: Iterator<SampleRecord>): SampleRecord | undefined {
  const { done, value } = records.next()
  return done === true ? undefined : value
}

function perPartition<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}
