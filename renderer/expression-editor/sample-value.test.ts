import { describe, expect, it, test } from 'vitest'
import { BIGINT, BOOLEAN, BYTES, DATE, type DataType, DOUBLE, decimal, STRING, TIMESTAMP } from '../../pipeline-runtime/data/types.ts'
import type { Value } from '../../pipeline-runtime/data/value.ts'
import { analyze, analyzeCondition } from '../../pipeline-runtime/expressions/expressions.ts'
import { shapeNamed } from '../../pipeline-runtime/samples/samples.ts'
import { checkExpression, resultText } from './check-expression.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { rowsOf } from './sample-rows.ts'
import { countPassing, valueForRow } from './sample-value.ts'
import { type SampleRow, shapeRows } from './shape-rows.ts'
import { UNREADABLE, valueOfCell, wireCell } from './wire-values.ts'

const columns = [
  { name: 'country', type: STRING },
  { name: 'status', type: STRING },
  { name: 'amount', type: BIGINT },
]
const scope = { columns, recordParts: false, timeZone: 'UTC' }
const types = new Map(columns.map(({ name, type }) => [name, type]))
const row = (country: string | null, status: string | null, amount: number | bigint | null): SampleRow =>
  new Map<string, Value>([
    ['country', country],
    ['status', status],
    ['amount', amount],
  ])
const rows = [row('NL', 'declined', 7), row('DE', 'paid', 10), row('FR', null, 0)]

describe('the value for a row', () => {
  it('shows what was read and what comes of it', () => {
    const analyzed = analyzeCondition("country = 'NL' AND status = 'paid'", scope)
    expect(valueForRow(analyzed, rows[0] ?? new Map(), types, 'UTC')).toEqual({
      read: [
        { name: 'country', text: 'NL' },
        { name: 'status', text: 'declined' },
      ],
      result: { ok: true, value: false, text: 'false' },
    })
  })

  it('keeps every digit of a whole number', () => {
    const analyzed = analyze('amount + 1', scope)
    const shown = valueForRow(analyzed, row('NL', 'paid', 9_007_199_254_740_993n), types, 'UTC')
    expect(shown?.read[0]?.text).toBe('9007199254740993')
    expect(shown?.result).toMatchObject({ ok: true, text: '9007199254740994' })
  })

  it('says why there is none', () => {
    const shown = valueForRow(analyze('100 / amount', scope), rows[2] ?? new Map(), types, 'UTC')
    expect(shown?.result.ok).toBe(false)
    expect(shown?.result.ok === false && shown.result.message).toBe('100 / 0 has no result.')
  })

  it('needs all columns that are read, and an expression without mistakes', () => {
    expect(valueForRow(analyze('amount', scope), new Map([['country', 'NL']]), types, 'UTC')).toBeUndefined()
    expect(valueForRow(analyze('amount + ', scope), rows[0] ?? new Map(), types, 'UTC')).toBeUndefined()
  })
})

test('for how many rows a condition is true', () => {
  expect(countPassing(analyzeCondition("status <> 'paid'", scope), rows)).toEqual({ passed: 1, failed: 0, rows: 3 })
  expect(countPassing(analyzeCondition('100 / amount > 10', scope), rows)).toEqual({ passed: 1, failed: 1, rows: 3 })
  expect(countPassing(analyze('amount', scope), rows)).toBeUndefined()
})

test('rows of a shape come decoded, as many as asked for', () => {
  const shape = shapeNamed('purchases')
  const found = shapeRows({ shape: 'purchases' }, shape?.columns ?? [], { type: 'json' }, 50)
  expect(found).toHaveLength(50)
  expect(found[0]?.get('$key')).toBe(found[0]?.get('country'))
  expect(typeof found[0]?.get('amount')).toBe('number')
  expect(shapeRows({ shape: 'nothing' }, shape?.columns ?? [], { type: 'json' }, 5)).toEqual([])
  expect(shapeRows({ shape: 'purchases', undecodableShare: 1 }, shape?.columns ?? [], { type: 'json' }, 5)).toEqual([])
})

test.each<[DataType, string, Value]>([
  [STRING, 'NULL', 'NULL'],
  [BOOLEAN, 'false', false],
  [BIGINT, '9007199254740993', 9_007_199_254_740_993n],
  [BIGINT, '-12', -12],
  [DOUBLE, 'NaN', Number.NaN],
  [DOUBLE, '-Infinity', Number.NEGATIVE_INFINITY],
  [DOUBLE, '0.1', 0.1],
  [DATE, '2024-02-29', 19_782],
  [TIMESTAMP, '2026-01-01T00:00:00.008Z', 1_767_225_600_008],
])('a cell %o %s is the value that it was made of', (type, cell, value) => {
  expect(valueOfCell(type, cell)).toEqual(value)
  expect(wireCell(type, value)).toBe(cell)
})

test('bytes, decimals and nothing cross, lists do not', () => {
  expect(valueOfCell(BYTES, 'AP8=')).toEqual(new Uint8Array([0, 255]))
  expect(wireCell(BYTES, new Uint8Array([0, 255]))).toBe('AP8=')
  expect(wireCell(BYTES, new Uint8Array(300_000))).toBe('A'.repeat(400_000))
  expect(String(valueOfCell(decimal(10, 2), '1.50'))).toBe('1.50')
  expect(valueOfCell(DOUBLE, null)).toBeNull()
  expect(valueOfCell({ name: 'ARRAY', element: STRING }, '[a]')).toBe(UNREADABLE)
})

test('a page of rows becomes rows to calculate with', () => {
  const sample = rowsOf(
    {
      columns: [
        { name: 'n', type: 'BIGINT' },
        { name: 'tags', type: 'ARRAY<STRING>' },
      ],
      rows: [{ seq: 0, cells: ['7', '[a]'], eventTimeMs: 0, kind: 'insert', origin: { topic: 't', partition: 1, offset: 5 } }],
      total: 1,
      firstSeq: 0,
      open: [],
    },
    'run',
  )
  expect(sample.type === 'rows' && [...(sample.rows[0] ?? [])]).toEqual([
    ['n', 7],
    ['$topic', 't'],
    ['$partition', 1],
    ['$offset', 5],
  ])
})

describe('checking while typing', () => {
  it('gives the type of the result', () => {
    expect(resultText(checkExpression('amount * 2', scope, false))).toBe('BIGINT')
    expect(resultText(checkExpression('amount > 2', scope, true))).toBe('true or false')
    expect(resultText(checkExpression('', scope, true))).toBeUndefined()
  })

  it('says of a condition that is none', () => {
    expect(checkExpression('amount', scope, true).issues).not.toEqual([])
    expect(checkExpression('amount', scope, false).issues).toEqual([])
  })

  it('only checks the grammar while nothing is known about what comes in', () => {
    expect(checkExpression('whatever = 1', undefined, true).issues).toEqual([])
    expect(checkExpression('whatever = ', undefined, true).issues).not.toEqual([])
  })

  it('marks places that can be seen, with the fix as an action', () => {
    const text = 'status = "paid"'
    const [diagnostic] = diagnosticsOf(text, checkExpression(text, scope, true).issues)
    expect(diagnostic).toMatchObject({ from: 9, to: 15, severity: 'error' })
    let changed = ''
    const view = { dispatch: ({ changes }: { changes: { insert: string } }) => void (changed = changes.insert) }
    // Only `dispatch` of the view is used.
    diagnostic?.actions?.[0]?.apply(view as never, 9, 15)
    expect(changed).toBe("status = 'paid'")
    for (const { from, to } of diagnosticsOf('amount >', checkExpression('amount >', scope, true).issues)) expect(to).toBeGreaterThan(from)
  })
})
