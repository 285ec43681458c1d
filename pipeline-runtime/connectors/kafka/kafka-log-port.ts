import os from 'node:os'
import kafkajs, { type Admin } from 'kafkajs'
import {
  endSeenBefore,
  LogError,
  type LogPort,
  type LogReader,
  type LogWriter,
  type ReadOptions,
  type TopicDescription,
  type TopicName,
} from '../log-port.ts'
import { serversOf } from './connection.ts'
import { findCoordinatorRequest } from './doctor/wire-requests.ts'
import { GroupMembership, type Membership, withoutGroup } from './group-membership.ts'
import { groupNotAuthorised, KafkaCode, notAuthorised, topicNotFound } from './kafka-errors.ts'
import { KafkaLink } from './kafka-link.ts'
import { KafkaReader } from './kafka-reader.ts'
import { KafkaWriter } from './kafka-writer.ts'
import {
  type AskAdmin,
  type ClientOptions,
  createAdmin,
  kafkaErrorOf,
  type OnOutage,
  refusedSignIn,
  send,
  unreachable,
} from './kafkajs-cluster.ts'
import { ReadPartition } from './read-partition.ts'
import type { KafkaSignIn } from './sign-in.ts'

export interface KafkaPortOptions {
  /** HOST:PORT[,HOST:PORT] */
  readonly bootstrap: string
  /** Absent: a cluster without TLS and without sign-in. */
  readonly signIn?: KafkaSignIn | undefined
  readonly log: (line: string) => void
  readonly onOutage?: OnOutage | undefined
  /** Shown by Kafka's tools beside connections and group members. */
  readonly clientId?: string
  /** How long the broker keeps the group for a reader that has died. */
  readonly sessionTimeoutMs?: number
  /** How often to look for partitions that were added to the topics. */
  readonly metadataEveryMs?: number
}

export interface KafkaLogPort extends LogPort {
  /** HOST:PORT under which the brokers want to be called. */
  brokers(): Promise<readonly string[]>
}

/** A Kafka cluster as a log port, at-least-once. Nothing is connected before the first call. */
export function createKafkaPort(options: KafkaPortOptions): KafkaLogPort {
  return new KafkaPort(options)
}

/** What takes connections and says nothing is no Kafka, or behind a wall. kafkajs would wait for a minute. */
const FIRST_ANSWER_MS = 8_000

class KafkaPort implements KafkaLogPort {
  readonly #client: ClientOptions
  readonly #sessionTimeoutMs: number
  readonly #metadataEveryMs: number
  readonly #opened = new Set<LogReader | LogWriter>()
  #admin: Promise<Admin> | undefined

  constructor({
    bootstrap,
    signIn,
    log,
    onOutage,
    clientId = `millrace@${os.hostname()}:${process.pid}`,
    sessionTimeoutMs = 10_000,
    metadataEveryMs = 30_000,
  }: KafkaPortOptions) {
    this.#client = { brokers: serversOf(bootstrap), clientId, signIn, log, onOutage }
    this.#sessionTimeoutMs = sessionTimeoutMs
    this.#metadataEveryMs = metadataEveryMs
  }

  async brokers(): Promise<readonly string[]> {
    const { brokers } = await this.#ask((admin) => admin.describeCluster())
    return brokers.map(({ host, port }) => `${host}:${port}`)
  }

  async topics(): Promise<readonly TopicName[]> {
    const { topics } = await this.#ask((admin) => admin.fetchTopicMetadata())
    return topics
      .filter(({ name }) => !name.startsWith('__'))
      .map(({ name, partitions }) => ({ name, partitions: partitions.length }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async describe(topic: string): Promise<TopicDescription | undefined> {
    return this.#ask(async (admin) => {
      const partitions = await countPartitions(admin, topic)
      return partitions === undefined ? undefined : { partitions, ...(await topicSettings(admin, topic)) }
    })
  }

  async read(options: ReadOptions): Promise<LogReader> {
    const partitions = await this.#ask((admin) => startPartitions(admin, options))
    const link = new KafkaLink(this.#client, 'reading', options.topics)
    const membership = options.group === undefined ? withoutGroup() : await this.#join(link, options.group, options, partitions)
    const reader = new KafkaReader(link, this.#ask, membership, partitions, options, this.#metadataEveryMs)
    this.#opened.add(reader)
    return reader
  }

  async #join(
    link: KafkaLink,
    group: string,
    { topics, exclusive = false }: ReadOptions,
    partitions: readonly ReadPartition[],
  ): Promise<Membership> {
    const [sessionTimeoutMs, { log }] = [this.#sessionTimeoutMs, this.#client]
    const membership = new GroupMembership(link, this.#ask, { group, topics, partitions, sessionTimeoutMs, exclusive, log })
    try {
      await membership.join()
      return membership
    } catch (error) {
      const refused = await this.#isGroupRefused(link, group)
      await link.close()
      throw refused ? groupNotAuthorised(group) : this.#explained(error)
    }
  }

  /** kafkajs only says that it finds nobody who keeps the group. */
  async #isGroupRefused(link: KafkaLink, group: string): Promise<boolean> {
    try {
      const { brokers } = await this.#ask((admin) => admin.describeCluster())
      const [first] = brokers
      if (first === undefined) return false
      const { errorCode } = await send(await link.broker(first.nodeId), findCoordinatorRequest(group))
      return errorCode === KafkaCode.groupAuthorizationFailed
    } catch {
      return false
    }
  }

  async write(): Promise<LogWriter> {
    await this.#connect()
    const writer = new KafkaWriter(new KafkaLink(this.#client, 'writing'), (topic) =>
      this.#ask(async (admin) => {
        const partitions = await countPartitions(admin, topic)
        if (partitions === undefined) throw topicNotFound(topic, await admin.listTopics())
        return partitions
      }),
    )
    this.#opened.add(writer)
    return writer
  }

  async close(): Promise<void> {
    await Promise.all([...this.#opened].map((opened) => opened.close()))
    this.#opened.clear()
    const admin = await this.#admin?.catch(() => undefined)
    this.#admin = undefined
    await admin?.disconnect().catch(() => {})
  }

  #connect(): Promise<Admin> {
    this.#admin ??= (async () => {
      const admin = createAdmin(this.#client)
      try {
        await within(FIRST_ANSWER_MS * this.#client.brokers.length, admin.connect())
        return admin
      } catch (error) {
        this.#admin = undefined
        // Not waited for: it waits for answers that are still to come.
        admin.disconnect().catch(() => {})
        throw unreachable(this.#client.brokers, error)
      }
    })()
    return this.#admin
  }

  /** A connection that broke since the last question is made anew, once. */
  readonly #ask: AskAdmin = async (question) => {
    try {
      const admin = await this.#connect()
      try {
        return await question(admin)
      } catch (error) {
        if (error instanceof LogError || !kafkaErrorOf(error).connection) throw error
        this.#admin = undefined
        admin.disconnect().catch(() => {})
        return await question(await this.#connect())
      }
    } catch (error) {
      throw this.#explained(error)
    }
  }

  #explained(error: unknown): LogError {
    if (error instanceof LogError) return error
    const { text, connection } = kafkaErrorOf(error)
    const refused = refusedSignIn(this.#client.brokers, error)
    if (refused !== undefined) return refused
    return connection
      ? unreachable(this.#client.brokers, error)
      : new LogError('KAFKA_REFUSED', `The Kafka cluster refuses the request: ${text}`, { cause: error })
  }
}

/** Undefined for a topic that is not there; throws NOT_AUTHORISED. */
async function countPartitions(admin: Admin, topic: string): Promise<number | undefined> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
    return topics[0]?.partitions.length
  } catch (error) {
    const { type } = kafkaErrorOf(error)
    if (type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'INVALID_TOPIC_EXCEPTION') return undefined
    if (type === 'TOPIC_AUTHORIZATION_FAILED') throw notAuthorised(topic, 'read')
    throw error
  }
}

/** Reading them needs an ACL of its own, so without it they stay unknown. */
async function topicSettings(admin: Admin, topic: string): Promise<Partial<TopicDescription>> {
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [
        {
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name: topic,
          configNames: ['cleanup.policy', 'max.message.bytes', 'message.timestamp.after.max.ms', 'retention.ms'],
        },
      ],
    })
    const value = (name: string) => resources[0]?.configEntries.find((entry) => entry.configName === name)?.configValue
    const limit = (name: string) => {
      const text = value(name)
      return text === undefined ? undefined : Number(text)
    }
    const retentionMs = limit('retention.ms') ?? -1
    return {
      compacted: value('cleanup.policy')?.includes('compact'),
      maxMessageBytes: limit('max.message.bytes'),
      maxAheadMs: limit('message.timestamp.after.max.ms'),
      ...(retentionMs >= 0 && value('cleanup.policy')?.includes('delete') === true ? { retentionMs } : {}),
    }
  } catch {
    return {}
  }
}

/** Every partition of every topic with its start position (a position in hand, else `start`) and its limit. */
async function startPartitions(admin: Admin, { topics, positions, start, stop }: ReadOptions): Promise<ReadPartition[]> {
  const partitions: ReadPartition[] = []
  for (const topic of topics) {
    if ((await countPartitions(admin, topic)) === undefined) throw topicNotFound(topic, await admin.listTopics())
    const ranges = await admin.fetchTopicOffsets(topic)
    const atTime = start.type === 'time' ? await admin.fetchTopicOffsetsByTimestamp(topic, start.timeMs) : []
    for (const { partition, low, high } of ranges.sort((a, b) => a.partition - b.partition)) {
      const known = positions.find((position) => position.topic === topic && position.partition === partition)
      const found = atTime.find((entry) => entry.partition === partition)?.offset ?? high
      const limit =
        stop.type === 'end'
          ? { endOffset: endSeenBefore(stop, topic, partition) ?? Number(high) }
          : stop.type === 'time'
            ? { timeMs: stop.timeMs }
            : {}
      partitions.push(
        new ReadPartition(topic, partition, known?.offset ?? begin(start, Number(low), Number(high), Number(found)), Number(high), limit),
      )
    }
  }
  return partitions
}

function begin(start: ReadOptions['start'], low: number, high: number, atTime: number): number {
  switch (start.type) {
    case 'earliest':
      return low
    case 'latest':
      return high
    case 'newest':
      return Math.max(low, high - start.records)
    case 'time':
      return atTime
  }
}

async function within(milliseconds: number, answer: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`timed out after ${milliseconds / 1000} s`)), milliseconds)
  })
  try {
    await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
