import type { CommitOutcome, LogEvent, LogReader, ReadOptions, TopicPosition } from '../log-port.ts'
import { LogError } from '../log-port.ts'
import type { Membership } from './group-membership.ts'
import { isPassing, KafkaCode, notAuthorised, offsetOutOfRange, topicNotFound } from './kafka-errors.ts'
import { type KafkaLink, pause } from './kafka-link.ts'
import { type AskAdmin, send } from './kafkajs-cluster.ts'
import { ReadPartition } from './read-partition.ts'
import { decodeRecordBatches } from './record-batch-decode.ts'
import { WakeUp } from './wake-up.ts'
import { type FetchedPartition, fetchRequest } from './wire-protocol.ts'

const MAX_BATCH_RECORDS = 1_000
/** How long an empty fetch waits at the broker; also the longest delay of a partition that was left out because its buffer was full. */
const FETCH_WAIT_MS = 100
/** Where all have caught up there is nothing to delay: new records end the wait. */
const IDLE_FETCH_WAIT_MS = 500
const LEAST_FETCH_BYTES = 64 << 10
const MOST_FETCH_BYTES = 4 << 20
const MAX_BATCHES_PER_POLL = 8
/** A topic that is missing for this long was deleted; before that the metadata is behind. */
const MISSING_TOPIC_MS = 10_000

/**
 * Reads by pull: one fetch per broker in flight, each partition only while less than its share of `bufferBytes` lies unpolled.
 * Positions are ours alone: nothing is committed or reset unless `commit` is called.
 */
export class KafkaReader implements LogReader {
  readonly #link: KafkaLink
  readonly #ask: AskAdmin
  readonly #membership: Membership
  readonly #options: ReadOptions
  readonly #metadataEveryMs: number
  readonly #partitions: ReadPartition[]
  readonly #events: LogEvent[] = []
  readonly #fetching = new Set<number>()
  #failure: LogError | undefined
  #closed = false
  #missingSince = 0
  #turn = 0
  #wakePoll = () => {}
  readonly #wakeFetch = new WakeUp()
  readonly #loop: Promise<void>

  constructor(
    link: KafkaLink,
    ask: AskAdmin,
    membership: Membership,
    partitions: ReadPartition[],
    options: ReadOptions,
    metadataEveryMs: number,
  ) {
    this.#metadataEveryMs = metadataEveryMs
    this.#link = link
    this.#ask = ask
    this.#membership = membership
    this.#options = options
    this.#partitions = partitions
    for (const partition of partitions) this.#events.push(...partition.begin())
    membership.onLost = (error) => {
      for (const { topic, partition } of this.#partitions) this.#push({ type: 'lost', topic, partition })
      this.#fail(error)
    }
    this.#loop = this.#run().catch((error: unknown) => this.#fail(error))
  }

  async poll(waitMs: number): Promise<readonly LogEvent[]> {
    if (this.#events.length === 0 && this.#failure === undefined && !this.#closed && waitMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs)
        this.#wakePoll = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    const events = this.#events.splice(0, this.#countForPoll())
    if (events.length === 0 && this.#failure !== undefined) throw this.#failure
    for (const event of events) if (event.type === 'records') this.#find(event)?.handedOut(event.records)
    this.#wakeFetch.call()
    return events
  }

  /** So many that at most MAX_BATCHES_PER_POLL of them are batches: what was assigned is all said before the first one. */
  #countForPoll(): number {
    let batches = 0
    const end = this.#events.findIndex((event) => event.type === 'records' && ++batches > MAX_BATCHES_PER_POLL)
    return end < 0 ? this.#events.length : end
  }

  commit(positions: readonly TopicPosition[]): Promise<CommitOutcome> {
    return this.#membership.commit(positions)
  }

  highWatermarks(): readonly TopicPosition[] {
    return this.#partitions.map(({ topic, partition, highWatermark }) => ({ topic, partition, offset: highWatermark }))
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#wakePoll()
    this.#wakeFetch.call()
    await this.#membership.leave()
    await this.#link.close()
    await this.#loop
  }

  #find({ topic, partition }: { topic: string; partition: number }): ReadPartition | undefined {
    return this.#partitions.find((candidate) => candidate.topic === topic && candidate.partition === partition)
  }

  #push(event: LogEvent): void {
    this.#events.push(event)
    this.#wakePoll()
  }

  #fail(error: unknown): void {
    if (this.#closed) return
    this.#failure ??=
      error instanceof LogError
        ? error
        : new LogError('READ_FAILED', `Reading from Kafka failed: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          })
    this.#wakePoll()
    this.#wakeFetch.call()
  }

  get #stopped(): boolean {
    return this.#closed || this.#failure !== undefined
  }

  async #run(): Promise<void> {
    let refreshedAt = Date.now()
    while (!this.#stopped) {
      try {
        if (Date.now() - refreshedAt > this.#metadataEveryMs) {
          refreshedAt = Date.now()
          await this.#refresh()
        }
        const wanted = this.#partitions.filter((partition) => partition.wantsMore(this.#share()))
        for (const [nodeId, partitions] of await this.#link.leaders(wanted)) {
          if (!this.#fetching.has(nodeId)) this.#startFetch(nodeId, partitions)
        }
      } catch (error) {
        if (error instanceof LogError) throw error
        if (!this.#stopped) await this.#link.recover(error)
        continue
      }
      await this.#wakeFetch.sleep(1_000)
    }
  }

  /** Half of what a partition may hold: one fetch may be queued and another on its way. */
  #share(): number {
    const share = Math.floor(this.#options.bufferBytes / 2 / Math.max(1, this.#partitions.length))
    return Math.min(MOST_FETCH_BYTES, Math.max(LEAST_FETCH_BYTES, share))
  }

  #startFetch(nodeId: number, partitions: readonly ReadPartition[]): void {
    this.#fetching.add(nodeId)
    this.#fetch(nodeId, partitions)
      .catch(async (error: unknown) => {
        if (error instanceof LogError && error.code !== 'KAFKA_UNREACHABLE') return this.#fail(error)
        if (this.#stopped) return
        for (const partition of partitions) for (const event of partition.lose()) this.#push(event)
        await this.#link.recover(error)
      })
      .finally(() => {
        this.#fetching.delete(nodeId)
        this.#wakeFetch.call()
      })
  }

  async #fetch(nodeId: number, partitions: readonly ReadPartition[]): Promise<void> {
    const broker = await this.#link.broker(nodeId)
    const maxBytes = this.#share()
    // The broker fills its answer in this order, so another partition begins each time.
    const first = this.#turn++ % partitions.length
    const request = [...partitions.slice(first), ...partitions.slice(0, first)].map((partition) => partition.request(maxBytes))
    const maxWaitMs = this.#partitions.every((partition) => partition.idle) ? IDLE_FETCH_WAIT_MS : FETCH_WAIT_MS
    const answers = await send(broker, fetchRequest(request, { maxWaitMs, maxBytes: maxBytes * partitions.length }))
    if (this.#stopped) return
    let stale = false
    for (const answer of answers) {
      const partition = partitions.find(({ topic, partition }) => topic === answer.topic && partition === answer.partition)
      if (partition === undefined) continue
      if (answer.errorCode === 0) this.#take(partition, answer)
      else if (await this.#refusal(partition, answer)) stale = true
    }
    if (stale) {
      await pause(100)
      await (await this.#link.cluster()).refreshMetadata()
    } else {
      this.#missingSince = 0
      this.#link.recovered()
    }
  }

  #take(partition: ReadPartition, answer: FetchedPartition): void {
    const decoded = decodeRecordBatches(
      answer.records,
      partition.position,
      answer.aborted,
      `${answer.topic}-${answer.partition}`,
      MAX_BATCH_RECORDS,
    )
    for (const event of [...partition.regain(), ...partition.take(decoded, answer)]) this.#push(event)
  }

  /** True where newer metadata may help; throws where nothing does. */
  async #refusal({ topic, partition, position }: ReadPartition, answer: FetchedPartition): Promise<boolean> {
    if (answer.errorCode === KafkaCode.offsetOutOfRange) {
      const range = (await this.#ask((admin) => admin.fetchTopicOffsets(topic))).find((entry) => entry.partition === partition)
      throw offsetOutOfRange(topic, partition, position, Number(range?.low ?? 0), Number(range?.high ?? 0))
    }
    if (answer.errorCode === KafkaCode.topicAuthorizationFailed) throw notAuthorised(topic, 'read')
    if (answer.errorCode === KafkaCode.unknownTopic) {
      if (this.#missingSince === 0) this.#missingSince = Date.now()
      else if (Date.now() - this.#missingSince > MISSING_TOPIC_MS) throw topicNotFound(topic, [])
      return true
    }
    if (isPassing(answer.errorCode)) return true
    throw new LogError(
      'READ_FAILED',
      `${topic}-${partition}, offset ${position}: the broker refuses to read, with Kafka's error code ${answer.errorCode}.`,
      { topic },
    )
  }

  /** Partitions that were added to a topic are read from their first record: what was written there is newer than our start. */
  async #refresh(): Promise<void> {
    const cluster = await this.#link.cluster()
    await cluster.refreshMetadata()
    for (const topic of this.#options.topics) {
      for (const { partitionId } of cluster.findTopicPartitionMetadata(topic)) {
        if (this.#find({ topic, partition: partitionId }) !== undefined) continue
        const added = new ReadPartition(
          topic,
          partitionId,
          0,
          0,
          this.#options.stop.type === 'time' ? { timeMs: this.#options.stop.timeMs } : {},
        )
        this.#partitions.push(added)
        for (const event of added.begin()) this.#push(event)
      }
    }
  }
}
