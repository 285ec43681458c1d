/**
 * Austin Appleby's MurmurHash2 as the Java client of Kafka computes it over a key, 32 bits, signed. Every client that partitions by
 * it sends equal keys to equal partitions.
 */
export function murmur2(bytes: Uint8Array): number {
  const multiplier = 0x5bd1e995
  const length = bytes.length
  let hash = 0x9747b28c ^ length
  let i = 0
  for (; i + 4 <= length; i += 4) {
    let word = byteAt(bytes, i) | (byteAt(bytes, i + 1) << 8) | (byteAt(bytes, i + 2) << 16) | (byteAt(bytes, i + 3) << 24)
    word = Math.imul(word, multiplier)
    word ^= word >>> 24
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier)
  }
  const rest = length - i
  if (rest === 3) hash ^= byteAt(bytes, i + 2) << 16
  if (rest >= 2) hash ^= byteAt(bytes, i + 1) << 8
  if (rest >= 1) {
    hash ^= byteAt(bytes, i)
    hash = Math.imul(hash, multiplier)
  }
  hash ^= hash >>> 13
  hash = Math.imul(hash, multiplier)
  return hash ^ (hash >>> 15)
}

/** The partition of a key: the sign bit is dropped, not negated, as in Java's toPositive. */
export function partitionOfKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number // as: index is within the length
}
