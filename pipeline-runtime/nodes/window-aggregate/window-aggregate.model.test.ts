import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHarness } from '../../../build/generate/operator-harness.ts'
import { BIGINT, STRING } from '../../data/types.ts'
import { rowsSchema } from '../../spec/edge-schema.ts'
import { windowAggregate } from './definition.ts'
import { windowAggregateOperator } from './operator.ts'

// Against a slow, obvious model: any rows, watermarks, batch cuts and restarts (semantics rules 7, 10, 11, 12, 13).

const input = rowsSchema([
  { name: 'k', type: STRING },
  { name: 'n', type: BIGINT },
])

type Row = {
  readonly k: string | null
  readonly n: bigint | null
  readonly $timestamp: number
  readonly $watermark: number
}

const row = fc.record({
  k: fc.option(fc.constantFrom('a', 'b', ''), { nil: null }),
  n: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { nil: null }),
  $timestamp: fc.integer({ min: -50, max: 50 }),
  step: fc.integer({ min: 0, max: 8 }),
})

const run = fc.record({
  rows: fc.array(row, { maxLength: 40 }),
  cuts: fc.array(fc.record({ length: fc.integer({ min: 1, max: 6 }), restart: fc.boolean() }), { minLength: 1, maxLength: 10 }),
  sizeMs: fc.integer({ min: 1, max: 20 }),
  offsetMs: fc.integer({ min: 0, max: 19 }),
  latenessMs: fc.integer({ min: 0, max: 10 }),
  updates: fc.boolean(),
})

test('the operator gives what the model gives', () => {
  fc.assert(
    fc.property(run, ({ rows: steps, cuts, sizeMs, offsetMs, latenessMs, updates }) => {
      let watermark = -60
      const rows = steps.map(({ step, ...rest }): Row => {
        watermark += step
        return { ...rest, $watermark: watermark }
      })
      const window = { sizeMs, offsetMs: offsetMs % sizeMs }
      const lateness = updates ? latenessMs : 0
      const config = {
        groupBy: ['k'],
        window: { type: 'tumbling', ...window },
        aggregates: [
          { as: 'rows', function: 'count' },
          { as: 'filled', function: 'count', of: 'n' },
          { as: 'total', function: 'sum', of: 'n' },
          { as: 'most', function: 'max', of: 'n' },
        ],
        emit: updates ? 'updates' : 'final',
        allowedLatenessMs: lateness,
      }
      let harness = createHarness(windowAggregate, windowAggregateOperator, config, { inputs: [input] })
      const out: string[] = []
      const late: number[] = []
      const take = () => {
        for (const { k, window_start, rows: count, filled, total, most } of harness.takeRows('out')) {
          out.push([k, window_start, count, filled, total, most].join('|'))
        }
        for (const { $timestamp } of harness.takeRows('late')) late.push(Number($timestamp))
      }
      for (let at = 0, i = 0; at < rows.length; i++) {
        const cut = cuts[i % cuts.length] ?? { length: 1, restart: false }
        harness.rows(0, rows.slice(at, at + cut.length))
        at += cut.length
        take()
        if (cut.restart)
          harness = createHarness(windowAggregate, windowAggregateOperator, config, { inputs: [input], restore: harness.snapshot() })
      }
      harness.end()
      take()
      const expected = model(rows, window.sizeMs, window.offsetMs, lateness, updates)
      expect(late).toEqual(expected.late)
      // Windows that close at the same moment come in the order of their keys, which the model does not know.
      expect(updates ? out : out.sort()).toEqual(updates ? expected.out : expected.out.sort())
      expect([harness.stateKeys, harness.timerCount]).toEqual([0, 0])
    }),
    { numRuns: 300 },
  )
})

function model(rows: readonly Row[], size: number, offset: number, lateness: number, updates: boolean) {
  const late: number[] = []
  const out: string[] = []
  const windows = new Map<string, { start: number; rows: Row[] }>()
  for (const row of rows) {
    let start = offset - 10_000 * size
    while (start + size <= row.$timestamp) start += size
    if (row.$watermark >= start + size - 1 + lateness) {
      late.push(row.$timestamp)
      continue
    }
    const key = `${start} ${row.k === null ? 'null' : `text ${row.k}`}`
    const open = windows.get(key) ?? { start, rows: [] }
    windows.set(key, open)
    open.rows.push(row)
    if (updates) out.push(result(open.start, open.rows))
  }
  if (!updates) for (const open of windows.values()) out.push(result(open.start, open.rows))
  return { late, out }
}

function result(start: number, rows: readonly Row[]): string {
  const filled = rows.flatMap(({ n }) => (n === null ? [] : [n]))
  const total = filled.length === 0 ? '' : filled.reduce((a, b) => a + b, 0n)
  const most = filled.length === 0 ? '' : filled.sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))[0]
  return [rows[0]?.k, start, rows.length, filled.length, total, most].join('|')
}
