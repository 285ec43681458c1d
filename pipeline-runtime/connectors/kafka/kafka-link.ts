import { type ClientOptions, createCluster, inWords, type KafkajsBroker, type KafkajsCluster, kafkaErrorOf } from './kafkajs-cluster.ts'

/** Least time between two lines about the same trouble. */
const LOG_EVERY_MS = 5_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 1_000
const CLOSE_TIMEOUT_MS = 3_000

/**
 * Connections to the brokers of one cluster that are made anew after any failure: kafkajs mends some of its broken connections and
 * not others, so none is kept. One link serves one reader or one writer.
 */
export class KafkaLink {
  readonly #options: ClientOptions
  readonly #what: string
  #topics: readonly string[]
  #cluster: Promise<KafkajsCluster> | undefined
  #failures = 0
  #downSince = 0
  #loggedAt = 0
  #closed = false

  /** `what` names the user of the link in the log: "reading", "writing". */
  constructor(options: ClientOptions, what: string, topics: readonly string[] = []) {
    this.#options = options
    this.#what = what
    this.#topics = topics
  }

  get closed(): boolean {
    return this.#closed
  }

  cluster(): Promise<KafkajsCluster> {
    if (this.#closed) return Promise.reject(new Error('the link to Kafka is closed'))
    this.#cluster ??= this.#connect()
    return this.#cluster
  }

  async #connect(): Promise<KafkajsCluster> {
    const cluster = createCluster(this.#options)
    try {
      await cluster.connect()
      if (this.#topics.length > 0) await cluster.addMultipleTargetTopics(this.#topics)
      else await cluster.refreshMetadata()
    } catch (error) {
      this.#cluster = undefined
      cluster.disconnect().catch(() => {})
      throw error
    }
    return cluster
  }

  async addTopic(topic: string): Promise<void> {
    if (!this.#topics.includes(topic)) this.#topics = [...this.#topics, topic]
    const cluster = await this.cluster()
    await cluster.addMultipleTargetTopics([topic])
  }

  /** Brokers by the partitions that they lead; a partition without a leader is left out. */
  async leaders<P extends { readonly topic: string; readonly partition: number }>(partitions: readonly P[]): Promise<Map<number, P[]>> {
    const cluster = await this.cluster()
    const leaders = new Map<number, P[]>()
    for (const partition of partitions) {
      const leader =
        cluster.findTopicPartitionMetadata(partition.topic).find(({ partitionId }) => partitionId === partition.partition)?.leader ?? -1
      if (leader < 0) continue
      const list = leaders.get(leader)
      if (list === undefined) leaders.set(leader, [partition])
      else list.push(partition)
    }
    return leaders
  }

  async broker(nodeId: number): Promise<KafkajsBroker> {
    return (await this.cluster()).findBroker({ nodeId })
  }

  /** Drops all connections and waits a growing while; says so at most every few seconds. */
  async recover(error: unknown): Promise<void> {
    const dropped = this.#cluster
    this.#cluster = undefined
    dropped?.then((cluster) => cluster.disconnect()).catch(() => {})
    const now = Date.now()
    if (this.#failures === 0) this.#downSince = now
    if (now - this.#loggedAt >= LOG_EVERY_MS) {
      this.#loggedAt = now
      this.#options.log(
        `Kafka ${this.#options.brokers.join(',')}: ${this.#what} is waiting for the broker: ${kafkaErrorOf(error).text}. Trying again until it answers.`,
      )
    }
    this.#options.onOutage?.(this.#what, inWords(kafkaErrorOf(error).text))
    await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures++))
  }

  /** To be called when a request was answered. */
  recovered(): void {
    if (this.#failures === 0) return
    this.#failures = 0
    this.#options.onOutage?.(this.#what, undefined)
    const seconds = ((Date.now() - this.#downSince) / 1000).toFixed(1)
    this.#options.log(`Kafka ${this.#options.brokers.join(',')}: ${this.#what} goes on after ${seconds} s`)
  }

  async close(): Promise<void> {
    this.#closed = true
    const cluster = await this.#cluster?.catch(() => undefined)
    this.#cluster = undefined
    // kafkajs waits for answers that are still to come, which a hanging broker does not give.
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_TIMEOUT_MS)
    })
    await Promise.race([cluster?.disconnect().catch(() => {}), patience])
    clearTimeout(timer)
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
