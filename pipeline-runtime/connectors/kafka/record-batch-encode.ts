import type { OutgoingRecord } from '../../engine/operator.ts'
import { crc32c } from './crc32c.ts'

const HEADER_BYTES = 61

/** A record batch (format v2, KIP-98) without compression, producer id or transaction. `records` is not empty. */
export function encodeRecordBatch(records: readonly OutgoingRecord[]): Buffer {
  const baseTimestamp = records[0]?.timestamp ?? 0
  let maxTimestamp = baseTimestamp
  let size = HEADER_BYTES
  const lengths = new Int32Array(records.length)
  records.forEach((record, i) => {
    maxTimestamp = Math.max(maxTimestamp, record.timestamp)
    const length = recordLength(record, i, baseTimestamp)
    lengths[i] = length
    size += length + varintSize(length)
  })
  const out = Buffer.allocUnsafe(size)
  out.writeBigInt64BE(0n, 0) // base offset: the broker's to set
  out.writeInt32BE(size - 12, 8)
  out.writeInt32BE(-1, 12) // leader epoch
  out.writeInt8(2, 16) // magic
  out.writeInt16BE(0, 21) // attributes
  out.writeInt32BE(records.length - 1, 23)
  out.writeBigInt64BE(BigInt(baseTimestamp), 27)
  out.writeBigInt64BE(BigInt(maxTimestamp), 35)
  out.writeBigInt64BE(-1n, 43) // producer id
  out.writeInt16BE(-1, 51) // producer epoch
  out.writeInt32BE(-1, 53) // sequence
  out.writeInt32BE(records.length, 57)
  let at = HEADER_BYTES
  records.forEach((record, i) => {
    at = writeVarint(out, at, lengths[i] as number) // as: one length per record
    out[at++] = 0
    at = writeVarint(out, at, record.timestamp - baseTimestamp)
    at = writeVarint(out, at, i)
    at = writeBytes(out, at, record.key)
    at = writeBytes(out, at, record.value)
    at = writeVarint(out, at, record.headers?.length ?? 0)
    for (const [name, value] of record.headers ?? []) {
      at = writeBytes(out, at, Buffer.from(name, 'utf8'))
      at = writeBytes(out, at, value)
    }
  })
  out.writeUInt32BE(crc32c(out, 21, size), 17)
  return out
}

/** At most what a record takes in a batch, whatever its place there. */
export function recordSizeBound(record: OutgoingRecord): number {
  return recordLength(record, 0x7fffffff, 0) + 5
}

function recordLength(record: OutgoingRecord, index: number, baseTimestamp: number): number {
  let length =
    1 + varintSize(record.timestamp - baseTimestamp) + varintSize(index) + bytesSize(record.key?.length) + bytesSize(record.value?.length)
  length += varintSize(record.headers?.length ?? 0)
  for (const [name, value] of record.headers ?? []) length += bytesSize(Buffer.byteLength(name)) + bytesSize(value?.length)
  return length
}

function bytesSize(length: number | undefined): number {
  return length === undefined ? 1 : varintSize(length) + length
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

function varintSize(value: number): number {
  let rest = zigzag(value)
  let size = 1
  for (; rest >= 128; size++) rest = Math.floor(rest / 128)
  return size
}

function writeVarint(out: Buffer, start: number, value: number): number {
  let at = start
  let rest = zigzag(value)
  for (; rest >= 128; rest = Math.floor(rest / 128)) out[at++] = (rest % 128) | 0x80
  out[at++] = rest
  return at
}

function writeBytes(out: Buffer, start: number, bytes: Uint8Array | null): number {
  if (bytes === null) return writeVarint(out, start, -1)
  const at = writeVarint(out, start, bytes.length)
  out.set(bytes, at)
  return at + bytes.length
}
