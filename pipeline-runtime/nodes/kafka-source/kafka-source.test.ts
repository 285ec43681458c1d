import { expect, test } from 'vitest'
import { createHarness, type HarnessOptions } from '../../../build/generate/operator-harness.ts'
import { issuesOf } from '../shared/issues-of.contract.ts'
import { kafkaSource } from './definition.ts'
import { kafkaSourceOperator } from './operator.ts'

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' },
]
const base = { connection: 'shop', topic: 'purchases', columns }
const source = (config: object = {}, options: HarnessOptions = {}) =>
  createHarness(kafkaSource, kafkaSourceOperator, { ...base, ...config }, { topic: 'purchases', partition: 2, ...options })
const text = (bytes: unknown) => new TextDecoder().decode(bytes as Uint8Array)

test("rule 1: event time is the record's own timestamp, or that of a column", () => {
  const own = source()
  own.records([{ value: '{"id":1,"at":5}', timestamp: 9 }])
  expect(own.takeRows('out')).toEqual([{ id: 1, at: 5, $timestamp: 9 }])
  const column = source({ eventTime: 'at' })
  column.records([{ value: '{"id":1,"at":5}', timestamp: 9 }])
  expect(column.takeRows('out')).toEqual([{ id: 1, at: 5, $timestamp: 5 }])
})

test('rule 2: an integer beyond 2^53 is not rounded on the way in', () => {
  const node = source()
  node.records([{ value: '{"id":9007199254740993}' }, { value: '{"id":-9223372036854775808}' }, { value: '{"id":9007199254740991}' }])
  expect(node.takeRows('out').map((row) => row.id)).toEqual([9007199254740993n, -9223372036854775808n, 9007199254740991])
})

test('rule 3: what cannot be read stops the run by default, and the message says which record, why and what to do', () => {
  const node = source()
  expect(() => node.records([{ value: '{"id":1}' }, { value: '{"id":1.5}', offset: 12431 }])).toThrow(
    /purchases, partition 2, position 12431 .*id.*1\.5.*skip or set aside/,
  )
})

test('rule 3: skip passes over it and counts it; the rows around it are whole', () => {
  const node = source({ onError: 'skip' })
  node.records([{ value: '{"id":1,"at":1}' }, { value: '{"id":2,"at":"x"}' }, { value: 'nothing' }, { value: '{"id":4,"at":4}' }])
  expect(node.takeRows('out').map(({ id, at }) => [id, at])).toEqual([
    [1, 1],
    [4, 4],
  ])
  expect(node.counters).toMatchObject({ errors: 2, skipped: 2, deadLettered: 0 })
})

test('rule 3: set aside keeps bytes, key, headers, origin and reason', () => {
  const node = source({ onError: 'dead-letter' })
  node.records([{ value: '{"id":', key: 'k', timestamp: 77, offset: 5, headers: { trace: 'abc' } }])
  const [row] = node.takeRows('dead-letter')
  expect(row).toMatchObject({ node: 'kafka-source', topic: 'purchases', partition: 2, offset: 5, timestamp: 77, $timestamp: 77 })
  expect([text(row?.value), text(row?.key)]).toEqual(['{"id":', 'k'])
  expect([...((row?.headers ?? []) as ReadonlyMap<string, unknown>)].map(([name, value]) => [name, text(value)])).toEqual([
    ['trace', 'abc'],
  ])
  expect(row?.reason).toBeTruthy()
  expect(node.counters).toMatchObject({ errors: 1, deadLettered: 1 })
})

test('rule 3: an empty time column is a record that cannot be read', () => {
  const node = source({ eventTime: 'at', onError: 'dead-letter' })
  node.records([{ value: '{"id":1}' }, { value: '{"id":2,"at":2}' }, { value: '{"id":3,"at":null}' }])
  expect(node.takeRows('out').map((row) => row.id)).toEqual([2])
  expect(node.takeRows('dead-letter').map((row) => [row.code, row.offset])).toEqual([
    ['NULL_EVENT_TIME', 0],
    ['NULL_EVENT_TIME', 2],
  ])
})

test('rule 5: a record without value follows the error policy, or is skipped, and is counted', () => {
  expect(() => source().records([{ value: null, key: 'a' }])).toThrow(/deletion mark/)
  const aside = source({ onError: 'dead-letter' })
  aside.records([{ value: null, key: 'a' }])
  expect(aside.takeRows('dead-letter')).toMatchObject([{ code: 'TOMBSTONE', value: null }])
  expect(aside.counters).toMatchObject({ tombstones: 1, errors: 1, deadLettered: 1, skipped: 0 })
  const passed = source({ onError: 'skip' })
  passed.records([{ value: null, key: 'a' }])
  expect(passed.counters).toMatchObject({ tombstones: 1, errors: 1, skipped: 1 })
  const skip = source({ tombstone: 'skip' })
  skip.records([{ value: null }, { value: '{"id":1}' }])
  expect(skip.takeRows('out')).toHaveLength(1)
  expect(skip.counters).toMatchObject({ tombstones: 1, errors: 0, skipped: 1 })
})

test('rule 5: a record too far ahead of the clock follows the error policy and moves no watermark', () => {
  const node = source({ eventTime: 'at', maxAheadMs: 1000, onError: 'skip', boundedDelayMs: 0 }, { nowMs: 10_000 })
  node.records([{ value: '{"id":1,"at":11000}' }, { value: '{"id":2,"at":11001}' }])
  expect(node.takeRows('out').map((row) => row.id)).toEqual([1])
  expect(node.counters).toMatchObject({ errors: 1, skipped: 1 })
  expect(node.watermarkNow).toBe(11_000 - 1)
})

test('rule 6: rows carry the watermark made by the rows before them', () => {
  const node = source({ boundedDelayMs: 5 })
  node.records([
    { value: '{"id":1}', timestamp: 100 },
    { value: '{"id":2}', timestamp: 90 },
    { value: '{"id":3}', timestamp: 200 },
  ])
  node.takeRows('out')
  expect(node.stamps('out')).toEqual([Number.NEGATIVE_INFINITY, 94, 94])
})

test('issues have places and fixes', () => {
  const issues = (config: object) => issuesOf(kafkaSource, { ...base, ...config })
  expect(issues({ columns: [] })).toMatchObject([{ code: 'NO_COLUMNS', path: ['columns'] }])
  expect(issues({ columns: [...columns, { name: 'id', type: 'STRING' }] })).toMatchObject([
    { code: 'DUPLICATE_COLUMN', path: ['columns', 2, 'name'] },
  ])
  expect(issues({ columns: [{ name: 'id', type: 'STRNG' }] })).toMatchObject([
    { code: 'UNKNOWN_TYPE', path: ['columns', 0, 'type'], fix: { edits: [{ path: ['columns', 0, 'type'], value: 'STRING' }] } },
  ])
  expect(issues({ columns: [{ name: 't', type: 'TIMESTAMP' }] })).toMatchObject([{ fix: { edits: [{ value: 'TIMESTAMP_LTZ(3)' }] } }])
  expect(issues({ columns: [{ name: 'id', type: 'BIGINT', unit: 's' }] })).toMatchObject([{ code: 'UNIT_WITHOUT_TIME' }])
  expect(issues({ eventTime: 'att' })).toMatchObject([{ code: 'UNKNOWN_COLUMN', path: ['eventTime'], fix: { edits: [{ value: 'at' }] } }])
  expect(issues({ eventTime: 'id' })).toMatchObject([
    {
      code: 'EVENT_TIME_TYPE',
      fix: {
        edits: [
          { path: ['columns', 0, 'type'], value: 'TIMESTAMP_LTZ(3)' },
          { path: ['columns', 0, 'unit'], value: 'ms' },
        ],
      },
    },
  ])
  expect(issues({ tombstone: 'delete' })).toMatchObject([
    { code: 'TOMBSTONE_DELETE', fix: { edits: [{ path: ['tombstone'], value: 'skip' }] } },
  ])
})

test('what is set aside has to go somewhere', () => {
  const ports = (config: object) => kafkaSource.ports(kafkaSource.config.parse({ ...base, ...config })).out
  expect(ports({})).toMatchObject([{ name: 'out' }])
  expect(ports({ onError: 'dead-letter' })).toMatchObject([{ name: 'out' }, { name: 'dead-letter', role: 'dead-letter', required: true }])
})
