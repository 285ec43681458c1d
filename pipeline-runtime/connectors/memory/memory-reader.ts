import { logRecordsOf } from '../../data/log-records.ts'
import { type CommitOutcome, endSeenBefore, type LogEvent, type LogReader, type ReadOptions, type TopicPosition } from '../log-port.ts'
import type { MemoryPartition, MemoryTopic } from './memory-topic.ts'

const BATCH_RECORDS = 500
const MAX_EVENTS_PER_POLL = 8

interface ReadPlace {
  readonly topic: string
  readonly partition: number
  readonly log: MemoryPartition
  position: number
  /** For `stop: end`: the end as it was when reading began. */
  readonly endOffset: number
  caughtUp: boolean
  ended: boolean
}

/** Reads round robin over the topics as given, then their partitions; the same log gives the same events. */
export class MemoryReader implements LogReader {
  private readonly places: readonly ReadPlace[]
  private readonly stop: ReadOptions['stop']
  /** Absent without a group. */
  private readonly onCommit: ((positions: readonly TopicPosition[]) => void) | undefined
  private readonly onClose: () => void
  private assigned = false
  private closed = false
  private turn = 0
  private wake: (() => void) | undefined

  constructor(
    topics: readonly MemoryTopic[],
    options: ReadOptions,
    onCommit: ((positions: readonly TopicPosition[]) => void) | undefined,
    onClose: () => void,
  ) {
    this.stop = options.stop
    this.onCommit = onCommit
    this.onClose = onClose
    this.places = topics.flatMap((topic) =>
      topic.partitions.map((log, partition) => ({
        topic: topic.name,
        partition,
        log,
        position: startPosition(options, topic.name, partition, log),
        endOffset:
          options.stop.type === 'end' ? (endSeenBefore(options.stop, topic.name, partition) ?? log.endOffset) : Number.POSITIVE_INFINITY,
        caughtUp: false,
        ended: false,
      })),
    )
  }

  async poll(waitMs: number): Promise<readonly LogEvent[]> {
    if (this.closed) return []
    if (!this.assigned) {
      this.assigned = true
      return this.places.map(({ topic, partition, position }) => ({ type: 'assigned', topic, partition, offset: position }))
    }
    const events = this.step()
    if (events.length > 0 || waitMs <= 0) return events
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.wake = undefined
    return this.closed ? [] : this.step()
  }

  async commit(positions: readonly TopicPosition[]): Promise<CommitOutcome> {
    if (this.closed || this.onCommit === undefined) return 'refused'
    this.onCommit(positions)
    return 'committed'
  }

  highWatermarks(): readonly TopicPosition[] {
    return this.places.map(({ topic, partition, log }) => ({ topic, partition, offset: log.endOffset }))
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    this.wake?.()
    this.onClose()
  }

  /** Something was appended. */
  notice(): void {
    this.wake?.()
  }

  private step(): LogEvent[] {
    const events: LogEvent[] = []
    for (let tries = 0; tries < this.places.length && events.length < MAX_EVENTS_PER_POLL; tries++) {
      const place = this.places[this.turn++ % this.places.length]
      if (place !== undefined && !place.ended) this.visit(place, events)
    }
    return events
  }

  private visit(place: ReadPlace, events: LogEvent[]): void {
    const { topic, partition, log } = place
    const stopTime = this.stop.type === 'time' ? this.stop.timeMs : Number.POSITIVE_INFINITY
    const found = log.read(place.position, BATCH_RECORDS, place.endOffset)
    const past = found.findIndex((record) => record.timestamp >= stopTime)
    const taken = past < 0 ? found : found.slice(0, past)
    const last = taken[taken.length - 1]
    if (last !== undefined) {
      place.position = last.offset + 1
      place.caughtUp = false
      events.push({ type: 'records', topic, partition, records: logRecordsOf(taken), highWatermark: log.endOffset })
    }
    if (past >= 0 || place.position >= place.endOffset) {
      place.ended = true
      events.push({ type: 'ended', topic, partition })
    } else if (last === undefined && !place.caughtUp) {
      place.caughtUp = true
      events.push({ type: 'caught-up', topic, partition })
    }
  }
}

function startPosition(options: ReadOptions, topic: string, partition: number, log: MemoryPartition): number {
  const known = options.positions.find((position) => position.topic === topic && position.partition === partition)
  if (known !== undefined) return Math.max(known.offset, log.startOffset)
  switch (options.start.type) {
    case 'earliest':
      return log.startOffset
    case 'latest':
      return log.endOffset
    case 'newest':
      return Math.max(log.startOffset, log.endOffset - options.start.records)
    case 'time':
      return log.offsetAt(options.start.timeMs)
  }
}
