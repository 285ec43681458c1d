import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Admin, CompressionTypes, type IHeaders, Kafka, logLevel, Partitioners } from 'kafkajs'
import { type LocalKafka, type LocalKafkaOptions, startLocalKafka } from '../../pipeline-runtime/local-kafka/local-kafka.ts'

/** A record as kafkajs read it: the second opinion on what our own code wrote and read. */
export interface PeerRecord {
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: IHeaders | undefined
}

export interface PeerMessage {
  readonly key?: Buffer | string | null
  readonly value: Buffer | string | null
  readonly partition?: number
  readonly timestamp?: number
  readonly headers?: IHeaders
}

export interface KafkaFixture {
  readonly broker: LocalKafka
  readonly bootstrap: string
  readonly admin: Admin
  /** A topic of its own for a test; names never meet. */
  createTopic(partitions: number, configs?: Readonly<Record<string, string>>): Promise<string>
  produce(topic: string, messages: readonly PeerMessage[], options?: { gzip?: boolean }): Promise<void>
  /** Reads a topic from its start until `count` records are there, by partition and offset. Throws after `timeoutMs`. */
  consume(topic: string, count: number, timeoutMs?: number): Promise<PeerRecord[]>
  close(): Promise<void>
}

/** Starts a broker of its own with data in a fresh folder. Most tests want sharedKafka(). */
export async function startKafkaFixture(options: Partial<LocalKafkaOptions> = {}): Promise<KafkaFixture> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'millrace-kafka-test-'))
  const broker = await startLocalKafka({ dataDir, heapMb: 256, log: () => {}, ...options })
  const kafka = new Kafka({ clientId: 'millrace-test-peer', brokers: [broker.bootstrap], logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await admin.connect()
  await producer.connect()

  const createTopic: KafkaFixture['createTopic'] = async (partitions, configs = {}) => {
    const topic = `test-${randomUUID().slice(0, 8)}`
    const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }))
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions, replicationFactor: 1, configEntries }], waitForLeaders: false })
    // kafkajs' own wait takes a broker that has not heard of the topic yet for one that never will.
    await until(async () => {
      const [described] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics
      if (described?.partitions.length !== partitions || !described.partitions.every(({ leader }) => leader >= 0)) return false
      // The metadata knows a leader before the leader knows it. One that refuses makes kafkajs send the others their records once more.
      return (await admin.fetchTopicOffsets(topic)).length === partitions
    })
    return topic
  }

  const produce: KafkaFixture['produce'] = async (topic, messages, { gzip = false } = {}) => {
    const wire = messages.map(({ timestamp, ...rest }) => ({
      ...rest,
      ...(timestamp === undefined ? {} : { timestamp: String(timestamp) }),
    }))
    await producer.send({ topic, messages: wire, acks: -1, compression: gzip ? CompressionTypes.GZIP : CompressionTypes.None })
  }

  const consume: KafkaFixture['consume'] = async (topic, count, timeoutMs = 20_000) => {
    const consumer = kafka.consumer({ groupId: `peer-${randomUUID()}`, maxWaitTimeInMs: 100 })
    // kafkajs hands records out twice when its group is balanced anew: by their place each counts once.
    const records = new Map<string, PeerRecord>()
    await consumer.connect()
    try {
      await consumer.subscribe({ topic, fromBeginning: true })
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${topic}: ${records.size} of ${count} records after ${timeoutMs} ms`)), timeoutMs)
        const take = (
          partition: number,
          message: { offset: string; timestamp: string; key: Buffer | null; value: Buffer | null; headers?: IHeaders },
        ) => {
          const { offset, timestamp, key, value, headers } = message
          const record = { partition, offset: Number(offset), timestamp: Number(timestamp), key, value, headers }
          records.set(`${partition}/${offset}`, record)
          if (records.size < count) return
          clearTimeout(timer)
          resolve()
        }
        consumer.run({ autoCommit: false, eachMessage: async ({ partition, message }) => take(partition, message) }).catch(reject)
      })
    } finally {
      await consumer.disconnect()
    }
    return [...records.values()].sort((a, b) => a.partition - b.partition || a.offset - b.offset)
  }

  const close = async () => {
    await Promise.allSettled([producer.disconnect(), admin.disconnect()])
    await broker.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { broker, bootstrap: broker.bootstrap, admin, createTopic, produce, consume, close }
}

let shared: Promise<KafkaFixture> | undefined

/** One broker for all tests of a worker, started on first use. The exit handlers of the local Kafka end it with the worker; close it in afterAll all the same. */
export function sharedKafka(): Promise<KafkaFixture> {
  shared ??= startKafkaFixture()
  return shared
}

export async function closeSharedKafka(): Promise<void> {
  const fixture = await shared
  shared = undefined
  await fixture?.close()
}

/** Waits for a condition; while asking fails it does not hold. */
export async function until(condition: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
