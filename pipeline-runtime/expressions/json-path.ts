import { ExpressionError } from './issues.ts'

type Step = string | number

/** The steps of `$.a.b[0]['c']`, with `lax` in front or without; list indexes count from 0, as in SQL/JSON. Throws ExpressionError for other text. */
export function jsonPath(path: string): readonly Step[] {
  const match = /^\s*(?:lax\s+)?\$(.*?)\s*$/is.exec(path)
  const refuse = () => new ExpressionError('BAD_JSON_PATH', `'${path}' is not a path of the form $.name.list[0].name (lax).`)
  if (match === null) throw refuse()
  const steps: Step[] = []
  let rest = match[1] ?? ''
  while (rest !== '') {
    const step =
      /^\s*(?:\.\s*([\p{L}_$][\p{L}\p{N}_$-]*)|\.\s*"((?:[^"\\]|\\.)*)"|\[\s*(\d{1,9})\s*\]|\[\s*'((?:[^'\\]|\\.)*)'\s*\]|\[\s*"((?:[^"\\]|\\.)*)"\s*\])/u.exec(
        rest,
      )
    if (step === null) throw refuse()
    const name = step[1] ?? (step[2] ?? step[4] ?? step[5])?.replace(/\\(.)/gs, '$1')
    steps.push(name ?? Number(step[3]))
    rest = rest.slice(step[0].length)
  }
  return steps
}

/** The scalar at a path as text; NULL for what is no scalar, is not there, or where the text is not JSON. */
export function jsonScalar(text: string, steps: readonly Step[]): string | null {
  const found = new JsonReader(text).find(steps)
  return found === undefined ? null : found
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const BLANK = /[ \t\n\r]*/y
/** Deeper texts are taken for broken ones, so that no text can exhaust the stack. */
const MAX_DEPTH = 1000

class Broken extends Error {}

/** Reads a JSON text once from front to back and keeps the digits of numbers. */
class JsonReader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  /** Scalar text, null for JSON's null, lists and objects, undefined for nothing there or no JSON. */
  find(steps: readonly Step[]): string | null | undefined {
    try {
      const found = this.value(steps, 0, 0)
      this.match(BLANK)
      return this.at === this.text.length ? found : undefined
    } catch (error) {
      if (error instanceof Broken) return undefined
      throw error
    }
  }

  /** Reads a value; `depth` counts the steps already taken, -1 for off the path. */
  private value(steps: readonly Step[], depth: number, nesting: number): string | null | undefined {
    if (nesting > MAX_DEPTH) throw new Broken()
    this.match(BLANK)
    const here = depth === steps.length
    switch (this.text[this.at]) {
      case '{':
        return this.members(steps, depth, nesting)
      case '[':
        return this.elements(steps, depth, nesting)
      case '"': {
        const text = this.string()
        return here || this.wraps(steps, depth) ? text : undefined
      }
      case 't':
        return this.word('true', here || this.wraps(steps, depth) ? 'true' : undefined)
      case 'f':
        return this.word('false', here || this.wraps(steps, depth) ? 'false' : undefined)
      case 'n':
        return this.word('null', here ? null : undefined)
      default: {
        const digits = this.match(NUMBER)
        if (digits === '') throw new Broken()
        return here || this.wraps(steps, depth) ? digits : undefined
      }
    }
  }

  /** In lax mode `[0]` of a scalar is the scalar itself. */
  private wraps(steps: readonly Step[], depth: number): boolean {
    return depth >= 0 && depth === steps.length - 1 && steps[depth] === 0
  }

  private members(steps: readonly Step[], depth: number, nesting: number): string | null | undefined {
    const wanted = depth >= 0 && depth < steps.length ? steps[depth] : undefined
    let found: string | null | undefined = depth === steps.length ? null : undefined
    this.at++
    this.match(BLANK)
    if (this.take('}')) return found
    do {
      this.match(BLANK)
      const name = this.string()
      this.match(BLANK)
      if (!this.take(':')) throw new Broken()
      const onPath = name === wanted
      const value = this.value(steps, onPath ? depth + 1 : -1, nesting + 1)
      // Of two members of one name the last counts (semantics, "Flink's observed answers").
      if (onPath) found = value
      this.match(BLANK)
    } while (this.take(','))
    if (!this.take('}')) throw new Broken()
    return found
  }

  private elements(steps: readonly Step[], depth: number, nesting: number): string | null | undefined {
    const wanted = depth >= 0 && depth < steps.length ? steps[depth] : undefined
    let found: string | null | undefined = depth === steps.length ? null : undefined
    this.at++
    this.match(BLANK)
    if (this.take(']')) return found
    let index = 0
    do {
      const onPath = index === wanted
      const value = this.value(steps, onPath ? depth + 1 : -1, nesting + 1)
      if (onPath) found = value
      index++
      this.match(BLANK)
    } while (this.take(','))
    if (!this.take(']')) throw new Broken()
    return found
  }

  private string(): string {
    const quoted = this.match(STRING)
    if (quoted === '') throw new Broken()
    if (!quoted.includes('\\')) return quoted.slice(1, -1)
    const text: unknown = JSON.parse(quoted)
    return typeof text === 'string' ? text : ''
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw new Broken()
    this.at += word.length
    return value
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false
    this.at++
    return true
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }
}
