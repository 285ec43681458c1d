import { expect, test } from 'vitest'
import { BIGINT, DOUBLE, row, STRING } from '../../pipeline-runtime/data/types.ts'
import { functionTable, parser, type Scope } from '../../pipeline-runtime/expressions/expressions.ts'
import { type Suggestion, suggestionsAt } from './completions.ts'

const scope: Scope = {
  columns: [
    { name: 'amount', type: DOUBLE },
    { name: 'order', type: BIGINT },
    { name: 'end', type: STRING },
    { name: 'my col', type: STRING },
    {
      name: 'payload',
      type: row([
        { name: 'user', type: row([{ name: 'id', type: BIGINT }]) },
        { name: 'first name', type: STRING },
      ]),
    },
  ],
  recordParts: true,
  timeZone: 'UTC',
}

/** `|` is the cursor. */
function at(marked: string, asked = false, of: Scope = scope) {
  const cursor = marked.indexOf('|')
  const text = marked.replace('|', '')
  return suggestionsAt(text, parser.parse(text), cursor, of, asked)
}

const labels = (items: readonly Suggestion[] | undefined, kind: Suggestion['kind']) =>
  items?.filter((item) => item.kind === kind).map(({ label }) => label)

test('columns with their types, quoted where they are no plain word', () => {
  const found = at('am|')
  expect(found).toMatchObject({ from: 0, to: 2 })
  expect(labels(found?.items, 'column')).toEqual(['amount', 'order', 'end', 'my col', 'payload'])
  expect(found?.items.find(({ label }) => label === 'amount')).toEqual({ label: 'amount', kind: 'column', detail: 'DOUBLE' })
  expect(found?.items.find(({ label }) => label === 'my col')?.apply).toBe('`my col`')
  expect(found?.items.find(({ label }) => label === 'end')?.apply).toBe('`end`')
})

test('parts of the record where there are some', () => {
  expect(labels(at('$|')?.items, 'part')).toEqual(['$key', '$timestamp', '$topic', '$partition', '$offset', '$headers'])
  expect(labels(at('$|', false, { ...scope, recordParts: false })?.items, 'part')).toEqual([])
  expect(at('amount > 1 AND $of|')).toMatchObject({ from: 15, to: 18 })
})

test('every function, ready to be filled in', () => {
  const found = labels(at('x|')?.items, 'function')
  for (const entry of functionTable) if (entry.kind === 'function') expect(found, entry.name).toContain(entry.name)
  expect(found).toContain('COALESCE')
  expect(found).not.toContain('AND')
  const upper = at('UPP|')?.items.find(({ label }) => label === 'UPPER')
  expect(upper).toMatchObject({ apply: 'UPPER()', cursor: 6, detail: 'STRING' })
})

test('the fields of a row behind a dot', () => {
  expect(labels(at('payload.|')?.items, 'field')).toEqual(['user', 'first name'])
  expect(labels(at('amount > payload.user.|')?.items, 'field')).toEqual(['id'])
  expect(at('amount.|')).toBeUndefined()
})

test('types behind AS in a cast', () => {
  expect(labels(at('CAST(amount AS |', true)?.items, 'type')).toContain('BIGINT')
})

test.each(["status = 'pa|id'", "status = 'pa|", '-- note|', '12|', '1.5|'])('nothing in %s', (marked) => {
  expect(at(marked)).toBeUndefined()
})

test('nothing without a letter, unless it is asked for', () => {
  expect(at('amount > |')).toBeUndefined()
  expect(labels(at('amount > |', true)?.items, 'column')).toContain('amount')
  expect(labels(at('|', true)?.items, 'keyword')).toContain('CASE')
})
