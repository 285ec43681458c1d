import type { Admin } from 'kafkajs'
import { LogError } from '../log-port.ts'
import { createAdmin, kafkaErrorOf, unreachable } from './kafkajs-cluster.ts'

/** A topic and how many records it holds. */
export interface CountedTopic {
  readonly name: string
  readonly partitions: number
  readonly records: number
}

export interface NewTopic {
  readonly name: string
  /** Absent: what the broker makes as a rule. */
  readonly partitions?: number | undefined
}

/** Kafka deletes in the background: a topic of the same name can be made a little later. */
const GONE_TRIES = 50
const GONE_MS = 100

/** Makes, counts and deletes topics of a single broker that asks nobody for a password: the local one. Throws LogError. */
export async function withTopicAdmin<T>(bootstrap: string, work: (topics: TopicAdmin) => Promise<T>): Promise<T> {
  const brokers = [bootstrap]
  const admin = createAdmin({ brokers, clientId: 'millrace-topics', log: () => {} })
  try {
    await admin.connect()
    return await work(new TopicAdmin(admin))
  } catch (error) {
    if (error instanceof LogError) throw error
    const { text, connection } = kafkaErrorOf(error)
    throw connection ? unreachable(brokers, error) : new LogError('KAFKA_REFUSED', `Kafka refuses the request: ${text}`, { cause: error })
  } finally {
    await admin.disconnect().catch(() => {})
  }
}

export class TopicAdmin {
  readonly #admin: Admin

  constructor(admin: Admin) {
    this.#admin = admin
  }

  /** Of all topics, also Kafka's own. */
  names(): Promise<readonly string[]> {
    return this.#admin.listTopics()
  }

  /** By name, without Kafka's own. */
  async counted(): Promise<readonly CountedTopic[]> {
    const names = (await this.#admin.listTopics()).filter((name) => !name.startsWith('__')).sort()
    return Promise.all(
      names.map(async (name) => {
        const ends = await this.#admin.fetchTopicOffsets(name)
        return { name, partitions: ends.length, records: ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0) }
      }),
    )
  }

  /** Makes those that are not there yet; what stands in them is kept until somebody deletes it. Answers their names. */
  async createMissing(topics: readonly NewTopic[]): Promise<readonly string[]> {
    const known = new Set(await this.#admin.listTopics())
    const missing = topics.filter(({ name }, i) => !known.has(name) && topics.findIndex((topic) => topic.name === name) === i)
    if (missing.length === 0) return []
    await this.#admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ name, partitions }) => ({
        topic: name,
        numPartitions: partitions ?? -1,
        configEntries: [{ name: 'retention.ms', value: '-1' }],
      })),
    })
    return missing.map(({ name }) => name)
  }

  /** Resolves when they are gone. */
  async delete(names: readonly string[]): Promise<void> {
    const known = new Set(await this.#admin.listTopics())
    const there = names.filter((name) => known.has(name))
    if (there.length === 0) return
    await this.#admin.deleteTopics({ topics: there })
    for (let round = 0; round < GONE_TRIES; round++) {
      const left = new Set(await this.#admin.listTopics())
      if (!there.some((name) => left.has(name))) return
      await new Promise((resolve) => setTimeout(resolve, GONE_MS))
    }
    throw new LogError('TOPIC_NOT_DELETED', `Kafka was asked to delete ${there.join(', ')} and has not done it yet. Try again in a moment.`)
  }
}
