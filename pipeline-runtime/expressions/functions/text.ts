import { BIGINT, BOOLEAN, STRING } from '../../data/types.ts'
import type { Value } from '../../data/value.ts'
import type { Integer } from '../arithmetic.ts'
import type { Body, FunctionEntry, Parameter } from '../function-entry.ts'
import { ExpressionError } from '../issues.ts'

const text: Parameter = { name: 'text', accepts: 'STRING' }
const length: Parameter = { name: 'length', accepts: 'BIGINT' }

/** Longer results are refused, so that LPAD(x, 2000000000) cannot exhaust the memory. */
const MAX_LENGTH = 10_000_000

/** The number of characters (code points). */
function codePointLength(value: string): number {
  let count = value.length
  for (let i = 0; i + 1 < value.length; i++) {
    if (isPair(value, i)) {
      count--
      i++
    }
  }
  return count
}

function isPair(value: string, at: number): boolean {
  const high = value.charCodeAt(at)
  if (high < 0xd800 || high > 0xdbff) return false
  const low = value.charCodeAt(at + 1)
  return low >= 0xdc00 && low <= 0xdfff
}

/** Texts without surrogates, nearly all, are cut by index. */
function isPlain(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i)
    if (unit >= 0xd800 && unit <= 0xdfff) return false
  }
  return true
}

/** Characters `start` (from 0) to before `end`. */
function slice(value: string, start: number, end: number): string {
  return isPlain(value) ? value.slice(start, end) : [...value].slice(start, end).join('')
}

function substring(value: string, start: Integer, count?: Integer): string | null {
  if (count !== undefined && count < 0) return null
  const size = codePointLength(value)
  // A bigint lies far outside any text: as a rounded number it does too.
  const from = Number(start)
  const first = from > 0 ? from - 1 : from < 0 ? size + from : 0
  if (first < 0 || first >= size) return ''
  return slice(value, first, count === undefined ? size : Math.min(size, first + Number(count)))
}

function position(part: string, value: string): number {
  const at = value.indexOf(part)
  return at <= 0 ? at + 1 : codePointLength(value.slice(0, at)) + 1
}

function pad(side: 'left' | 'right'): Body {
  return (value: string, wanted: Integer, filler = ' ') => {
    if (wanted < 0 || filler === '') return null
    if (wanted > MAX_LENGTH)
      throw new ExpressionError('TOO_LONG', `A text of ${wanted} characters is too long; at most ${MAX_LENGTH} are made.`)
    const missing = Number(wanted) - codePointLength(value)
    if (missing <= 0) return slice(value, 0, Number(wanted))
    const fill = slice(filler.repeat(Math.ceil(missing / codePointLength(filler))), 0, missing)
    return side === 'left' ? fill + value : value + fill
  }
}

function trimmed(value: string, chars: string, left: boolean, right: boolean): string {
  const set = new Set(chars)
  const all = isPlain(value) ? value : [...value]
  let start = 0
  let end = all.length
  while (left && start < end && set.has(all[start] ?? '')) start++
  while (right && end > start && set.has(all[end - 1] ?? '')) end--
  return typeof all === 'string' ? all.slice(start, end) : all.slice(start, end).join('')
}

function trimBody(left: boolean, right: boolean): Body {
  return (value: string, chars = ' ') => trimmed(value, chars, left, right)
}

function entry(
  name: string,
  doc: string,
  parameters: readonly Parameter[],
  body: Body,
  examples: FunctionEntry['examples'],
  flink?: string,
): FunctionEntry {
  const base = { kind: 'function', name, topic: 'Text', doc, parameters, result: STRING, prepare: () => body, examples } as const
  return flink === undefined ? base : { ...base, flink }
}

export const textFunctions: readonly FunctionEntry[] = [
  entry('UPPER', 'In capital letters.', [text], (value: string) => value.toUpperCase(), [{ text: "UPPER('nl')", value: 'NL' }]),
  entry('LOWER', 'In small letters.', [text], (value: string) => value.toLowerCase(), [{ text: "LOWER('NL')", value: 'nl' }]),
  {
    kind: 'function',
    name: 'TRIM',
    topic: 'Text',
    usage: 'TRIM(text) or TRIM([BOTH | LEADING | TRAILING] chars FROM text)',
    doc: 'Without blanks, or without any of the given characters, at both ends or at one.',
    examples: [
      { text: "TRIM('  a b ')", value: 'a b' },
      { text: "TRIM(LEADING '0' FROM '0070')", value: '70' },
      { text: "TRIM(TRAILING '0' FROM '0070')", value: '007' },
    ],
    parameters: [text, { name: 'chars', accepts: 'STRING', optional: true }],
    keywords: { words: ['BOTH', 'LEADING', 'TRAILING'], required: false },
    result: STRING,
    prepare: ({ keyword }) => trimBody(keyword !== 'TRAILING', keyword !== 'LEADING'),
  },
  entry(
    'LTRIM',
    'Without blanks, or any of the given characters, at the start.',
    [text, { name: 'chars', accepts: 'STRING', optional: true }],
    trimBody(true, false),
    [{ text: "LTRIM('  a')", value: 'a' }],
  ),
  entry(
    'RTRIM',
    'Without blanks, or any of the given characters, at the end.',
    [text, { name: 'chars', accepts: 'STRING', optional: true }],
    trimBody(false, true),
    [{ text: "RTRIM('a--', '-')", value: 'a' }],
  ),
  {
    ...entry('CHAR_LENGTH', 'The number of characters (code points).', [text], codePointLength, [
      { text: "CHAR_LENGTH('zoë')", value: '3' },
      { text: "CHAR_LENGTH('👍')", value: '1' },
    ]),
    result: BIGINT,
  },
  {
    ...entry(
      'SUBSTRING',
      'The characters from a place on, the first being 1 (0 counts as 1, below zero from the end), at most so many as the length.',
      [text, { name: 'start', accepts: 'BIGINT' }, { ...length, optional: true }],
      substring,
      [
        { text: "SUBSTRING('millrace', 1, 4)", value: 'mill' },
        { text: "SUBSTRING('millrace', -4)", value: 'race' },
        { text: "SUBSTRING('abc' FROM 2 FOR 1)", value: 'b' },
      ],
    ),
    usage: 'SUBSTRING(text, start [, length]) or SUBSTRING(text FROM start [FOR length])',
  },
  {
    ...entry(
      'POSITION',
      'Where the part first stands in the text, counted from 1; 0 if nowhere.',
      [{ name: 'part', accepts: 'STRING' }, text],
      position,
      [
        { text: "POSITION('r' IN 'millrace')", value: '5' },
        { text: "POSITION('x' IN 'millrace')", value: '0' },
      ],
    ),
    usage: 'POSITION(part IN text)',
    result: BIGINT,
  },
  entry(
    'REPLACE',
    'With each occurrence of a part replaced.',
    [text, { name: 'part', accepts: 'STRING' }, { name: 'replacement', accepts: 'STRING' }],
    (value: string, part: string, replacement: string) => (part === '' ? value : value.split(part).join(replacement)),
    [{ text: "REPLACE('1.234', '.', ',')", value: '1,234' }],
  ),
  entry(
    'CONCAT',
    'The texts one behind the other; NULL if one is NULL.',
    [{ ...text, repeats: true }],
    (...parts: string[]) => parts.join(''),
    [
      { text: "CONCAT('a', 'b', 'c')", value: 'abc' },
      { text: "CONCAT('a', NULL)", value: 'NULL' },
    ],
  ),
  {
    ...entry(
      'CONCAT_WS',
      'The texts with a separator between them; NULL ones are left out.',
      [
        { name: 'separator', accepts: 'STRING' },
        { ...text, repeats: true },
      ],
      (separator: Value, ...parts: Value[]) => (separator === null ? null : parts.filter((part) => part !== null).join(String(separator))),
      [{ text: "CONCAT_WS('-', 'a', NULL, 'b')", value: 'a-b' }],
    ),
    nulls: 'given',
  },
  entry(
    'LPAD',
    'Filled up at the start to a length, or cut to it.',
    [text, length, { name: 'filler', accepts: 'STRING', optional: true }],
    pad('left'),
    [
      { text: "LPAD('7', 3, '0')", value: '007' },
      { text: "LPAD('hi', 1, '?')", value: 'h' },
    ],
    'Flink wants the filler.',
  ),
  entry(
    'RPAD',
    'Filled up at the end to a length, or cut to it.',
    [text, length, { name: 'filler', accepts: 'STRING', optional: true }],
    pad('right'),
    [{ text: "RPAD('hi', 4, '.')", value: 'hi..' }],
    'Flink wants the filler.',
  ),
  entry('REVERSE', 'The characters in reverse order.', [text], (value: string) => [...value].reverse().join(''), [
    { text: "REVERSE('abc')", value: 'cba' },
  ]),
  {
    ...entry(
      'STARTSWITH',
      'Whether the text starts so.',
      [text, { name: 'start', accepts: 'STRING' }],
      (value: string, start: string) => value.startsWith(start),
      [{ text: "STARTSWITH('millrace', 'mill')", value: 'true' }],
    ),
    result: BOOLEAN,
  },
  entry(
    'SPLIT_INDEX',
    'The part of that number, counted from 0, of the text split at a separator; NULL if there is none.',
    [text, { name: 'separator', accepts: 'STRING' }, { name: 'index', accepts: 'BIGINT' }],
    (value: string, separator: string, index: Integer) => {
      if (index < 0 || value === '') return null
      return (separator === '' ? [value] : value.split(separator))[Number(index)] ?? null
    },
    [
      { text: "SPLIT_INDEX('a/b/c', '/', 1)", value: 'b' },
      { text: "SPLIT_INDEX('a/b', '/', 5)", value: 'NULL' },
    ],
  ),
]
