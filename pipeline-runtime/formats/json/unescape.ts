import type { ByteText } from '../byte-text.ts'
import { hexDigit } from './scan.ts'

const SINGLE: Readonly<Record<number, number>> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 }

/** The text of a JSON string whose inside, checked before, is `bytes[start..end)`. */
export function unescapeJson(bytes: Uint8Array, start: number, end: number, text: ByteText): string {
  const units = text.scratch(end - start)
  let n = 0
  let i = start
  while (i < end) {
    const c = bytes[i] as number
    if (c === 92) {
      const e = bytes[i + 1] as number
      if (e === 117) {
        let unit = 0
        for (let k = i + 2; k < i + 6; k++) unit = unit * 16 + hexDigit(bytes[k] as number)
        units[n++] = unit
        i += 6
      } else {
        units[n++] = SINGLE[e] ?? e
        i += 2
      }
    } else if (c < 128) {
      units[n++] = c
      i++
    } else if (c < 0xe0) {
      units[n++] = ((c & 31) << 6) | continuation(bytes, i + 1)
      i += 2
    } else if (c < 0xf0) {
      units[n++] = ((c & 15) << 12) | (continuation(bytes, i + 1) << 6) | continuation(bytes, i + 2)
      i += 3
    } else {
      const point = ((c & 7) << 18) | (continuation(bytes, i + 1) << 12) | (continuation(bytes, i + 2) << 6) | continuation(bytes, i + 3)
      units[n++] = 0xd800 + ((point - 0x10000) >> 10)
      units[n++] = 0xdc00 + ((point - 0x10000) & 0x3ff)
      i += 4
    }
  }
  return text.fromScratch(n)
}

function continuation(bytes: Uint8Array, i: number): number {
  return (bytes[i] as number) & 63
}
