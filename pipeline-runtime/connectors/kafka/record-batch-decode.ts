import type { LogHeaders, LogRecords } from '../../data/log-records.ts'
import { LogError } from '../log-port.ts'
import { crc32c } from './crc32c.ts'
import { codecName, decompress } from './decompress.ts'

/** A transaction that was aborted, as the broker lists it beside the records. */
export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: bigint
}

export interface DecodedRecords {
  /** In order; each of at most `maxRecords`. Empty where the batches held no record for us. */
  readonly chunks: LogRecords[]
  /** Behind the last whole batch, control records and compacted ones included. */
  readonly nextOffset: number
}

/** Bytes of a record batch (format v2, KIP-98) before its records. */
const HEADER_BYTES = 61
const utf8 = new TextDecoder()

/**
 * Reads the record batches of one partition in a fetch answer. Records before `position`, control records and those of aborted
 * transactions are passed over; the bytes are copied. Throws LogError.
 */
export function decodeRecordBatches(
  bytes: Buffer,
  position: number,
  aborted: readonly AbortedTransaction[],
  where: string,
  maxRecords: number,
): DecodedRecords {
  const chunks: LogRecords[] = []
  const transactions = new AbortedTransactions(aborted)
  let nextOffset = position
  let at = 0
  while (at + HEADER_BYTES <= bytes.length) {
    const baseOffset = bytes.readBigInt64BE(at)
    const end = at + 12 + bytes.readInt32BE(at + 8)
    if (end > bytes.length) break // the broker cuts its answer at a byte limit; the rest comes with the next fetch
    const place = `${where}, offset ${baseOffset}`
    const magic = bytes.readInt8(at + 16)
    if (magic !== 2)
      throw new LogError(
        'UNSUPPORTED_RECORD_FORMAT',
        `${place}: record format ${magic} of Kafka before 0.11 cannot be read. Copy the topic to a new one.`,
      )
    if (bytes.readUInt32BE(at + 17) !== crc32c(bytes, at + 21, end)) {
      throw new LogError(
        'CORRUPT_RECORDS',
        `${place}: the checksum of the record batch is wrong, the data was changed on its way or on the broker's disk.`,
      )
    }
    const attributes = bytes.readInt16BE(at + 21)
    const producerId = bytes.readBigInt64BE(at + 43)
    const control = (attributes & 0x20) !== 0
    const skipped = control || ((attributes & 0x10) !== 0 && transactions.has(producerId, baseOffset))
    const batch: BatchHeader = {
      baseOffset: Number(baseOffset),
      baseTimestamp: Number(bytes.readBigInt64BE(at + 27)),
      appendTime: (attributes & 0x08) !== 0 ? Number(bytes.readBigInt64BE(at + 35)) : undefined,
      count: bytes.readInt32BE(at + 57),
    }
    if (control) transactions.endAtMarker(producerId, baseOffset)
    if (!skipped && batch.count > 0) {
      decodeRecords(unpack(bytes.subarray(at + HEADER_BYTES, end), attributes & 0x07, place), batch, position, maxRecords, chunks)
    }
    nextOffset = Math.max(nextOffset, batch.baseOffset + bytes.readInt32BE(at + 23) + 1)
    at = end
  }
  const last = chunks.at(-1)
  if (last !== undefined) chunks[chunks.length - 1] = { ...last, nextOffset }
  return { chunks, nextOffset }
}

/** The broker's list need not be sorted; a producer is aborted from its first offset until its marker. */
class AbortedTransactions {
  readonly #pending: AbortedTransaction[]
  readonly #active = new Set<bigint>()

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#pending = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1))
  }

  has(producerId: bigint, offset: bigint): boolean {
    this.#begin(offset)
    return this.#active.has(producerId)
  }

  endAtMarker(producerId: bigint, offset: bigint): void {
    this.#begin(offset)
    this.#active.delete(producerId)
  }

  #begin(offset: bigint): void {
    for (let next = this.#pending[0]; next !== undefined && next.firstOffset <= offset; next = this.#pending[0]) {
      this.#active.add(next.producerId)
      this.#pending.shift()
    }
  }
}

interface BatchHeader {
  readonly baseOffset: number
  readonly baseTimestamp: number
  readonly appendTime: number | undefined
  readonly count: number
}

function unpack(bytes: Buffer, codec: number, place: string): Buffer {
  try {
    const unpacked = decompress(bytes, codec)
    if (unpacked !== undefined) return unpacked
  } catch (error) {
    throw new LogError(
      'CORRUPT_RECORDS',
      `${place}: the compressed records cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
  const hint = codec === 4 ? 'Run with Node 22.15 or newer, or have them written' : 'Have them written'
  throw new LogError(
    'COMPRESSION_UNSUPPORTED',
    `${place}: the records are compressed with ${codecName(codec)}, which cannot be read here. ${hint} with gzip, snappy, lz4 or without compression.`,
  )
}

function decodeRecords(bytes: Buffer, batch: BatchHeader, position: number, maxRecords: number, chunks: LogRecords[]): void {
  const reader = new Varints(bytes)
  let chunk: ChunkBuilder | undefined
  for (let i = 0; i < batch.count; i++) {
    const end = reader.read() + reader.at
    reader.at += 1 // attributes of a record: none are defined
    const timestamp = batch.appendTime ?? batch.baseTimestamp + reader.read()
    if (batch.appendTime !== undefined) reader.read()
    const offset = batch.baseOffset + reader.read()
    if (offset >= position) {
      if (chunk === undefined || chunk.count === maxRecords) {
        if (chunk !== undefined) chunks.push(chunk.build())
        chunk = new ChunkBuilder(bytes, Math.min(maxRecords, batch.count - i))
      }
      chunk.add(offset, timestamp, reader)
    }
    reader.at = end
  }
  if (chunk !== undefined) chunks.push(chunk.build())
}

/** Collects spans into the batch's bytes and at the end copies what they cover: the fetch buffer can go. */
class ChunkBuilder {
  count = 0
  readonly #bytes: Buffer
  readonly #offsets: Float64Array
  readonly #timestamps: Float64Array
  readonly #spans: Int32Array
  #headers: (LogHeaders | undefined)[] | undefined
  #first = -1
  #last = 0

  constructor(bytes: Buffer, capacity: number) {
    this.#bytes = bytes
    this.#offsets = new Float64Array(capacity)
    this.#timestamps = new Float64Array(capacity)
    this.#spans = new Int32Array(4 * capacity)
  }

  add(offset: number, timestamp: number, reader: Varints): void {
    const i = this.count++
    this.#offsets[i] = offset
    this.#timestamps[i] = timestamp
    if (this.#first < 0) this.#first = reader.at
    for (let part = 0; part < 4; part += 2) {
      const length = reader.read()
      this.#spans[4 * i + part] = length < 0 ? -1 : reader.at
      if (length > 0) reader.at += length
      this.#spans[4 * i + part + 1] = length < 0 ? -1 : reader.at
    }
    this.#last = reader.at
    const headers = this.#readHeaders(reader)
    if (headers.length > 0) {
      this.#headers ??= []
      this.#headers[i] = headers
    }
  }

  #readHeaders(reader: Varints): LogHeaders {
    const headers: [string, Uint8Array | null][] = []
    for (let left = reader.read(); left > 0; left--) {
      const name = utf8.decode(this.#take(reader, reader.read()))
      const length = reader.read()
      headers.push([name, length < 0 ? null : new Uint8Array(this.#take(reader, length))])
    }
    return headers
  }

  #take(reader: Varints, length: number): Uint8Array {
    const start = reader.at
    reader.at += length
    return this.#bytes.subarray(start, reader.at)
  }

  build(): LogRecords {
    const { count } = this
    const part = (index: number) => {
      const spans = new Int32Array(count)
      for (let i = 0; i < count; i++) {
        const at = this.#spans[4 * i + index] as number // as: the index is within the capacity
        spans[i] = at < 0 ? -1 : at - this.#first
      }
      return spans
    }
    const headers = this.#headers
    return {
      count,
      data: new Uint8Array(this.#bytes.subarray(this.#first, this.#last)), // a copy: the fetch buffer can go
      offsets: this.#offsets.subarray(0, count),
      timestamps: this.#timestamps.subarray(0, count),
      keyStarts: part(0),
      keyEnds: part(1),
      valueStarts: part(2),
      valueEnds: part(3),
      headers: headers === undefined ? undefined : Array.from({ length: count }, (_, i) => headers[i]),
      nextOffset: (this.#offsets[count - 1] as number) + 1, // as: a chunk has at least one record
    }
  }
}

/** Zigzag numbers of 7 bits a byte. Beyond 28 bits by multiplication: timestamps' distances need more than 32. */
class Varints {
  at = 0
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  read(): number {
    let value = 0
    let factor = 1
    for (;;) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined) throw new LogError('CORRUPT_RECORDS', 'A record ends in the middle of a number.')
      value += (byte & 0x7f) * factor
      if (byte < 0x80) break
      factor *= 128
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}
