import { ByteText } from '../byte-text.ts'
import type { InferredColumn } from '../format.ts'
import { TypeGuess } from '../guess.ts'
import { JsonKind, JsonScanner } from './scan.ts'
import { unescapeJson } from './unescape.ts'

/** Columns of the records that are JSON objects; others are passed over. */
export function inferJson(records: readonly Uint8Array[]): readonly InferredColumn[] {
  const scanner = new JsonScanner()
  const text = new ByteText()
  const guess = new TypeGuess()
  for (const bytes of records) {
    scanner.bytes = bytes
    scanner.end = bytes.length
    const start = scanner.space(0)
    const end = scanner.value(start, 0)
    if (end < 0 || scanner.kind !== JsonKind.OBJECT || scanner.space(end) < bytes.length) continue
    observe(scanner, text, guess, start, end, JsonKind.OBJECT)
  }
  return guess.columns()
}

function observe(scanner: JsonScanner, text: ByteText, guess: TypeGuess, start: number, end: number, kind: JsonKind): void {
  const { bytes } = scanner
  switch (kind) {
    case JsonKind.NULL:
      return
    case JsonKind.TRUE:
    case JsonKind.FALSE:
      guess.boolean()
      return
    case JsonKind.INTEGER:
    case JsonKind.NUMBER:
      guess.number(bytes, start, end, kind === JsonKind.INTEGER)
      return
    case JsonKind.OBJECT: {
      guess.object()
      let i = scanner.space(start + 1)
      while (bytes[i] !== 125) {
        const keyEnd = scanner.string(i)
        const field = guess.field(unescapeJson(bytes, i + 1, keyEnd - 1, text))
        const valueStart = scanner.colon(keyEnd)
        i = member(scanner, text, field, valueStart)
      }
      return
    }
    case JsonKind.ARRAY: {
      const element = guess.array()
      let i = scanner.space(start + 1)
      while (bytes[i] !== 93) i = member(scanner, text, element, i)
      return
    }
    default:
      guess.text(bytes, start + 1, end - 1)
  }
}

function member(scanner: JsonScanner, text: ByteText, guess: TypeGuess, start: number): number {
  const end = scanner.value(start, 0)
  observe(scanner, text, guess, start, end, scanner.kind)
  const i = scanner.space(end)
  return scanner.bytes[i] === 44 ? scanner.space(i + 1) : i
}
