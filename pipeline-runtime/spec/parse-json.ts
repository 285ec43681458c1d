import type { Issue } from './issue.ts'
import { type JsonObject, pointer } from './json.ts'

export interface ParsedJson {
  /** Undefined where the text is no JSON. */
  readonly value: unknown
  readonly issues: readonly Issue[]
}

const MAX_DEPTH = 200

/**
 * Parses a document or spec. Unlike `JSON.parse` it says where and what it met, refuses names that stand twice, and integers that a
 * double cannot hold (RFC 8785), instead of quietly changing them.
 */
export function parseJson(text: string): ParsedJson {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (source.trim() === '') {
    return {
      value: undefined,
      issues: [
        { code: 'EMPTY_FILE', severity: 'error', path: '', message: 'The file is empty. A document starts with { "format": 1, … }.' },
      ],
    }
  }
  const parser = new JsonParser(source)
  try {
    return { value: parser.document(), issues: parser.issues }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    const { line, column } = lineAndColumn(source, error.position)
    const issue: Issue = {
      code: 'NOT_JSON',
      severity: 'error',
      path: '',
      message: `Not JSON at line ${line}, column ${column}: ${error.message}.`,
      range: { from: error.position, to: Math.min(error.position + 1, source.length) },
    }
    return { value: undefined, issues: [issue] }
  }
}

class JsonSyntaxError extends Error {
  readonly position: number
  constructor(position: number, message: string) {
    super(message)
    this.position = position
  }
}

function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split(/\r\n|\n|\r/)
  return { line: before.length, column: (before[before.length - 1] ?? '').length + 1 }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORDS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

class JsonParser {
  readonly issues: Issue[] = []
  private position = 0
  private readonly path: (string | number)[] = []
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  document(): unknown {
    const value = this.value()
    this.space()
    if (this.position < this.text.length) this.fail('the end of the file was expected')
    return value
  }

  private value(): unknown {
    this.space()
    if (this.path.length > MAX_DEPTH) throw new JsonSyntaxError(this.position, `more than ${MAX_DEPTH} levels of brackets`)
    const character = this.text[this.position]
    if (character === '{') return this.object()
    if (character === '[') return this.array()
    if (character === '"') return this.string()
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.position)) {
        this.position += word.length
        return value
      }
    }
    NUMBER.lastIndex = this.position
    const match = NUMBER.exec(this.text)
    if (match === null) return this.fail('a value was expected')
    this.position = NUMBER.lastIndex
    return this.number(match[0])
  }

  private number(text: string): number {
    const value = Number(text)
    if (!Number.isFinite(value)) {
      this.problem('NUMBER_TOO_LARGE', `The number ${shorten(text)} is too large. Write it as text, in quotes.`)
    } else if (/^-?\d+$/.test(text) && !Number.isSafeInteger(value)) {
      this.problem(
        'INTEGER_TOO_LARGE',
        `The integer ${shorten(text)} would lose digits as a JSON number. Write it as text: "${shorten(text)}".`,
      )
    }
    return value
  }

  private object(): JsonObject {
    const object: JsonObject = {}
    this.position++
    this.space()
    if (this.take('}')) return object
    do {
      this.space()
      if (this.text[this.position] !== '"') this.fail('a name in double quotes was expected')
      const key = this.string()
      this.space()
      if (!this.take(':')) this.fail(`":" was expected after ${JSON.stringify(key)}`)
      this.path.push(key)
      const value = this.value()
      if (Object.hasOwn(object, key)) {
        this.problem(
          'DUPLICATE_KEY',
          `${JSON.stringify(key)} stands twice in the same object, and only one of the two can hold. Remove one.`,
        )
      } else if (key === '__proto__') {
        this.problem('BAD_KEY', 'The name "__proto__" cannot be used. Choose another one.')
      } else object[key] = value
      this.path.pop()
      this.space()
    } while (this.take(','))
    if (!this.take('}')) this.fail('"," or "}" was expected')
    return object
  }

  private array(): unknown[] {
    const array: unknown[] = []
    this.position++
    this.space()
    if (this.take(']')) return array
    do {
      this.path.push(array.length)
      array.push(this.value())
      this.path.pop()
      this.space()
    } while (this.take(','))
    if (!this.take(']')) this.fail('"," or "]" was expected')
    return array
  }

  private string(): string {
    const start = this.position
    for (let i = start + 1; i < this.text.length; i++) {
      const code = this.text.charCodeAt(i)
      if (code === 0x5c) i++
      else if (code < 0x20) throw new JsonSyntaxError(i, 'a line end or control character stands inside a text; write it as \\n or \\u00…')
      else if (code === 0x22) {
        this.position = i + 1
        try {
          return String(JSON.parse(this.text.slice(start, i + 1)))
        } catch {
          throw new JsonSyntaxError(start, 'the text holds a backslash that means nothing; a backslash itself is written \\\\')
        }
      }
    }
    throw new JsonSyntaxError(start, 'a text starts here and has no closing quote')
  }

  private space(): void {
    while (this.position < this.text.length && ' \n\r\t'.includes(this.text[this.position] ?? '')) this.position++
  }

  private take(character: string): boolean {
    if (this.text[this.position] !== character) return false
    this.position++
    return true
  }

  private fail(expected: string): never {
    const rest = this.text.slice(this.position)
    const met =
      rest === ''
        ? 'the file ends'
        : `${JSON.stringify(/^[\p{L}\p{N}_.+-]{1,20}/u.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0))} was met`
    throw new JsonSyntaxError(this.position, `${expected}, but ${met}`)
  }

  private problem(code: string, message: string): void {
    this.issues.push({ code, severity: 'error', path: pointer(...this.path), message })
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}…` : text
}
