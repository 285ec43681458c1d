import type { OutgoingRecord } from '../../engine/operator.ts'
import { LogError, type LogWriter } from '../log-port.ts'
import { isPassing, KafkaCode, messageTooLarge, notAuthorised } from './kafka-errors.ts'
import { type KafkaLink, pause } from './kafka-link.ts'
import { send } from './kafkajs-cluster.ts'
import { encodeRecordBatch, recordSizeBound } from './record-batch-encode.ts'
import { WakeUp } from './wake-up.ts'
import { produceRequest } from './wire-protocol.ts'
import { type PartitionQueue, TopicQueues } from './write-queues.ts'

/** Records that are appended and not yet acknowledged; beyond it `append` waits. */
const MAX_UNACKNOWLEDGED_BYTES = 16 << 20
const PRODUCE_TIMEOUT_MS = 30_000
/** A broker closes the connection on a request beyond its socket.request.max.bytes of 100 MiB without a word. */
const MAX_REQUEST_BYTES = 16 << 20

/** Answers how many partitions a topic has; throws TOPIC_NOT_FOUND. */
export type CountPartitions = (topic: string) => Promise<number>

/**
 * At-least-once, acknowledged by all in-sync replicas. Records stay at the head of their partition's queue until the broker that leads
 * the partition has acknowledged that very partition, so none can get lost in a retry; a retry may write some twice.
 */
export class KafkaWriter implements LogWriter {
  readonly #link: KafkaLink
  readonly #countPartitions: CountPartitions
  readonly #topics = new Map<string, TopicQueues>()
  readonly #sending = new Set<number>()
  #unacknowledged = 0
  #failure: LogError | undefined
  #closed = false
  #turn = 0
  #waiting: (() => void)[] = []
  readonly #wake = new WakeUp()
  readonly #loop: Promise<void>

  constructor(link: KafkaLink, countPartitions: CountPartitions) {
    this.#link = link
    this.#countPartitions = countPartitions
    this.#loop = this.#run().catch((error: unknown) => this.#fail(error))
  }

  async append(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    this.#check()
    const queues = this.#topics.get(topic) ?? (await this.#open(topic))
    for (const record of records) {
      if (!Number.isSafeInteger(record.timestamp)) throw invalidTimestamp(topic, topic, [record])
      this.#unacknowledged += queues.add(record)
    }
    this.#wake.call()
    while (this.#unacknowledged > MAX_UNACKNOWLEDGED_BYTES) await this.#change()
    this.#check()
  }

  async flush(): Promise<void> {
    this.#wake.call()
    while (this.#unacknowledged > 0) await this.#change()
    this.#check()
  }

  /** Does not flush: what is not acknowledged may or may not be written. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#changed()
    this.#wake.call()
    await this.#link.close()
    await this.#loop
  }

  async #open(topic: string): Promise<TopicQueues> {
    const partitions = await this.#countPartitions(topic)
    const open = this.#topics.get(topic) ?? new TopicQueues(topic, partitions) // another append may have been first
    this.#topics.set(topic, open)
    while (!this.#closed) {
      try {
        await this.#link.addTopic(topic)
        break
      } catch (error) {
        await this.#link.recover(error)
      }
    }
    return open
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure
    if (this.#closed) throw new LogError('WRITER_CLOSED', 'The writer to Kafka is closed.')
  }

  #change(): Promise<void> {
    if (this.#failure !== undefined || this.#closed) this.#check()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #fail(error: unknown): void {
    if (this.#closed) return
    this.#failure ??=
      error instanceof LogError
        ? error
        : new LogError('WRITE_FAILED', `Writing to Kafka failed: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          })
    this.#changed()
    this.#wake.call()
  }

  async #run(): Promise<void> {
    while (!this.#closed && this.#failure === undefined) {
      try {
        const waiting = [...this.#topics.values()].flatMap((topic) => topic.waiting())
        if (waiting.length > 0) {
          for (const [nodeId, queues] of await this.#link.leaders(waiting)) if (!this.#sending.has(nodeId)) this.#startSend(nodeId, queues)
        }
      } catch (error) {
        if (!this.#closed) await this.#link.recover(error)
        continue
      }
      await this.#wake.sleep(1_000)
    }
  }

  /** One request per broker in flight: with one per partition, order holds through retries. */
  #startSend(nodeId: number, waiting: readonly PartitionQueue[]): void {
    this.#sending.add(nodeId)
    const queues: PartitionQueue[] = []
    let bytes = 0
    for (const queue of inTurn(waiting, this.#turn++)) {
      if (bytes > MAX_REQUEST_BYTES) break
      bytes += queue.take()
      queues.push(queue)
    }
    this.#send(nodeId, queues)
      .catch(async (error: unknown) => {
        if (error instanceof LogError) this.#fail(error)
        else if (!this.#closed) await this.#link.recover(error)
      })
      .finally(() => {
        for (const queue of queues) queue.giveBack()
        this.#sending.delete(nodeId)
        this.#wake.call()
      })
  }

  async #send(nodeId: number, queues: readonly PartitionQueue[]): Promise<void> {
    const broker = await this.#link.broker(nodeId)
    const batches = queues.map(({ topic, partition, taken }) => ({ topic, partition, batch: encodeRecordBatch(taken) }))
    const answers = await send(broker, produceRequest(batches, PRODUCE_TIMEOUT_MS))
    let stale = false
    for (const queue of queues) {
      const answer = answers.find(({ topic, partition }) => topic === queue.topic && partition === queue.partition)
      if (answer?.errorCode === 0) this.#unacknowledged -= queue.acknowledge()
      else if (answer === undefined) stale = true
      else stale = this.#refusal(queue, answer.errorCode) || stale
    }
    this.#changed()
    if (stale) {
      await pause(100)
      await (await this.#link.cluster()).refreshMetadata()
    } else this.#link.recovered()
  }

  /** True where newer metadata may help, false where a smaller batch will; throws where neither does. */
  #refusal({ topic, partition, taken, owner }: PartitionQueue, code: number): boolean {
    const place = `${topic}-${partition}`
    if (code === KafkaCode.messageTooLarge || code === KafkaCode.recordListTooLarge) {
      if (owner.halveBatches(taken)) return false
      throw messageTooLarge(topic, place, taken[0] === undefined ? 0 : recordSizeBound(taken[0]))
    }
    if (code === KafkaCode.topicAuthorizationFailed || code === KafkaCode.clusterAuthorizationFailed) throw notAuthorised(topic, 'write')
    if (code === KafkaCode.invalidTimestamp) throw invalidTimestamp(topic, place, taken)
    if (code === KafkaCode.invalidRecord) {
      throw new LogError(
        'INVALID_RECORD',
        `${place}: the broker refuses a record. A compacted topic takes only records with a key: give the sink a key, or set the topic's cleanup.policy to delete.`,
        { topic },
      )
    }
    if (isPassing(code)) return true
    throw new LogError('WRITE_FAILED', `${place}: the broker refuses the records, with Kafka's error code ${code}.`, { topic })
  }
}

/** From another place each turn, so that a long queue does not keep the others waiting. */
function inTurn<T>(items: readonly T[], turn: number): T[] {
  const first = turn % Math.max(1, items.length)
  return [...items.slice(first), ...items.slice(0, first)]
}

function invalidTimestamp(topic: string, place: string, records: readonly OutgoingRecord[]): LogError {
  let [least, most] = [Infinity, -Infinity]
  for (const { timestamp } of records) [least, most] = [Math.min(least, timestamp), Math.max(most, timestamp)]
  const text = (time: number) => (Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time))
  return new LogError(
    'INVALID_TIMESTAMP',
    `${place}: the broker refuses a record for its timestamp; those sent lie between ${text(least)} and ${text(most)}. By default Kafka takes none that is more than an hour ahead of its clock: ` +
      `correct the clock or the time column, or change message.timestamp.after.max.ms (and .before.max.ms) of the topic.`,
    { topic },
  )
}
