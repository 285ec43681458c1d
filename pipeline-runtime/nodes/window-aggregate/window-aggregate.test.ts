import { expect, test } from 'vitest'
import { createHarness, type HarnessOptions } from '../../../build/generate/operator-harness.ts'
import { Decimal } from '../../data/decimal.ts'
import { BIGINT, DOUBLE, decimal, STRING } from '../../data/types.ts'
import { rowsSchema } from '../../spec/edge-schema.ts'
import { issuesOf } from '../shared/issues-of.contract.ts'
import { windowAggregate } from './definition.ts'
import { windowAggregateOperator } from './operator.ts'

const input = rowsSchema(
  [
    { name: 'k', type: STRING },
    { name: 'n', type: BIGINT },
    { name: 'x', type: DOUBLE },
  ],
  true,
)
const base = { groupBy: ['k'], window: { type: 'tumbling', sizeMs: 10 }, aggregates: [{ as: 'rows', function: 'count' }], emit: 'final' }
const node = (config: object = {}, options: HarnessOptions = {}) =>
  createHarness(windowAggregate, windowAggregateOperator, { ...base, ...config }, { inputs: [input], ...options })
const results = (harness: ReturnType<typeof node>) => harness.takeRows('out').map((row) => [row.k, row.window_start, row.rows])

test('rule 11: windows are [start, end), also before 1970, and shifted ones', () => {
  const plain = node()
  plain.rows(
    0,
    [-11, -10, -1, 0, 9, 10].map((time) => ({ k: 'a', $timestamp: time })),
  )
  plain.end()
  expect(results(plain)).toEqual([
    ['a', -20, 1],
    ['a', -10, 2],
    ['a', 0, 2],
    ['a', 10, 1],
  ])
  const shifted = node({ window: { type: 'tumbling', sizeMs: 10, offsetMs: 3 } })
  shifted.rows(
    0,
    [-8, -7, 2, 3].map((time) => ({ k: 'a', $timestamp: time })),
  )
  shifted.end()
  expect(results(shifted)).toEqual([
    ['a', -17, 1],
    ['a', -7, 2],
    ['a', 3, 1],
  ])
})

test('rule 12: late is watermark >= end - 1, judged by the watermark before the row', () => {
  const harness = node()
  harness.rows(0, [
    { k: 'a', $timestamp: 1, $watermark: 8 },
    { k: 'a', $timestamp: 2, $watermark: 9, $key: 'r', $offset: 4 },
    { k: 'a', $timestamp: 12, $watermark: 9 },
  ])
  expect(results(harness)).toEqual([['a', 0, 1]])
  expect(harness.takeRows('late')).toEqual([{ k: 'a', n: null, x: null, missed_windows: [[0, 10]], $timestamp: 2 }])
  expect(harness.counters.late).toBe(1)
})

test('rule 12: allowed lateness moves the border, to the millisecond', () => {
  const harness = node({ emit: 'updates', allowedLatenessMs: 5 })
  harness.rows(0, [
    { k: 'a', $timestamp: 1, $watermark: 13 },
    { k: 'b', $timestamp: 1, $watermark: 14 },
  ])
  expect(harness.takeRows('out')).toMatchObject([{ k: 'a', $kind: 'UPSERT' }])
  expect(harness.takeRows('late')).toMatchObject([{ k: 'b' }])
  expect([harness.stateKeys, harness.timerCount]).toEqual([0, 0])
})

test('rule 13: final comes once, at end - 1, without waiting for another row, and at the last millisecond of its window', () => {
  const harness = node()
  harness.rows(0, [{ k: 'a', $timestamp: 3 }])
  harness.watermark(0, 8)
  expect(results(harness)).toEqual([])
  harness.watermark(0, 9)
  const rows = harness.takeRows('out')
  expect(rows).toEqual([{ k: 'a', window_start: 0, window_end: 10, rows: 1, $timestamp: 9 }])
  harness.rows(0, [{ k: 'a', $timestamp: 4 }])
  harness.end()
  expect(results(harness)).toEqual([])
  expect(harness.counters.late).toBe(1)
})

test('rule 13: updates come at each change, and what is remembered goes when nothing may change any more', () => {
  const harness = node({ emit: 'updates', allowedLatenessMs: 5 })
  harness.rows(0, [
    { k: 'a', $timestamp: 1 },
    { k: 'b', $timestamp: 2 },
    { k: 'a', $timestamp: 3 },
  ])
  expect(harness.takeRows('out').map((row) => [row.k, row.rows, row.$kind, row.$timestamp])).toEqual([
    ['a', 1, 'UPSERT', 9],
    ['b', 1, 'UPSERT', 9],
    ['a', 2, 'UPSERT', 9],
  ])
  harness.watermark(0, 13)
  expect(harness.stateKeys).toBe(2)
  harness.watermark(0, 14)
  expect([harness.stateKeys, harness.takeRows('out')]).toEqual([0, []])
})

test('rule 14: results come in the order of (time, key)', () => {
  const harness = node()
  harness.rows(0, [
    { k: 'b', $timestamp: 11 },
    { k: 'b', $timestamp: 1 },
    { k: 'a', $timestamp: 12 },
    { k: 'a', $timestamp: 2 },
  ])
  harness.end()
  expect(results(harness)).toEqual([
    ['a', 0, 1],
    ['b', 0, 1],
    ['a', 10, 1],
    ['b', 10, 1],
  ])
})

test('rule 7: one batch or many, the results are the same', () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({ k: 'abc'[i % 3], $timestamp: (i * 7) % 40, $watermark: i - 20 }))
  const whole = node()
  whole.rows(0, rows)
  const cut = node()
  for (const row of rows) cut.rows(0, [row])
  const out = (harness: ReturnType<typeof node>) => [harness.takeRows('out'), harness.takeRows('late'), harness.counters]
  expect(out(cut)).toEqual(out(whole))
})

test('NULL is a group of its own, the empty text another', () => {
  const harness = node()
  harness.rows(0, [{ k: null }, { k: '' }, { k: null }])
  harness.end()
  expect(new Set(results(harness).map(([k, , n]) => `${k}:${n}`))).toEqual(new Set(['null:2', ':1']))
})

test('without groups there is one result for all rows; without rows none', () => {
  const harness = node({ groupBy: [] })
  harness.rows(0, [
    { k: 'a', $timestamp: 1 },
    { k: 'b', $timestamp: 25 },
  ])
  harness.end()
  expect(harness.takeRows('out').map((row) => [row.window_start, row.rows])).toEqual([
    [0, 1],
    [20, 1],
  ])
})

test('rule 10: a restart continues exactly, and opens no closed window again', () => {
  const config = {
    aggregates: [
      { as: 'rows', function: 'count' },
      { as: 's', function: 'sum', of: 'n' },
      { as: 'm', function: 'avg', of: 'x' },
      { as: 'lo', function: 'min', of: 'x' },
      { as: 'hi', function: 'max', of: 'k' },
    ],
  }
  const before = [
    { k: 'a', n: '9007199254740993', x: 0.1, $timestamp: 1 },
    { k: 'a', n: '9223372036854775807', x: Number.NaN, $timestamp: 2 },
    { k: null, n: 1, x: 1e308, $timestamp: 12, $watermark: 9 },
  ]
  const after = [
    { k: 'a', n: 1, $timestamp: 3 },
    { k: null, n: null, x: -1e308, $timestamp: 13 },
  ]
  const straight = node(config)
  straight.rows(0, before)
  const first = straight.takeRows('out')
  const restarted = node(config, { restore: straight.snapshot() })
  expect(restarted.stateHash()).toBe(straight.stateHash())
  for (const harness of [straight, restarted]) {
    harness.rows(0, after)
    harness.end()
  }
  expect(first).toMatchObject([{ k: 'a', rows: 2 }])
  const rest = restarted.takeRows('out')
  expect(rest).toEqual(straight.takeRows('out'))
  expect(rest).toMatchObject([{ k: null, rows: 2, m: 0, lo: -1e308 }])
  expect(restarted.takeRows('late')).toMatchObject([{ k: 'a', n: 1 }])
})

test('closes by the clock when nothing arrives, and what comes for such a window is late', () => {
  const harness = node({ closeIdleAfterMs: 1000 })
  harness.rows(0, [
    { k: 'b', $timestamp: 12 },
    { k: 'a', $timestamp: 3 },
  ])
  harness.clock(5000)
  harness.clock(5999)
  expect(results(harness)).toEqual([])
  harness.clock(6000)
  expect(results(harness)).toEqual([
    ['a', 0, 1],
    ['b', 10, 1],
  ])
  expect([harness.stateKeys, harness.timerCount]).toEqual([0, 0])
  const restarted = node({ closeIdleAfterMs: 1000 }, { restore: harness.snapshot() })
  restarted.rows(0, [
    { k: 'c', $timestamp: 19 },
    { k: 'c', $timestamp: 20 },
  ])
  restarted.end()
  expect(results(restarted)).toEqual([['c', 20, 1]])
  expect(restarted.counters.late).toBe(1)
})

test('rule 3: a row for which a figure fails counts in none', () => {
  const harness = node({
    aggregates: [
      { as: 'rows', function: 'count' },
      { as: 'q', function: 'sum', of: '10 % n' },
    ],
    onError: 'dead-letter',
  })
  harness.rows(0, [
    { k: 'a', n: 3, $timestamp: 1 },
    { k: 'a', n: 0, $timestamp: 2 },
  ])
  harness.end()
  expect(results(harness)).toEqual([['a', 0, 1]])
  expect(harness.takeRows('dead-letter')).toMatchObject([{ code: 'DIVISION_BY_ZERO', reason: expect.stringContaining('figure q') }])
})

test('a sum beyond 38 digits is NULL, as in Flink, and is counted', () => {
  const wide = rowsSchema([{ name: 'd', type: decimal(38, 0) }])
  const harness = node({ groupBy: [], aggregates: [{ as: 's', function: 'sum', of: 'd' }] }, { inputs: [wide] })
  harness.rows(0, [{ d: '9'.repeat(38) }, { d: '1' }])
  harness.end()
  expect(harness.takeRows('out')).toMatchObject([{ s: null }])
  expect(harness.counters.other).toEqual({ sumsBeyond38Digits: 1 })
})

test('the schema: groups, window, figures; rows that replace each other say by what', () => {
  const derive = (config: object) =>
    windowAggregate.derive(windowAggregate.config.parse({ ...base, ...config }), { in: [input] }, { timeZone: 'UTC', issue() {} })
  expect(derive({}).out?.columns.map(({ name }) => name)).toEqual(['k', 'window_start', 'window_end', 'rows'])
  expect(derive({}).out?.mode).toEqual({ type: 'append' })
  expect(derive({ emit: 'updates' }).out?.mode).toEqual({ type: 'upsert', key: ['k', 'window_start', 'window_end'] })
  expect(derive({}).late).toMatchObject({ role: 'late', recordParts: true })
})

test('issues have places and fixes', () => {
  const issues = (config: object) => issuesOf(windowAggregate, { ...base, ...config }, [input])
  expect(issues({ allowedLatenessMs: 5 })).toMatchObject([{ code: 'LATENESS_WITH_FINAL', path: ['allowedLatenessMs'] }])
  expect(issues({ emit: 'updates', allowedLatenessMs: 5 })).toEqual([])
  expect(issues({ groupBy: ['K'] })).toMatchObject([{ code: 'UNKNOWN_COLUMN', path: ['groupBy', 0], fix: { edits: [{ value: 'k' }] } }])
  const figure = (aggregate: object) => issues({ aggregates: [{ as: 'f', ...aggregate }] })
  expect(figure({ function: 'sum' })).toMatchObject([{ code: 'MISSING_COLUMN', path: ['aggregates', 0] }])
  expect(figure({ function: 'sum', of: 'k' })).toMatchObject([{ code: 'WRONG_TYPE', path: ['aggregates', 0, 'of'] }])
  expect(figure({ function: 'sum', of: 'n *' })).toMatchObject([{ path: ['aggregates', 0, 'of'], range: expect.anything() }])
  expect(figure({ as: 'k', function: 'count' })).toMatchObject([{ code: 'DUPLICATE_COLUMN', path: ['aggregates', 0, 'as'] }])
  expect(figure({ as: 'window_end', function: 'count' })).toMatchObject([{ code: 'DUPLICATE_COLUMN' }])
  expect(issues({ window: { type: 'tumbling', sizeMs: 10, offsetMs: 13 } })).toMatchObject([
    { code: 'OFFSET_BEYOND_SIZE', fix: { edits: [{ value: 3 }] } },
  ])
  expect(() => windowAggregate.config.parse({ ...base, emit: undefined })).toThrow()
})

test('the sentence says it in words', () => {
  const aggregates = [
    { as: 'purchases', function: 'count' },
    { as: 'revenue', function: 'sum', of: 'amount' },
  ]
  const sentence = (config: object) => windowAggregate.sentence(windowAggregate.config.parse({ ...base, aggregates, ...config }))
  expect(sentence({ groupBy: ['country'], window: { type: 'tumbling', sizeMs: 60_000 } })).toBe(
    'per country, every 1 min: count, sum of amount',
  )
  expect(sentence({ groupBy: [], window: { type: 'tumbling', sizeMs: 5_400_000 } })).toBe('every 1 h 30 min: count, sum of amount')
})

test('open time windows can be looked at, with the watermark that finishes them', () => {
  const harness = node({
    aggregates: [
      { as: 'rows', function: 'count' },
      { as: 'total', function: 'sum', of: 'n' },
    ],
  })
  harness.rows(0, [
    { k: 'a', n: 1, $timestamp: 1 },
    { k: 'a', n: 2, $timestamp: 2 },
    { k: 'b', n: 5, $timestamp: 12 },
  ])
  const before = harness.stateHash()
  expect(harness.openRows('out', 10)).toEqual([
    { values: ['a', 0, 10, 2, new Decimal(3n, 0)], finishedBy: 9 },
    { values: ['b', 10, 20, 1, new Decimal(5n, 0)], finishedBy: 19 },
  ])
  expect(harness.openRows('out', 1)).toHaveLength(1)
  expect(harness.openRows('late', 10)).toEqual([])
  expect(harness.stateHash()).toBe(before)
  harness.watermark(0, 9)
  expect(harness.openRows('out', 10)).toHaveLength(1)
})

test('results that are kept up to date are no open rows: they have left already', () => {
  const harness = node({ emit: 'updates' })
  harness.rows(0, [{ k: 'a', $timestamp: 1 }])
  expect(harness.takeRows('out')).toHaveLength(1)
  expect(harness.openRows('out', 10)).toEqual([])
})
