import { expect, test } from 'vitest'
import { createHarness } from '../../../build/generate/operator-harness.ts'
import { BIGINT, STRING } from '../../data/types.ts'
import { rowsSchema } from '../../spec/edge-schema.ts'
import { issuesOf } from '../shared/issues-of.contract.ts'
import { filter } from './definition.ts'
import { filterOperator } from './operator.ts'

const input = rowsSchema(
  [
    { name: 'status', type: STRING },
    { name: 'n', type: BIGINT },
  ],
  true,
)
const harness = (config: unknown) => createHarness(filter, filterOperator, config, { inputs: [input] })

test('rule 4: NULL keeps nothing, and what is removed is counted', () => {
  const node = harness({ condition: "status <> 'open'" })
  node.rows(0, [
    { status: 'paid', n: 1 },
    { status: 'open', n: 2 },
    { status: null, n: 3 },
  ])
  expect(node.takeRows('out').map((row) => row.n)).toEqual([1])
  expect(node.counters.removed).toBe(2)
})

test('rule 2: integers beyond 2^53 pass unchanged and are compared exactly', () => {
  const node = harness({ condition: 'n > 9007199254740992' })
  node.rows(0, [{ n: '9007199254740992' }, { n: '9007199254740993' }, { n: '-9223372036854775808' }])
  expect(node.takeRows('out').map((row) => row.n)).toEqual([9007199254740993n])
})

test('rule 7: rows that are kept keep their event times and the watermarks before them', () => {
  const node = harness({ condition: 'n > 0' })
  node.rows(0, [
    { n: 1, $timestamp: 10, $watermark: 5 },
    { n: 0, $timestamp: 20, $watermark: 6 },
    { n: 2, $timestamp: 30, $watermark: 7 },
  ])
  expect(node.takeRows('out').map((row) => row.$timestamp)).toEqual([10, 30])
  expect(node.stamps('out')).toEqual([5, 7])
})

test('rule 3: a row that fails stops the run by default, and the message says where and what to do', () => {
  const node = harness({ condition: '1 / n > 0' })
  expect(() => node.rows(0, [{ n: 1 }, { n: 0 }])).toThrow(/test, partition 0, position 1 .*condition.*skip or set aside/)
})

test('rule 3: skip counts', () => {
  const node = harness({ condition: '1 / n > 0', onError: 'skip' })
  node.rows(0, [{ n: 0 }, { n: 1 }])
  expect(node.takeRows('out')).toHaveLength(1)
  expect(node.counters).toMatchObject({ errors: 1, skipped: 1, removed: 0 })
})

test('rule 3: what is set aside keeps origin, key and the row as JSON', () => {
  const node = harness({ condition: '1 / n > 0', onError: 'dead-letter' })
  node.rows(0, [{ status: 'a', n: 0, $timestamp: 7, $key: 'k', $offset: 12 }])
  const [row] = node.takeRows('dead-letter')
  expect(row).toMatchObject({
    node: 'filter',
    code: 'DIVISION_BY_ZERO',
    topic: 'test',
    partition: 0,
    offset: 12,
    timestamp: 7,
    $timestamp: 7,
  })
  expect(new TextDecoder().decode(row?.key as Uint8Array)).toBe('k')
  expect(new TextDecoder().decode(row?.value as Uint8Array)).toBe('{"status":"a","n":0}')
  expect(node.counters).toMatchObject({ errors: 1, deadLettered: 1 })
})

test('record parts can be asked', () => {
  const node = harness({ condition: "$key = 'a'" })
  node.rows(0, [
    { n: 1, $key: 'a' },
    { n: 2, $key: 'b' },
  ])
  expect(node.takeRows('out').map((row) => row.n)).toEqual([1])
})

test('an issue of the condition has its place in the text and a fix', () => {
  const [issue] = issuesOf(filter, { condition: 'stauts IS NULL' }, [input])
  expect(issue).toMatchObject({ code: 'UNKNOWN_COLUMN', path: ['condition'], range: { from: 0, to: 6 } })
  expect(issue?.fix?.edits).toEqual([{ path: ['condition'], value: 'status IS NULL' }])
})

test('rows that are removed can be looked at, those that fail apart, whatever the policy', () => {
  for (const onError of ['skip', 'dead-letter', 'fail']) {
    const node = harness({ condition: '4 / n > 1', onError })
    const rows = [1, 4, 2, 5].map((n, i) => ({ n, $timestamp: i, $offset: 10 + i }))
    node.rows(0, rows)
    expect(node.takeRows('out').map((row) => row.n)).toEqual([1, 2])
    expect(node.takeRemoved().map((row) => row.n)).toEqual([4, 5])
    expect(node.counters.removed).toBe(2)
    const failing = () => node.rows(0, [{ n: 0, $timestamp: 9, $offset: 20 }])
    if (onError === 'fail') expect(failing).toThrow(/position 20/)
    else failing()
    const aside = node.takeSetAside()
    expect(aside.map((values) => values.slice(0, 6))).toEqual([['filter', 'DIVISION_BY_ZERO', expect.any(String), 'test', 0, 20]])
    expect(node.takeRemoved()).toEqual([])
  }
})
