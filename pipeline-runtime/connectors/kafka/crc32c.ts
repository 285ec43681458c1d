const table = new Int32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  table[byte] = value
}

/** CRC-32C (Castagnoli, reflected polynomial 82F63B78) of bytes[start, end): the checksum of a record batch, unsigned. */
export function crc32c(bytes: Uint8Array, start: number, end: number): number {
  let crc = -1
  for (let i = start; i < end; i++) crc = (table[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8) // as: both indices are in range
  return (crc ^ -1) >>> 0
}
