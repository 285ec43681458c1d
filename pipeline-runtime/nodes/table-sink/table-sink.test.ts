import { expect, test } from 'vitest'
import { createHarness } from '../../../build/generate/operator-harness.ts'
import { BIGINT, STRING } from '../../data/types.ts'
import type { OperatorFactory } from '../../engine/operator.ts'
import { type EdgeSchema, rowsSchema } from '../../spec/edge-schema.ts'
import { tableSink } from './definition.ts'
import { TableSink, tableSinkOperator } from './operator.ts'

const columns = [
  { name: 'k', type: STRING },
  { name: 'n', type: BIGINT },
]
const upsert: EdgeSchema = { ...rowsSchema(columns), mode: { type: 'upsert', key: ['k'] } }

function table(config: unknown, input: EdgeSchema, restore?: Parameters<typeof createHarness>[3]) {
  let sink: TableSink | undefined
  const factory: OperatorFactory<typeof tableSink> = {
    create(parsed, context) {
      const operator = tableSinkOperator.create(parsed, context)
      if (operator instanceof TableSink) sink = operator
      return operator
    },
  }
  const node = createHarness(tableSink, factory, config, { inputs: [input], ...restore })
  return { node, shown: () => [...(sink?.rows() ?? [])] }
}

test('the newest rows are kept', () => {
  const { node, shown } = table({ limit: 2 }, rowsSchema(columns))
  node.rows(0, [{ n: 1 }, { n: 2 }, { n: 3 }])
  node.rows(0, [{ n: 4 }])
  expect(shown()).toEqual([
    [null, 3],
    [null, 4],
  ])
})

test('a row that replaces takes the place of the earlier one, a deletion removes it', () => {
  const { node, shown } = table({}, upsert)
  node.rows(0, [
    { k: 'a', n: 1, $kind: 'UPSERT' },
    { k: 'b', n: 2, $kind: 'UPSERT' },
    { k: 'a', n: 3, $kind: 'UPSERT' },
    { k: 'b', n: 2, $kind: 'DELETE' },
  ])
  expect(shown()).toEqual([['a', 3]])
})

test('rows survive a restart, and the next ones do not overwrite them', () => {
  const first = table({}, rowsSchema(columns))
  first.node.rows(0, [{ k: 'a', n: '9007199254740993' }])
  const second = table({}, rowsSchema(columns), { restore: first.node.snapshot() })
  second.node.rows(0, [{ k: 'b', n: 2 }])
  expect(second.shown()).toEqual([
    ['a', 9007199254740993n],
    ['b', 2],
  ])
})
