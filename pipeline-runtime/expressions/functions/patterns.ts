import { RE2JS } from 're2js'
import { BOOLEAN, STRING } from '../../data/types.ts'
import type { CallContext, FunctionEntry } from '../function-entry.ts'
import { ExpressionError } from '../issues.ts'

const text = { name: 'text', accepts: 'STRING' } as const
const pattern = { name: 'pattern', accepts: 'STRING' } as const

/** Patterns from columns repeat: the latest are kept ready. */
const MAX_KEPT = 100

/** A ready pattern per call: the constant one at once, so that a bad one is an issue; others when they come. */
function patternOf(context: CallContext): (source: string) => RE2JS {
  const constant = context.constant(1)
  if (typeof constant === 'string') {
    const ready = compilePattern(constant)
    return () => ready
  }
  const kept = new Map<string, RE2JS>()
  return (source) => {
    let known = kept.get(source)
    if (known === undefined) {
      known = compilePattern(source)
      if (kept.size >= MAX_KEPT) kept.clear()
      kept.set(source, known)
    }
    return known
  }
}

function compilePattern(source: string): RE2JS {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : ''
    throw new ExpressionError(
      'BAD_PATTERN',
      `'${source}' is not a regular expression that can be run here (RE2 syntax: no look-ahead, no look-behind, no back references): ${why}.`,
    )
  }
}

/** `$1` for groups, `\$` for a dollar, as in Java; a group that is not there is refused. */
function checkedReplacement(replacement: string, groups: number): string {
  for (const match of replacement.matchAll(/\\.|\$(\d)?/gs)) {
    if (match[0].startsWith('\\')) continue
    if (match[1] === undefined)
      throw new ExpressionError(
        'BAD_REPLACEMENT',
        `In the replacement '${replacement}' a $ is followed by no group number; write \\$ for a dollar sign.`,
      )
    if (Number(match[1]) > groups)
      throw new ExpressionError(
        'BAD_REPLACEMENT',
        `The replacement '${replacement}' names group ${match[1]}, and the pattern has ${groups}.`,
      )
  }
  if (/(^|[^\\])(\\\\)*\\$/.test(replacement))
    throw new ExpressionError('BAD_REPLACEMENT', `The replacement '${replacement}' ends with a lone \\.`)
  return replacement
}

export const patternFunctions: readonly FunctionEntry[] = [
  {
    kind: 'function',
    name: 'REGEXP',
    topic: 'Text',
    doc: 'Whether a part of the text matches the regular expression (RE2 syntax).',
    examples: [
      { text: "REGEXP('order-42', '[0-9]+')", value: 'true' },
      { text: "REGEXP('order', '^[0-9]')", value: 'false' },
    ],
    parameters: [text, pattern],
    result: BOOLEAN,
    prepare: (context) => {
      const ready = patternOf(context)
      return (value: string, source: string) => ready(source).matcher(value).find()
    },
  },
  {
    kind: 'function',
    name: 'REGEXP_EXTRACT',
    topic: 'Text',
    doc: 'The part that matches the regular expression, or its group of that number (0, the whole, if left out); NULL without a match.',
    examples: [
      { text: "REGEXP_EXTRACT('order-42', '([a-z]+)-([0-9]+)', 2)", value: '42' },
      { text: "REGEXP_EXTRACT('order', '[0-9]+')", value: 'NULL' },
    ],
    parameters: [text, pattern, { name: 'group', accepts: 'BIGINT', optional: true }],
    result: STRING,
    prepare: (context) => {
      const ready = patternOf(context)
      const group = context.constant(2)
      const source = context.constant(1)
      const check = (n: number | bigint, groups: number) => {
        if (n < 0 || n > groups) throw new ExpressionError('BAD_GROUP', `There is no group ${n}: the pattern has ${groups}.`)
      }
      if (typeof group === 'number' && typeof source === 'string') check(group, ready(source).groupCount())
      return (value: string, source: string, n: number | bigint = 0) => {
        const compiled = ready(source)
        check(n, compiled.groupCount())
        const matcher = compiled.matcher(value)
        return matcher.find() ? matcher.group(Number(n)) : null
      }
    },
  },
  {
    kind: 'function',
    name: 'REGEXP_REPLACE',
    topic: 'Text',
    doc: 'The text with each match of the regular expression replaced; $1 is the first group.',
    examples: [{ text: "REGEXP_REPLACE('2024-02-29', '([0-9]+)-([0-9]+)-([0-9]+)', '$3.$2.$1')", value: '29.02.2024' }],
    parameters: [text, pattern, { name: 'replacement', accepts: 'STRING' }],
    result: STRING,
    prepare: (context) => {
      const ready = patternOf(context)
      const source = context.constant(1)
      const replacement = context.constant(2)
      if (typeof source === 'string' && typeof replacement === 'string') checkedReplacement(replacement, ready(source).groupCount())
      return (value: string, source: string, replacement: string) => {
        const compiled = ready(source)
        return compiled.matcher(value).replaceAll(checkedReplacement(replacement, compiled.groupCount()), true)
      }
    },
  },
]
