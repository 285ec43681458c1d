import { expect, test } from 'vitest'
import { createHarness } from '../../../build/generate/operator-harness.ts'
import { BIGINT, DOUBLE, STRING } from '../../data/types.ts'
import { rowsSchema } from '../../spec/edge-schema.ts'
import { issuesOf } from '../shared/issues-of.contract.ts'
import { union } from './definition.ts'
import { unionOperator } from './operator.ts'

const a = { name: 'a', type: STRING }
const b = { name: 'b', type: BIGINT }
const ab = rowsSchema([a, b], true)
const ba = rowsSchema([b, a], true)

test('columns come in the order of the first stream', () => {
  const node = createHarness(union, unionOperator, {}, { inputs: [ab, ba] })
  node.rows(1, [{ a: 'x', b: 1, $timestamp: 5 }])
  node.rows(0, [{ a: 'y', b: 2, $timestamp: 6 }])
  const rows = node.takeRows('out')
  expect(rows).toEqual([
    { a: 'x', b: 1, $timestamp: 5 },
    { a: 'y', b: 2, $timestamp: 6 },
  ])
  expect(rows.map((row) => Object.keys(row).slice(0, 2))).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

test('rule 6: the watermark is the smallest of the streams', () => {
  const node = createHarness(union, unionOperator, {}, { inputs: [ab, ab] })
  node.watermark(0, 100)
  expect(node.watermarkNow).toBe(Number.NEGATIVE_INFINITY)
  node.watermark(1, 50)
  expect(node.watermarkNow).toBe(50)
})

test('missing, further and differing columns are named', () => {
  expect(issuesOf(union, {}, [ab, rowsSchema([a])])).toMatchObject([
    { code: 'DIFFERENT_COLUMNS', message: expect.stringContaining('no column b') },
  ])
  expect(issuesOf(union, {}, [rowsSchema([a]), ab])).toMatchObject([{ message: expect.stringContaining('has the column b') }])
  expect(issuesOf(union, {}, [ab, rowsSchema([a, { name: 'b', type: DOUBLE }])])).toMatchObject([
    { message: expect.stringContaining('CAST(b AS BIGINT)') },
  ])
  expect(issuesOf(union, {}, [ab, ba])).toEqual([])
})

test('record parts are there only where all streams have them', () => {
  const derive = (inputs: (typeof ab)[]) => union.derive({}, { in: inputs }, { timeZone: 'UTC', issue() {} }).out
  expect(derive([ab, ba])?.recordParts).toBe(true)
  expect(derive([ab, rowsSchema([a, b])])?.recordParts).toBe(false)
})
