import { expect, test } from 'vitest'
import { createHarness } from '../../../build/generate/operator-harness.ts'
import { fileSource } from './definition.ts'
import { fileSourceOperator } from './operator.ts'

const config = {
  path: 'orders.csv',
  format: { type: 'csv' },
  columns: [
    { name: 'id', type: 'BIGINT' },
    { name: 'note', type: 'STRING' },
  ],
  onError: 'skip',
}

test('the header is found again after a restart in the middle of the file', () => {
  const first = createHarness(fileSource, fileSourceOperator, config)
  first.records([{ value: 'note,id' }, { value: 'a,1' }])
  expect(first.takeRows('out')).toMatchObject([{ id: 1, note: 'a' }])
  const second = createHarness(fileSource, fileSourceOperator, config, { restore: first.snapshot() })
  second.records([{ value: 'b,2' }])
  expect(second.takeRows('out')).toMatchObject([{ id: 2, note: 'b' }])
})

test('rule 3: a line that cannot be read is skipped and counted', () => {
  const node = createHarness(fileSource, fileSourceOperator, config)
  node.records([{ value: 'id,note' }, { value: 'x,1' }, { value: '9007199254740993,z' }])
  expect(node.takeRows('out')).toMatchObject([{ id: 9007199254740993n, note: 'z' }])
  expect(node.counters).toMatchObject({ errors: 1, skipped: 1 })
})

test('the names of the columns and empty lines count as no record', () => {
  const node = createHarness(fileSource, fileSourceOperator, config)
  node.records([{ value: 'id,note' }, { value: '' }, { value: '1,a' }, { value: 'x,1' }])
  expect(node.snapshot()).toMatchObject({ task: { records: 2 } })
})

test('without a time column every row happened at 0', () => {
  const node = createHarness(fileSource, fileSourceOperator, config)
  node.records([{ value: 'id,note' }, { value: '1,a' }])
  expect(node.takeRows('out').map((row) => row.$timestamp)).toEqual([0])
})

test('rule 3: a line that stops the run is named by its number', () => {
  const node = createHarness(fileSource, fileSourceOperator, { ...config, onError: 'fail' }, { topic: 'orders.csv' })
  expect(() =>
    node.records([
      { value: 'id,note', offset: 1 },
      { value: 'x,1', offset: 2 },
    ]),
  ).toThrow(/Line 2 of orders.csv .*id/)
})
