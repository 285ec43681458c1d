import type { LogRecord } from '../../data/log-records.ts'
import type { OutgoingRecord } from '../../engine/operator.ts'
import {
  LogError,
  type LogPort,
  type LogReader,
  type LogWriter,
  type ReadOptions,
  type TopicDescription,
  type TopicName,
  type TopicPosition,
} from '../log-port.ts'
import { MemoryReader } from './memory-reader.ts'
import { MemoryPartition, type MemoryTopic, partitionFor } from './memory-topic.ts'

export interface MemoryLogOptions {
  /** Records kept per partition at least; of more the oldest go. */
  readonly maxRecords?: number
}

/** Topics in memory: for sample data, tests and the debugger. They may be appended to while they are read. */
export class MemoryLogPort implements LogPort {
  private readonly topicsByName = new Map<string, MemoryTopic>()
  /** By group; readers without one under a key of their own. */
  private readonly readers = new Map<string | symbol, MemoryReader>()
  private readonly committed = new Map<string, Map<string, TopicPosition>>()
  private readonly maxRecords: number

  constructor(options: MemoryLogOptions = {}) {
    this.maxRecords = options.maxRecords ?? 100_000
  }

  /** Does nothing where the topic is there already with as many partitions. */
  createTopic(name: string, partitions: number): void {
    const known = this.topicsByName.get(name)
    if (known !== undefined) {
      if (known.partitions.length !== partitions)
        throw new LogError('TOPIC_EXISTS', `Topic ${name} has ${known.partitions.length} partitions already.`, { topic: name })
      return
    }
    this.topicsByName.set(name, {
      name,
      partitions: Array.from({ length: partitions }, () => new MemoryPartition(this.maxRecords)),
      turn: 0,
    })
  }

  /** Into one partition, whatever the keys. */
  append(name: string, partition: number, records: readonly OutgoingRecord[]): void {
    const log = this.topic(name).partitions[partition]
    if (log === undefined) throw new LogError('UNKNOWN_PARTITION', `Topic ${name} has no partition ${partition}.`, { topic: name })
    for (const record of records) log.append(held(record))
    this.notice()
  }

  /** What is kept of a partition. */
  records(name: string, partition = 0): readonly LogRecord[] {
    return this.topic(name).partitions[partition]?.read(0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY) ?? []
  }

  /** Positions as the group last committed them. */
  positions(group: string): readonly TopicPosition[] {
    return [...(this.committed.get(group)?.values() ?? [])]
  }

  async topics(): Promise<readonly TopicName[]> {
    const topics = [...this.topicsByName.values()].map(({ name, partitions }) => ({ name, partitions: partitions.length }))
    return topics.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async describe(topic: string): Promise<TopicDescription | undefined> {
    const known = this.topicsByName.get(topic)
    return known === undefined ? undefined : { partitions: known.partitions.length }
  }

  async read(options: ReadOptions): Promise<LogReader> {
    const { group } = options
    const topics = options.topics.map((name) => this.topic(name))
    const key = group ?? Symbol('a reader without a group')
    if (this.readers.has(key)) throw new LogError('GROUP_IN_USE', `The group ${group} is read by another run. Stop that one first.`)
    const reader = new MemoryReader(topics, options, group === undefined ? undefined : (positions) => this.commit(group, positions), () =>
      this.readers.delete(key),
    )
    this.readers.set(key, reader)
    return reader
  }

  async write(): Promise<LogWriter> {
    return {
      append: async (name, records) => {
        const topic = this.topic(name)
        for (const record of records) topic.partitions[partitionFor(topic, record.key)]?.append(held(record))
        this.notice()
      },
      flush: async () => undefined,
      close: async () => undefined,
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.readers.values()].map((reader) => reader.close()))
  }

  private topic(name: string): MemoryTopic {
    const topic = this.topicsByName.get(name)
    if (topic === undefined) {
      const known = [...this.topicsByName.keys()].join(', ') || 'none'
      throw new LogError('TOPIC_NOT_FOUND', `There is no topic ${name} in memory; there are: ${known}.`, { topic: name })
    }
    return topic
  }

  private notice(): void {
    for (const reader of this.readers.values()) reader.notice()
  }

  private commit(group: string, positions: readonly TopicPosition[]): void {
    const known = this.committed.get(group) ?? new Map<string, TopicPosition>()
    for (const position of positions) known.set(`${position.topic}/${position.partition}`, position)
    this.committed.set(group, known)
  }
}

function held(record: OutgoingRecord): Omit<LogRecord, 'offset'> {
  return { timestamp: record.timestamp, key: record.key, value: record.value, headers: record.headers }
}
