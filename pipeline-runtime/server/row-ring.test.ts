import { expect, test } from 'vitest'
import { createBatch, selectRows } from '../data/batch.ts'
import { columnOf } from '../data/column.ts'
import { BIGINT, STRING } from '../data/types.ts'
import { BatchRows } from './kept-rows.ts'
import { pageOf } from './row-page.ts'
import { RowRing } from './row-ring.ts'

const fields = [
  { name: 'n', type: BIGINT },
  { name: 'text', type: STRING },
]

/** Rows n = from..from+count-1. */
function batch(from: number, count: number, text = 'x') {
  const numbers = Array.from({ length: count }, (_, i) => from + i)
  return createBatch({
    length: count,
    fields,
    columns: [
      columnOf(BIGINT, numbers),
      columnOf(
        STRING,
        numbers.map(() => text),
      ),
    ],
    eventTimes: Float64Array.from(numbers),
    watermarks: new Float64Array(count),
  })
}

const numbersOf = (ring: RowRing, limit: number, fromSeq?: number) =>
  pageOf(ring, { limit, fromSeq }).rows.map(({ cells }) => Number(cells[0]))

test('of any batches the newest rows are kept, under the numbers of their coming', () => {
  const ring = new RowRing(fields, { rows: 100, bytes: 1 << 20 })
  let next = 0
  for (const size of [1, 1, 7, 50, 3, 99, 1, 128, 250, 1, 2, 64, 5, 700, 1, 1]) {
    ring.addBatch(batch(next, size))
    next += size
    expect(ring.total).toBe(next)
    const newest = Array.from({ length: Math.min(100, next) }, (_, i) => next - Math.min(100, next) + i)
    expect(numbersOf(ring, 100)).toEqual(newest)
    if (next > 5) expect(numbersOf(ring, 3, next - 5)).toEqual([next - 5, next - 4, next - 3])
  }
  expect(ring.total - ring.firstSeq).toBeLessThan(900)
})

test('rows selected from large batches are copied after a while, so that these can go', () => {
  const ring = new RowRing(fields, { rows: 1_000, bytes: 1 << 30 })
  for (let i = 0; i < 400; i++) ring.addBatch(selectRows(batch(i * 1000, 1000), Int32Array.of(5, 6), 2))
  const held = new Set([...ring.between(0, 800)].map(({ rows }) => rows).filter((rows) => rows instanceof BatchRows))
  expect(ring.total).toBe(800)
  expect(held.size).toBeLessThanOrEqual(17)
  expect(numbersOf(ring, 2, 0)).toEqual([5, 6])
  expect(numbersOf(ring, 2)).toEqual([399_005, 399_006])
})

test('long texts: fewer rows are kept, and a page takes a few at a time', () => {
  const ring = new RowRing(fields, { rows: 1_000, bytes: 3_000_000 })
  for (let i = 0; i < 20; i++) ring.addBatch(batch(i, 1, 'x'.repeat(1_000_000)))
  expect(ring.total - ring.firstSeq).toBeLessThanOrEqual(3)
  const wide = new RowRing(fields, { rows: 1_000, bytes: 1 << 30 })
  for (let i = 0; i < 20; i++) wide.addBatch(batch(i, 1, 'x'.repeat(1_000_000)))
  expect(numbersOf(wide, 20)).toEqual([17, 18, 19])
  expect(numbersOf(wide, 20, 0)).toEqual([0, 1, 2])
})
