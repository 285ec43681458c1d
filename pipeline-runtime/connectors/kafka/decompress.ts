import zlib from 'node:zlib'

/** A bound against records that unpack to more than memory: Kafka's own limit for a packed batch is about 1 MB by default. */
const MAX_UNPACKED_BYTES = 256 << 20
const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd']

/** Undefined for a codec that cannot be read here; throws RangeError or zlib's errors on damaged bytes. `codec` is that of a batch's attributes. */
export function decompress(bytes: Buffer, codec: number): Buffer | undefined {
  if (codec === 0) return bytes
  if (codec === 1) return zlib.gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES })
  if (codec === 2) return snappy(bytes)
  if (codec === 3) return lz4Frame(bytes)
  // as: Node has zstd from 22.15 on, which the types of Node 20 do not know.
  const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (input: Buffer, options: { maxOutputLength: number }) => Buffer }
  return codec === 4 ? zstdDecompressSync?.(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }) : undefined
}

export function codecName(codec: number): string {
  return CODECS[codec] ?? `codec ${codec}`
}

/** Bytes to write behind one another and to copy from what was written. */
class Output {
  #bytes: Buffer
  #length = 0

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(Math.min(capacity, MAX_UNPACKED_BYTES))
  }

  append(source: Buffer, start: number, end: number): void {
    if (start < 0 || end < start || end > source.length) throw new RangeError('the packed bytes end too early')
    this.#reserve(end - start)
    this.#length += source.copy(this.#bytes, this.#length, start, end)
  }

  /** The source may overlap what is being written: a distance of 1 repeats the last byte. */
  repeat(distance: number, length: number): void {
    if (distance <= 0 || distance > this.#length) throw new RangeError('the packed bytes point before their start')
    this.#reserve(length)
    const bytes = this.#bytes
    const to = this.#length
    if (distance >= length) bytes.copyWithin(to, to - distance, to - distance + length)
    else for (let i = 0; i < length; i++) bytes[to + i] = bytes[to - distance + i] as number // as: both are within the buffer
    this.#length += length
  }

  result(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed > MAX_UNPACKED_BYTES) throw new RangeError(`the records unpack to more than ${MAX_UNPACKED_BYTES} bytes`)
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.min(MAX_UNPACKED_BYTES, Math.max(needed, 2 * this.#bytes.length)))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00])

/** The Java client frames its blocks (snappy-java's stream: magic, two versions, then length and block); others write one bare block. */
function snappy(bytes: Buffer): Buffer {
  const out = new Output(4 * bytes.length)
  if (!bytes.subarray(0, 8).equals(XERIAL_MAGIC)) snappyBlock(bytes, out)
  else
    for (let at = 16; at < bytes.length; ) {
      const length = bytes.readUInt32BE(at)
      at += 4 + length
      if (at > bytes.length) throw new RangeError('the packed bytes end too early')
      snappyBlock(bytes.subarray(at - length, at), out)
    }
  return out.result()
}

/** Snappy's format description: a length, then literals and copies, told apart by the two low bits of a tag. */
function snappyBlock(bytes: Buffer, out: Output): void {
  let at = 0
  while (((bytes[at++] ?? 0) & 0x80) !== 0); // the unpacked length is not needed
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at++)
    const kind = tag & 3
    if (kind === 0) {
      let length = tag >>> 2
      if (length >= 60) {
        const size = length - 59
        length = bytes.readUIntLE(at, size)
        at += size
      }
      out.append(bytes, at, at + length + 1)
      at += length + 1
    } else if (kind === 1) {
      out.repeat(((tag >>> 5) << 8) | bytes.readUInt8(at), ((tag >>> 2) & 7) + 4)
      at += 1
    } else {
      const size = kind === 2 ? 2 : 4
      out.repeat(bytes.readUIntLE(at, size), (tag >>> 2) + 1)
      at += size
    }
  }
}

/** LZ4 Frame Format. Blocks may point into earlier ones, so all go into one output. Checksums are left to that of the record batch. */
function lz4Frame(bytes: Buffer): Buffer {
  if (bytes.readUInt32LE(0) !== 0x184d2204) throw new RangeError('this is no LZ4 frame')
  const flags = bytes.readUInt8(4)
  let at = 7 + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0)
  const out = new Output(4 * bytes.length)
  for (;;) {
    const size = bytes.readUInt32LE(at)
    at += 4
    if (size === 0) return out.result()
    const end = at + (size & 0x7fffffff)
    if (end > bytes.length) throw new RangeError('the packed bytes end too early')
    if (size >= 0x80000000) out.append(bytes, at, end)
    else lz4Block(bytes.subarray(at, end), out)
    at = end + ((flags & 0x10) !== 0 ? 4 : 0)
  }
}

/** LZ4 Block Format: literals, then a match; the last sequence has literals only. */
function lz4Block(bytes: Buffer, out: Output): void {
  let at = 0
  const lengthOf = (nibble: number) => {
    let length = nibble
    for (let more = nibble === 15; more; ) {
      const byte = bytes.readUInt8(at++)
      length += byte
      more = byte === 255
    }
    return length
  }
  while (at < bytes.length) {
    const token = bytes.readUInt8(at++)
    const literals = lengthOf(token >>> 4)
    out.append(bytes, at, at + literals)
    at += literals
    if (at >= bytes.length) return
    const distance = bytes.readUInt16LE(at)
    at += 2
    out.repeat(distance, lengthOf(token & 15) + 4)
  }
}
