import { utf8SequenceEnd } from '../byte-text.ts'

/** What a JSON value is, as far as decoding needs to know. */
export const JsonKind = {
  NONE: 0,
  NULL: 1,
  TRUE: 2,
  FALSE: 3,
  /** Digits without fraction or exponent. */
  INTEGER: 4,
  NUMBER: 5,
  /** ASCII without escapes. */
  PLAIN_STRING: 6,
  /** Valid UTF-8 without escapes. */
  UTF8_STRING: 7,
  ESCAPED_STRING: 8,
  OBJECT: 9,
  ARRAY: 10,
} as const
export type JsonKind = (typeof JsonKind)[keyof typeof JsonKind]

const MAX_DEPTH = 512

/**
 * Checks JSON over bytes, strictly and without allocating. Every method takes a position and returns the one behind what it
 * read, or -1 with `errorAt` and `expected` saying what is wrong.
 */
export class JsonScanner {
  bytes: Uint8Array = new Uint8Array(0)
  end = 0
  /** Of the value or string read last. */
  kind: JsonKind = JsonKind.NONE
  errorAt = 0
  expected = ''

  fail(at: number, expected: string): -1 {
    this.errorAt = at
    this.expected = expected
    return -1
  }

  space(i: number): number {
    const { bytes, end } = this
    if (i < end && (bytes[i] as number) > 32) return i
    while (i < end) {
      const c = bytes[i] as number
      if (c > 32 || (c !== 32 && c !== 10 && c !== 13 && c !== 9)) return i
      i++
    }
    return i
  }

  value(i: number, depth: number): number {
    if (i >= this.end) return this.fail(i, 'a value')
    const c = this.bytes[i] as number
    if (c === 34) return this.string(i)
    if (c === 45 || (c >= 48 && c <= 57)) return this.number(i)
    switch (c) {
      case 123:
        return this.object(i, depth)
      case 91:
        return this.array(i, depth)
      case 116:
        return this.word(i, 'true', JsonKind.TRUE)
      case 102:
        return this.word(i, 'false', JsonKind.FALSE)
      case 110:
        return this.word(i, 'null', JsonKind.NULL)
      default:
        return this.fail(i, 'a value')
    }
  }

  /** `i` is at the opening quote. */
  string(i: number): number {
    const { bytes, end } = this
    let kind: JsonKind = JsonKind.PLAIN_STRING
    i++
    while (i < end) {
      const c = bytes[i] as number
      if (c === 34) {
        this.kind = kind
        return i + 1
      }
      if (c >= 128) {
        const next = utf8SequenceEnd(bytes, i, end)
        if (next < 0) return this.fail(i, 'valid UTF-8')
        if (kind === JsonKind.PLAIN_STRING) kind = JsonKind.UTF8_STRING
        i = next
      } else if (c === 92) {
        const next = this.escape(i)
        if (next < 0) return -1
        kind = JsonKind.ESCAPED_STRING
        i = next
      } else if (c < 32) {
        return this.fail(i, 'a control character to be written as an escape')
      } else {
        i++
      }
    }
    return this.fail(end, 'the closing quote of a text')
  }

  private escape(i: number): number {
    switch (this.bytes[i + 1]) {
      case 34:
      case 47:
      case 92:
      case 98:
      case 102:
      case 110:
      case 114:
      case 116:
        return i + 2 <= this.end ? i + 2 : this.fail(this.end, 'an escape')
      case 117:
        for (let k = i + 2; k < i + 6; k++)
          if (k >= this.end || hexDigit(this.bytes[k] as number) < 0) return this.fail(k, 'four hexadecimal digits')
        return i + 6
      default:
        return this.fail(i + 1, 'an escape such as \\n')
    }
  }

  number(i: number): number {
    const { bytes, end } = this
    if (bytes[i] === 45) i++
    const first = i
    while (i < end && isDigit(bytes[i] as number)) i++
    if (i === first) return this.fail(i, 'a digit')
    if (bytes[first] === 48 && i > first + 1) return this.fail(first + 1, 'no digit behind a leading 0')
    let kind: JsonKind = JsonKind.INTEGER
    if (i < end && bytes[i] === 46) {
      const point = ++i
      while (i < end && isDigit(bytes[i] as number)) i++
      if (i === point) return this.fail(i, 'a digit')
      kind = JsonKind.NUMBER
    }
    if (i < end && ((bytes[i] as number) | 32) === 101) {
      i++
      if (i < end && (bytes[i] === 43 || bytes[i] === 45)) i++
      const exponent = i
      while (i < end && isDigit(bytes[i] as number)) i++
      if (i === exponent) return this.fail(i, 'a digit')
      kind = JsonKind.NUMBER
    }
    this.kind = kind
    return i
  }

  private word(i: number, word: string, kind: JsonKind): number {
    for (let k = 0; k < word.length; k++) if (i + k >= this.end || this.bytes[i + k] !== word.charCodeAt(k)) return this.fail(i, 'a value')
    this.kind = kind
    return i + word.length
  }

  private object(i: number, depth: number): number {
    if (depth >= MAX_DEPTH) return this.fail(i, `nesting of at most ${MAX_DEPTH} levels`)
    i = this.space(i + 1)
    if (i < this.end && this.bytes[i] === 125) return this.close(i, JsonKind.OBJECT)
    for (;;) {
      i = this.key(i)
      if (i < 0) return -1
      i = this.value(i, depth + 1)
      if (i < 0) return -1
      i = this.space(i)
      if (i < this.end && this.bytes[i] === 44) i = this.space(i + 1)
      else if (i < this.end && this.bytes[i] === 125) return this.close(i, JsonKind.OBJECT)
      else return this.fail(i, '"," or "}"')
    }
  }

  /** Reads a member's name and colon; returns where its value starts. */
  key(i: number): number {
    if (i >= this.end || this.bytes[i] !== 34) return this.fail(i, 'a name in double quotes')
    i = this.string(i)
    if (i < 0) return -1
    return this.colon(i)
  }

  colon(i: number): number {
    i = this.space(i)
    if (i >= this.end || this.bytes[i] !== 58) return this.fail(i, '":"')
    return this.space(i + 1)
  }

  private array(i: number, depth: number): number {
    if (depth >= MAX_DEPTH) return this.fail(i, `nesting of at most ${MAX_DEPTH} levels`)
    i = this.space(i + 1)
    if (i < this.end && this.bytes[i] === 93) return this.close(i, JsonKind.ARRAY)
    for (;;) {
      i = this.value(i, depth + 1)
      if (i < 0) return -1
      i = this.space(i)
      if (i < this.end && this.bytes[i] === 44) i = this.space(i + 1)
      else if (i < this.end && this.bytes[i] === 93) return this.close(i, JsonKind.ARRAY)
      else return this.fail(i, '"," or "]"')
    }
  }

  private close(i: number, kind: JsonKind): number {
    this.kind = kind
    return i + 1
  }
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57
}

/** The value of a hexadecimal digit, -1 for another byte. */
export function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48
  const lower = c | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}
