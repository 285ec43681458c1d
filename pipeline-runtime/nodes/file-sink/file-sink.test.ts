import { expect, test } from 'vitest'
import { createHarness } from '../../../build/generate/operator-harness.ts'
import { BIGINT, DOUBLE } from '../../data/types.ts'
import { DEAD_LETTER_SCHEMA, rowsSchema } from '../../spec/edge-schema.ts'
import { fileSink } from './definition.ts'
import { fileSinkOperator } from './operator.ts'

const text = (bytes: Uint8Array | null | undefined) => new TextDecoder().decode(bytes ?? new Uint8Array())

test('rule 2: integers are written with all their digits', () => {
  const node = createHarness(fileSink, fileSinkOperator, { path: 'x.jsonl' }, { inputs: [rowsSchema([{ name: 'n', type: BIGINT }])] })
  node.rows(0, [{ n: '9007199254740993' }])
  expect(node.takeWrites().map(({ value }) => text(value))).toEqual(['{"n":9007199254740993}'])
})

test('what was set aside is written with its columns', () => {
  const node = createHarness(fileSink, fileSinkOperator, { path: 'x.jsonl' }, { inputs: [DEAD_LETTER_SCHEMA] })
  node.rows(0, [{ node: 'purchases', code: 'TOMBSTONE', reason: 'no value', topic: 't', partition: 0, offset: 5, headers: {} }])
  const [record] = node.takeWrites()
  expect(JSON.parse(text(record?.value))).toMatchObject({ node: 'purchases', code: 'TOMBSTONE', offset: 5, value: null })
})

test('CSV rows come without a header, which the writer of the file puts in front', () => {
  const node = createHarness(
    fileSink,
    fileSinkOperator,
    { path: 'x.csv', format: { type: 'csv' } },
    { inputs: [rowsSchema([{ name: 'x', type: DOUBLE }])] },
  )
  node.rows(0, [{ x: 0.5 }, { x: null }])
  expect(node.takeWrites().map(({ value }) => text(value))).toEqual(['0.5', ''])
})

test('rows that replace each other are not taken', () => {
  expect(fileSink.ports(fileSink.config.parse({ path: 'x' })).in[0]?.accepts?.upsert ?? false).toBe(false)
})
