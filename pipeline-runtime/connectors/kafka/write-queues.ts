import type { OutgoingRecord } from '../../engine/operator.ts'
import { messageTooLarge } from './kafka-errors.ts'
import { partitionOfKey } from './murmur2.ts'
import { recordSizeBound } from './record-batch-encode.ts'

/** Kafka's default limit is 1,048,588 bytes a batch; a topic with a lower one is found out by halving. */
const FIRST_BATCH_BYTES = 900_000
const BATCH_HEADER_BYTES = 61
/** Below the request limit of a broker, which answers a larger one by closing the connection. */
const MAX_RECORD_BYTES = 80 << 20
/** Records without a key that go to one partition before the next has its turn. */
const STICKY_BYTES = 16 << 10

/** Records of one topic that are not acknowledged, by partition. */
export class TopicQueues {
  readonly #topic: string
  readonly #queues: readonly PartitionQueue[]
  #sticky = 0
  #stickyBytes = 0
  batchBytes = FIRST_BATCH_BYTES

  constructor(topic: string, partitions: number) {
    this.#topic = topic
    this.#queues = Array.from({ length: partitions }, (_, partition) => new PartitionQueue(topic, partition, this))
  }

  /** Answers the bytes that it counts for. Records without a key fill a batch in one partition before they go to the next. */
  add(record: OutgoingRecord): number {
    const size = recordSizeBound(record)
    if (size > MAX_RECORD_BYTES) throw messageTooLarge(this.#topic, this.#topic, size)
    let partition = this.#sticky
    if (record.key !== null) partition = partitionOfKey(record.key, this.#queues.length)
    else {
      this.#stickyBytes += size
      if (this.#stickyBytes > STICKY_BYTES) {
        this.#stickyBytes = 0
        this.#sticky = (this.#sticky + 1) % this.#queues.length
      }
    }
    this.#queues[partition]?.add(record, size)
    return size
  }

  waiting(): PartitionQueue[] {
    return this.#queues.filter((queue) => queue.waits)
  }

  /** False where the batch was a single record. */
  halveBatches(refused: readonly OutgoingRecord[]): boolean {
    if (refused.length <= 1) return false
    let size = 0
    for (const record of refused) size += recordSizeBound(record)
    this.batchBytes = Math.max(1, Math.floor(Math.min(size, this.batchBytes) / 2))
    return true
  }
}

/** The head is what is on its way; it leaves only when acknowledged. */
export class PartitionQueue {
  readonly topic: string
  readonly partition: number
  readonly owner: TopicQueues
  #records: OutgoingRecord[] = []
  #sizes: number[] = []
  #head = 0
  #inFlight = false
  taken: readonly OutgoingRecord[] = []

  constructor(topic: string, partition: number, owner: TopicQueues) {
    this.topic = topic
    this.partition = partition
    this.owner = owner
  }

  get waits(): boolean {
    return !this.#inFlight && this.#head < this.#records.length
  }

  add(record: OutgoingRecord, size: number): void {
    this.#records.push(record)
    this.#sizes.push(size)
  }

  /** Marks the next batch as on its way, of at least one record; answers its bytes. */
  take(): number {
    let bytes = BATCH_HEADER_BYTES
    let end = this.#head
    while (end < this.#records.length) {
      const size = this.#sizes[end] ?? 0
      if (end > this.#head && bytes + size > this.owner.batchBytes) break
      bytes += size
      end++
    }
    this.taken = this.#records.slice(this.#head, end)
    this.#inFlight = true
    return bytes
  }

  /** The batch on its way is written: answers its bytes. */
  acknowledge(): number {
    let bytes = 0
    const end = this.#head + this.taken.length
    for (; this.#head < end; this.#head++) bytes += this.#sizes[this.#head] ?? 0
    this.taken = []
    if (this.#head > 10_000 || this.#head === this.#records.length) {
      this.#records = this.#records.slice(this.#head)
      this.#sizes = this.#sizes.slice(this.#head)
      this.#head = 0
    }
    return bytes
  }

  giveBack(): void {
    this.taken = []
    this.#inFlight = false
  }
}
