import type { ByteText } from '../byte-text.ts'
import { JsonKind, type JsonScanner } from './scan.ts'
import { unescapeJson } from './unescape.ts'

/** Finds which of some names stands in a span of bytes. */
export class NameTable {
  private readonly names: readonly string[]
  private readonly encoded: readonly Uint8Array[]
  /** As JSON without escapes. */
  private readonly quoted: readonly (Uint8Array | undefined)[]
  private readonly byLength: (readonly number[])[] = []

  constructor(names: readonly string[]) {
    const encoder = new TextEncoder()
    this.names = names
    this.encoded = names.map((name) => encoder.encode(name))
    this.quoted = names.map((name) => (/["\\\p{Cc}\p{Cs}]/u.test(name) ? undefined : encoder.encode(`"${name}"`)))
    this.encoded.forEach((bytes, i) => {
      this.byLength[bytes.length] = [...(this.byLength[bytes.length] ?? []), i]
    })
  }

  /** Where the name ends if it is that of index `guess` that stands, quoted, at `start`; -1 otherwise, also for names that need escapes. */
  endOf(guess: number, bytes: Uint8Array, start: number, end: number): number {
    const quoted = this.quoted[guess]
    if (quoted === undefined || start + quoted.length > end) return -1
    for (let i = 0; i < quoted.length; i++) if (bytes[start + i] !== quoted[i]) return -1
    return start + quoted.length
  }

  /** The index of the string that the scanner has just read, quotes at `start` and before `end`; -1 for another. */
  find(scanner: JsonScanner, start: number, end: number, text: ByteText): number {
    const { bytes } = scanner
    if (scanner.kind === JsonKind.ESCAPED_STRING) return this.names.indexOf(unescapeJson(bytes, start + 1, end - 1, text))
    const candidates = this.byLength[end - start - 2]
    if (candidates === undefined) return -1
    for (let k = 0; k < candidates.length; k++) {
      const i = candidates[k] as number
      if (matches(bytes, start + 1, end - 1, this.encoded[i] as Uint8Array)) return i
    }
    return -1
  }
}

function matches(bytes: Uint8Array, start: number, end: number, expected: Uint8Array): boolean {
  if (end - start !== expected.length) return false
  for (let i = 0; i < expected.length; i++) if (bytes[start + i] !== expected[i]) return false
  return true
}
