import { expect, test } from 'vitest'
import { createHarness } from '../../../build/generate/operator-harness.ts'
import { BIGINT, DOUBLE, STRING } from '../../data/types.ts'
import { rowsSchema } from '../../spec/edge-schema.ts'
import { issuesOf } from '../shared/issues-of.contract.ts'
import { select } from './definition.ts'
import { selectOperator } from './operator.ts'

const input = rowsSchema(
  [
    { name: 'a', type: STRING },
    { name: 'b', type: BIGINT },
    { name: 'c', type: DOUBLE },
  ],
  true,
)
const harness = (config: unknown) => createHarness(select, selectOperator, config, { inputs: [input] })
const names = (config: unknown) => {
  const schema = select.derive(select.config.parse(config), { in: [input] }, { timeZone: 'UTC', issue() {} })
  return schema.out?.columns.map(({ name }) => name)
}

test('named columns only, in the order given', () => {
  expect(names({ columns: [{ name: 'c' }, { name: 'a' }] })).toEqual(['c', 'a'])
})

test('all others stay in place, calculated ones replace or follow, dropped ones go', () => {
  expect(
    names({
      keepOthers: true,
      columns: [
        { name: 'd', expression: 'b + 1' },
        { name: 'b', expression: 'b * 2' },
      ],
      drop: ['a'],
    }),
  ).toEqual(['b', 'c', 'd'])
})

test('a replaced column is calculated from what came in', () => {
  const node = harness({
    keepOthers: true,
    columns: [
      { name: 'b', expression: 'b * 2' },
      { name: 'd', expression: 'b + 1' },
    ],
  })
  node.rows(0, [{ a: 'x', b: 5, c: 0.5, $timestamp: 3 }])
  expect(node.takeRows('out')).toEqual([{ a: 'x', b: 10, c: 0.5, d: 6, $timestamp: 3 }])
})

test('rule 2: integers beyond 2^53 pass and are calculated exactly', () => {
  const node = harness({ columns: [{ name: 'b' }, { name: 'next', expression: 'b + 1' }] })
  node.rows(0, [{ b: '9007199254740991' }, { b: '9007199254740993' }])
  expect(node.takeRows('out').map(({ b, next }) => [b, next])).toEqual([
    [9007199254740991, 9007199254740992n],
    [9007199254740993n, 9007199254740994n],
  ])
})

test('rule 3: a row that fails leaves no column half written', () => {
  const node = harness({
    columns: [{ name: 'x', expression: 'b + 1' }, { name: 'y', expression: '10 % b' }, { name: 'a' }],
    onError: 'skip',
  })
  node.rows(0, [
    { a: 'p', b: 3, $timestamp: 1 },
    { a: 'q', b: 0, $timestamp: 2 },
    { a: 'r', b: 4, $timestamp: 3 },
  ])
  expect(node.takeRows('out')).toEqual([
    { x: 4, y: 1, a: 'p', $timestamp: 1 },
    { x: 5, y: 2, a: 'r', $timestamp: 3 },
  ])
  expect(node.counters).toMatchObject({ errors: 1, skipped: 1 })
})

test('a name given twice, an unknown column and a wrong expression are issues with their places', () => {
  expect(issuesOf(select, { columns: [{ name: 'a' }, { name: 'a', expression: 'b' }] }, [input])).toMatchObject([
    { code: 'DUPLICATE_COLUMN', path: ['columns', 1, 'name'] },
  ])
  expect(issuesOf(select, { columns: [{ name: 'zz' }] }, [input])).toMatchObject([{ code: 'UNKNOWN_COLUMN', path: ['columns', 0, 'name'] }])
  expect(issuesOf(select, { columns: [{ name: 'x', expression: 'b +' }] }, [input])).toMatchObject([{ path: ['columns', 0, 'expression'] }])
})

test('no column left is an issue, a drop list without effect a warning', () => {
  expect(issuesOf(select, {}, [input])).toMatchObject([{ code: 'NO_COLUMNS', fix: { edits: [{ path: ['keepOthers'], value: true }] } }])
  expect(issuesOf(select, { columns: [{ name: 'a' }], drop: ['b'] }, [input])).toMatchObject([
    { code: 'NOTHING_TO_DROP', severity: 'warning' },
  ])
})

test('the sentence says what happens', () => {
  const sentence = (config: unknown) => select.sentence(select.config.parse(config))
  expect(sentence({ columns: [{ name: 'a' }, { name: 'total', expression: 'b * 2' }] })).toBe('keep a and total = b * 2')
  expect(sentence({ columns: [{ name: 't', expression: 'b' }], keepOthers: true, drop: ['a'] })).toBe('add t = b; drop a')
})
