const CACHE_SIZE = 2048
const CACHED_LENGTH = 32
const CHUNK = 4096

/**
 * Makes strings of bytes. Short ASCII strings that were seen lately come from a cache, so that a column of few
 * different values (countries, states, users) allocates nothing.
 */
export class ByteText {
  private readonly cache: string[] = new Array<string>(CACHE_SIZE).fill('')
  private readonly utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  private units = new Uint16Array(CHUNK)

  /** The bytes are known to be ASCII. */
  ascii(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start
    if (length === 0) return ''
    if (length > CACHED_LENGTH) return this.utf8.decode(bytes.subarray(start, end))
    let hash = length
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0
    hash ^= hash >>> 15
    const slot = hash & (CACHE_SIZE - 1)
    const cached = this.cache[slot] as string
    if (cached.length === length) {
      let i = 0
      while (i < length && cached.charCodeAt(i) === bytes[start + i]) i++
      if (i === length) return cached
    }
    const text = fromUnits(bytes.subarray(start, end))
    this.cache[slot] = text
    return text
  }

  /** The bytes are known to be valid UTF-8. */
  valid(bytes: Uint8Array, start: number, end: number): string {
    return this.utf8.decode(bytes.subarray(start, end))
  }

  /** Text of any bytes, for messages: what is no UTF-8 shows as U+FFFD. */
  shown(bytes: Uint8Array, start: number, end: number, limit = 60): string {
    const cut = end - start > limit
    const text = this.utf8.decode(bytes.subarray(start, cut ? start + limit : end))
    return cut ? `${text.replace(/\ufffd$/, '')}…` : text
  }

  /** Room for `length` UTF-16 units, to be filled and read by `units`. */
  scratch(length: number): Uint16Array {
    if (this.units.length < length) this.units = new Uint16Array(Math.max(length, this.units.length * 2))
    return this.units
  }

  /** The first `count` units of the scratch. */
  fromScratch(count: number): string {
    if (count <= CHUNK) return fromUnits(this.units.subarray(0, count))
    let text = ''
    for (let i = 0; i < count; i += CHUNK) text += fromUnits(this.units.subarray(i, Math.min(i + CHUNK, count)))
    return text
  }
}

function fromUnits(units: Uint8Array | Uint16Array): string {
  // A typed array is array-like, which is all that apply asks for; its declaration says number[].
  return String.fromCharCode.apply(null, units as unknown as number[])
}

/** Where the UTF-8 sequence that starts with the byte (0x80 or above) at `i` ends; -1 where it is not valid. */
export function utf8SequenceEnd(bytes: Uint8Array, i: number, end: number): number {
  const lead = bytes[i] as number
  if (lead < 0xc2 || lead > 0xf4) return -1
  const second = bytes[i + 1] as number
  if (lead < 0xe0) return i + 2 <= end && isContinuation(second) ? i + 2 : -1
  if (lead < 0xf0) {
    if (i + 3 > end || !isContinuation(second) || !isContinuation(bytes[i + 2] as number)) return -1
    return (lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f) ? -1 : i + 3
  }
  if (i + 4 > end || !isContinuation(second) || !isContinuation(bytes[i + 2] as number) || !isContinuation(bytes[i + 3] as number))
    return -1
  return (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f) ? -1 : i + 4
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}
