import { expect, test } from 'vitest'
import { createHarness } from '../../../build/generate/operator-harness.ts'
import { BIGINT, DOUBLE, STRING, TIMESTAMP } from '../../data/types.ts'
import { DEAD_LETTER_SCHEMA, type EdgeSchema, rowsSchema } from '../../spec/edge-schema.ts'
import { issuesOf } from '../shared/issues-of.contract.ts'
import { kafkaSink } from './definition.ts'
import { kafkaSinkOperator } from './operator.ts'

const base = { connection: 'shop', topic: 'out' }
const columns = [
  { name: 'country', type: STRING },
  { name: 'n', type: BIGINT },
  { name: 'x', type: DOUBLE },
  { name: 't', type: TIMESTAMP },
]
const rows = rowsSchema(columns)
const upsert: EdgeSchema = { ...rows, mode: { type: 'upsert', key: ['country', 'n'] } }
const sink = (config: object, input: EdgeSchema) => createHarness(kafkaSink, kafkaSinkOperator, { ...base, ...config }, { inputs: [input] })
const text = (bytes: Uint8Array | null | undefined) => (bytes ? new TextDecoder().decode(bytes) : null)

test('the key: one text as it is, another value as JSON, none where it is empty', () => {
  const keys = (key: string[], row: Record<string, unknown>) => {
    const node = sink({ key }, rows)
    node.rows(0, [row])
    return text(node.takeWrites()[0]?.key)
  }
  expect(keys(['country'], { country: 'D"E' })).toBe('D"E')
  expect(keys(['n'], { n: '9007199254740993' })).toBe('9007199254740993')
  expect(keys(['x'], { x: 0.5 })).toBe('0.5')
  expect(keys(['t'], { t: 0 })).toBe('"1970-01-01T00:00:00.000Z"')
  expect(keys(['country'], { country: null })).toBeNull()
  expect(keys(['n', 'country'], { n: 1, country: null })).toBe('{"n":1,"country":null}')
})

test('the timestamp is the time of the row; one without, or before 1970, has that of the clock', () => {
  const node = createHarness(kafkaSink, kafkaSinkOperator, base, { inputs: [rows], nowMs: 1_000 })
  node.rows(0, [{ $timestamp: 5 }, { $timestamp: -5 }, { $timestamp: 0 }])
  expect(node.takeWrites().map(({ timestamp }) => timestamp)).toEqual([5, 1_000, 1_000])
})

test('rule 24: the key must be the one by which rows replace each other; the fix sets it', () => {
  const issues = (config: object) => issuesOf(kafkaSink, { ...base, ...config }, [upsert])
  const fix = { edits: [{ path: ['key'], value: ['country', 'n'] }] }
  expect(issues({})).toMatchObject([{ code: 'SINK_KEY', fix }])
  expect(issues({ key: ['country'] })).toMatchObject([{ code: 'SINK_KEY', fix }])
  expect(issues({ key: ['n', 'country'] })).toEqual([])
})

test('rule 24: a row that goes is written as a record without value', () => {
  const node = sink({ key: ['country', 'n'] }, upsert)
  node.rows(0, [
    { country: 'DE', n: 1, $kind: 'UPSERT' },
    { country: 'DE', n: 1, $kind: 'DELETE' },
  ])
  const [put, gone] = node.takeWrites()
  expect(text(put?.key)).toBe('{"country":"DE","n":1}')
  expect([text(gone?.key), gone?.value]).toEqual(['{"country":"DE","n":1}', null])
})

test('rule 3: what was set aside is written as it was, with origin and reason in the headers', () => {
  const node = sink({}, DEAD_LETTER_SCHEMA)
  node.rows(0, [
    {
      node: 'purchases',
      code: 'UNDECODABLE_JSON',
      reason: 'why',
      topic: 'purchases',
      partition: 2,
      offset: 7,
      timestamp: 99,
      key: 'k',
      value: '{"id":',
      headers: { trace: 'abc' },
      $timestamp: 1,
    },
  ])
  const [record] = node.takeWrites()
  expect([text(record?.key), text(record?.value), record?.timestamp]).toEqual(['k', '{"id":', 99])
  expect(record?.headers?.map(([name, value]) => [name, text(value)])).toEqual([
    ['trace', 'abc'],
    ['millrace.topic', 'purchases'],
    ['millrace.partition', '2'],
    ['millrace.offset', '7'],
    ['millrace.timestamp', '99'],
    ['millrace.node', 'purchases'],
    ['millrace.code', 'UNDECODABLE_JSON'],
    ['millrace.reason', 'why'],
  ])
})

test('a key that is not there or not used is said', () => {
  expect(issuesOf(kafkaSink, { ...base, key: ['contry'] }, [rows])).toMatchObject([
    { code: 'UNKNOWN_COLUMN', path: ['key', 0], fix: { edits: [{ value: 'country' }] } },
  ])
  expect(issuesOf(kafkaSink, { ...base, key: ['key'] }, [DEAD_LETTER_SCHEMA])).toMatchObject([
    { code: 'SINK_KEY_UNUSED', severity: 'warning' },
  ])
})

const LIMITS = { maxMessageBytes: 300, compacted: true, maxAheadMs: 3_600_000 }
const limited = (config: object, input: EdgeSchema = rows) =>
  createHarness(kafkaSink, kafkaSinkOperator, { ...base, ...config }, { inputs: [input], sinkLimits: LIMITS, nowMs: 1_000 })

test('rule 3: a row that the topic would refuse is set aside before it is sent, with the reason; others are written', () => {
  const node = limited({ key: ['country'], onError: 'dead-letter' })
  node.rows(0, [
    { country: 'DE', n: 1, $timestamp: 5 },
    { country: 'x'.repeat(200), n: 2, $timestamp: 6 },
    { country: null, n: 3, $timestamp: 7 },
    { country: 'FR', n: 4, $timestamp: 3_601_001 },
    { country: 'FR', n: 5, $timestamp: 3_601_000 },
  ])
  expect(node.takeWrites().map(({ key }) => text(key))).toEqual(['DE', 'FR'])
  const aside = node.takeRows('dead-letter')
  expect(aside.map(({ code }) => code)).toEqual(['RECORD_TOO_LARGE', 'KEY_MISSING', 'TOO_FAR_AHEAD'])
  expect(aside[0]?.reason).toMatch(/takes up to 300 \(max\.message\.bytes\)/)
  expect(node.counters).toMatchObject({ errors: 3, deadLettered: 3 })
})

test('rule 3: the same row stops the run, or is skipped and counted', () => {
  expect(() => limited({ key: ['country'] }).rows(0, [{ country: null }])).toThrow(/keeps the newest record of each key/)
  const node = limited({ key: ['country'], onError: 'skip' })
  node.rows(0, [{ country: null }])
  expect(node.takeWrites()).toEqual([])
  expect(node.counters).toMatchObject({ errors: 1, skipped: 1 })
})

test('rule 3: what was set aside is cut to what the topic takes, origin kept, and its time gives way to the clock', () => {
  const node = limited({}, DEAD_LETTER_SCHEMA)
  const row = { node: 'p', code: 'C', reason: 'r', topic: 't', partition: 0, offset: 1, timestamp: 9_000_000, key: 'k', headers: null }
  const room = createHarness(kafkaSink, kafkaSinkOperator, base, {
    inputs: [DEAD_LETTER_SCHEMA],
    sinkLimits: { maxMessageBytes: 1_000, maxAheadMs: 3_600_000 },
    nowMs: 1_000,
  })
  room.rows(0, [{ ...row, value: 'x'.repeat(5_000) }])
  const [record] = room.takeWrites()
  const headers = new Map(record?.headers?.map(([name, value]) => [name, text(value)]))
  expect(headers.get('millrace.cut-from-bytes')).toBe('5000')
  expect(headers.get('millrace.offset')).toBe('1')
  expect(headers.get('millrace.timestamp')).toBe('9000000')
  expect(record?.timestamp).toBe(1_000)
  expect(record?.value?.length).toBeGreaterThan(100)
  expect(record?.value?.length).toBeLessThan(1_000)
  node.rows(0, [{ ...row, value: 'short' }])
  expect(node.takeWrites()).toHaveLength(1)
})
