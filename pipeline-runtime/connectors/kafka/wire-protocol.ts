import type { WireRequest } from './kafkajs-cluster.ts'
import type { AbortedTransaction } from './record-batch-decode.ts'

export interface FetchPartition {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly maxBytes: number
}

export interface FetchedPartition {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly highWatermark: number
  readonly lastStableOffset: number
  readonly logStartOffset: number
  readonly aborted: readonly AbortedTransaction[]
  /** Record batches as they lie on the broker; the last may be cut. A view into the answer. */
  readonly records: Buffer
}

export interface FetchLimits {
  readonly maxWaitMs: number
  readonly maxBytes: number
}

/** Fetch, version 11: committed records only, no fetch session. */
export function fetchRequest(partitions: readonly FetchPartition[], limits: FetchLimits): WireRequest<FetchedPartition[]> {
  const encode = () => {
    const out = new WireWriter().int32(-1).int32(limits.maxWaitMs).int32(1).int32(limits.maxBytes).int8(1).int32(0).int32(-1)
    writeByTopic(out, partitions, ({ partition, offset, maxBytes }) =>
      out.int32(partition).int32(-1).int64(offset).int64(-1).int32(maxBytes),
    )
    return out.int32(0).string('').body() // no forgotten topics, no rack
  }
  return wireRequest(1, 11, 'Fetch', encode, (input) => {
    input.skip(4 + 2 + 4) // throttle time, error of the session, session id
    return input.arrays((topic) => {
      const header = {
        topic,
        partition: input.int32(),
        errorCode: input.int16(),
        highWatermark: input.int64(),
        lastStableOffset: input.int64(),
        logStartOffset: input.int64(),
        aborted: input.array(() => ({ producerId: input.bigint64(), firstOffset: input.bigint64() })),
      }
      input.skip(4) // the preferred replica, of no use without a rack
      return { ...header, records: input.bytes() }
    })
  })
}

export interface ProducePartition {
  readonly topic: string
  readonly partition: number
  readonly batch: Buffer
}

export interface ProducedPartition {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
}

/** Produce, version 7, acknowledged by all in-sync replicas. */
export function produceRequest(partitions: readonly ProducePartition[], timeoutMs: number): WireRequest<ProducedPartition[]> {
  const encode = () => {
    const out = new WireWriter().string(null).int16(-1).int32(timeoutMs)
    writeByTopic(out, partitions, ({ partition, batch }) => out.int32(partition).bytes(batch))
    return out.body()
  }
  return wireRequest(0, 7, 'Produce', encode, (input) =>
    input.arrays((topic) => {
      const answer = { topic, partition: input.int32(), errorCode: input.int16() }
      input.skip(8 + 8 + 8) // base offset, append time, log start
      return answer
    }),
  )
}

/** ConsumerProtocolSubscription and -Assignment, version 0, as other tools show them. */
export function subscriptionBytes(topics: readonly string[]): Buffer {
  const out = new WireWriter().int16(0).int32(topics.length)
  for (const topic of topics) out.string(topic)
  return out.int32(0).body()
}

export function assignmentBytes(partitions: readonly { topic: string; partition: number }[]): Buffer {
  const out = new WireWriter().int16(0)
  writeByTopic(out, partitions, ({ partition }) => out.int32(partition))
  return out.int32(0).body()
}

export function wireRequest<T>(
  apiKey: number,
  apiVersion: number,
  apiName: string,
  encode: () => Buffer,
  decode: (input: WireReader) => T,
): WireRequest<T> {
  return {
    request: {
      apiKey,
      apiVersion,
      apiName,
      encode: async () => {
        const buf = encode()
        return { buf, buffer: buf }
      },
    },
    response: { decode: async (body) => decode(new WireReader(body)), parse: async (decoded) => decoded },
    logResponseError: false,
  }
}

function writeByTopic<P extends { topic: string }>(out: WireWriter, partitions: readonly P[], write: (partition: P) => void): void {
  const topics = new Map<string, P[]>()
  for (const partition of partitions) {
    const list = topics.get(partition.topic)
    if (list === undefined) topics.set(partition.topic, [partition])
    else list.push(partition)
  }
  out.int32(topics.size)
  for (const [topic, list] of topics) {
    out.string(topic).int32(list.length)
    for (const partition of list) write(partition)
  }
}

/** Big-endian pieces, put together at the end. */
export class WireWriter {
  readonly #parts: Buffer[] = []

  int8(value: number): this {
    return this.#fixed(1, (part) => part.writeInt8(value))
  }

  int16(value: number): this {
    return this.#fixed(2, (part) => part.writeInt16BE(value))
  }

  int32(value: number): this {
    return this.#fixed(4, (part) => part.writeInt32BE(value))
  }

  int64(value: number): this {
    return this.#fixed(8, (part) => part.writeBigInt64BE(BigInt(value)))
  }

  string(text: string | null): this {
    if (text === null) return this.int16(-1)
    const bytes = Buffer.from(text, 'utf8')
    this.int16(bytes.length)
    this.#parts.push(bytes)
    return this
  }

  bytes(bytes: Buffer): this {
    this.int32(bytes.length)
    this.#parts.push(bytes)
    return this
  }

  body(): Buffer {
    return Buffer.concat(this.#parts)
  }

  #fixed(size: number, write: (part: Buffer) => void): this {
    const part = Buffer.allocUnsafe(size)
    write(part)
    this.#parts.push(part)
    return this
  }
}

export class WireReader {
  #at = 0
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  skip(bytes: number): void {
    this.#at += bytes
  }

  int16(): number {
    this.#at += 2
    return this.#bytes.readInt16BE(this.#at - 2)
  }

  int32(): number {
    this.#at += 4
    return this.#bytes.readInt32BE(this.#at - 4)
  }

  bigint64(): bigint {
    this.#at += 8
    return this.#bytes.readBigInt64BE(this.#at - 8)
  }

  int64(): number {
    return Number(this.bigint64())
  }

  /** A null is read as an empty text. */
  string(): string {
    const length = Math.max(0, this.int16())
    this.#at += length
    return this.#bytes.toString('utf8', this.#at - length, this.#at)
  }

  /** A null is read as no bytes. */
  bytes(): Buffer {
    const length = Math.max(0, this.int32())
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  /** A null is read as an empty array. */
  array<T>(read: () => T): T[] {
    return Array.from({ length: Math.max(0, this.int32()) }, read)
  }

  /** Arrays of partitions in an array of topics, flat. */
  arrays<T>(read: (topic: string) => T): T[] {
    return this.array(() => {
      const topic = this.string()
      return this.array(() => read(topic))
    }).flat()
  }
}
