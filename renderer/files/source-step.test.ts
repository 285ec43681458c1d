import { expect, test } from 'vitest'
import { kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import type { SampledRows } from '../../pipeline-runtime/rpc/runtime-api.ts'
import { sourceStep, takenFrom, titleOfFile } from './source-step.ts'

const sampled: SampledRows = {
  format: { type: 'csv', delimiter: ';' } as SampledRows['format'], // its other options have defaults
  columns: [
    { name: 'id', type: 'BIGINT' },
    { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms', note: 'looks like milliseconds' },
  ],
  eventTime: 'at',
  page: { columns: [], rows: [], total: 0, firstSeq: 0, open: [] },
  records: 2,
}

test('a file becomes a step that reads it, set up so that its kind accepts it', () => {
  const { kind, config } = sourceStep({ path: 'orders.csv' }, takenFrom(sampled))
  expect(kindNamed(kind)?.category).toBe('read')
  expect(config).toMatchObject({
    path: 'orders.csv',
    eventTime: 'at',
    columns: [
      { name: 'id', type: 'BIGINT' },
      { name: 'at', unit: 'ms' },
    ],
  })
  expect(kindNamed(kind)?.config.safeParse(config).success).toBe(true)
})

test('a topic becomes another kind of step, with its connection', () => {
  const { kind, config } = sourceStep({ connection: 'shop', topic: 'orders' }, takenFrom(sampled))
  expect(kind).not.toBe(sourceStep({ path: 'a' }, undefined).kind)
  expect(config).toMatchObject({ connection: 'shop', topic: 'orders' })
  expect(kindNamed(kind)?.config.safeParse(config).success).toBe(true)
})

test.each([
  ['/data/Orders 2026.csv', 'Orders 2026'],
  ['C:\\data\\orders.jsonl', 'orders'],
  ['.hidden', '.hidden'],
])('the file %s gives the title %s', (path, title) => {
  expect(titleOfFile(path)).toBe(title)
})
