import { ExpressionError } from './issues.ts'

export type TextTest = (text: string) => boolean

const ANY = -1
const ONE = -2

/**
 * The test of a LIKE pattern: `%` is any run of characters, line ends included, `_` one character (code point). Without
 * ESCAPE there is no escape character. Throws ExpressionError where the escape stands before anything but `%`, `_` or itself.
 */
export function likeTest(pattern: string, escapeWith: string | undefined): TextTest {
  const tokens = tokensOf(pattern, escapeWith)
  const wild = tokens.filter((token) => token < 0)
  const fixed = tokens.map((token) => (token < 0 ? '' : String.fromCodePoint(token))).join('')
  if (wild.length === 0) return (text) => text === fixed
  if (!wild.includes(ONE)) {
    const first = tokens[0] === ANY
    const last = tokens[tokens.length - 1] === ANY
    const inner = tokens.slice(first ? 1 : 0, last ? -1 : undefined)
    if (inner.every((token) => token >= 0)) {
      if (first && last) return (text) => text.includes(fixed)
      if (first) return (text) => text.endsWith(fixed)
      return (text) => text.startsWith(fixed)
    }
  }
  return (text) => matches(tokens, text)
}

function tokensOf(pattern: string, escapeWith: string | undefined): number[] {
  if (escapeWith !== undefined && [...escapeWith].length !== 1) {
    throw new ExpressionError('BAD_ESCAPE', `The escape of LIKE is one character, not '${escapeWith}'.`)
  }
  const tokens: number[] = []
  const chars = [...pattern]
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] ?? ''
    if (char === escapeWith) {
      const next = chars[++i]
      if (next !== '%' && next !== '_' && next !== escapeWith) {
        throw new ExpressionError(
          'BAD_ESCAPE',
          `In the pattern '${pattern}' the escape ${escapeWith} may only stand before %, _ or itself.`,
        )
      }
      tokens.push(next.codePointAt(0) ?? 0)
    } else if (char === '%') {
      // Two in a row mean the same as one.
      if (tokens[tokens.length - 1] !== ANY) tokens.push(ANY)
    } else if (char === '_') {
      tokens.push(ONE)
    } else {
      tokens.push(char.codePointAt(0) ?? 0)
    }
  }
  return tokens
}

/** Greedy match that only ever goes back to the last `%`: at worst pattern times text. */
function matches(tokens: readonly number[], text: string): boolean {
  let t = 0
  let at = 0
  let star = -1
  let starAt = 0
  while (at < text.length) {
    const token = tokens[t]
    if (token === ANY) {
      star = t++
      starAt = at
      continue
    }
    const char = text.codePointAt(at) ?? 0
    if (token !== undefined && (token === ONE || token === char)) {
      t++
      at += char > 0xffff ? 2 : 1
    } else if (star >= 0) {
      t = star + 1
      starAt += (text.codePointAt(starAt) ?? 0) > 0xffff ? 2 : 1
      at = starAt
    } else {
      return false
    }
  }
  while (tokens[t] === ANY) t++
  return t === tokens.length
}
