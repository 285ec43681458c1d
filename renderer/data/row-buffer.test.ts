import { expect, test } from 'vitest'
import type { RowPage } from '../../pipeline-runtime/rpc/cells.ts'
import { emptyRows, newerThanHeld, nextSeq, type RowBuffer, withPage } from './row-buffer.ts'

function page(from: number, to: number, total = to): RowPage {
  const rows = Array.from({ length: to - from }, (_, i) => ({
    seq: from + i,
    cells: [String(from + i)],
    eventTimeMs: 0,
    kind: 'insert' as const,
  }))
  return { columns: [{ name: 'n', type: 'BIGINT' }], rows, total, firstSeq: 0, open: [] }
}

const seqs = ({ rows }: RowBuffer): number[] => rows.map(({ seq }) => seq)

test('pages are put behind each other', () => {
  const buffer = withPage(withPage(emptyRows, page(0, 3), 10), page(3, 5), 10)
  expect(seqs(buffer)).toEqual([0, 1, 2, 3, 4])
  expect(nextSeq(buffer)).toBe(5)
})

test('rows that came twice are held once', () => {
  expect(seqs(withPage(withPage(emptyRows, page(0, 3), 10), page(1, 5), 10))).toEqual([0, 1, 2, 3, 4])
})

test('the oldest go where there are too many', () => {
  expect(seqs(withPage(withPage(emptyRows, page(0, 3), 4), page(3, 6), 4))).toEqual([2, 3, 4, 5])
})

test('over a gap nothing is kept', () => {
  expect(seqs(withPage(withPage(emptyRows, page(0, 3), 10), page(7, 9), 10))).toEqual([7, 8])
})

test('an empty page changes the total only', () => {
  const buffer = withPage(withPage(emptyRows, page(0, 3), 10), { ...page(3, 3), total: 12 }, 10)
  expect(seqs(buffer)).toEqual([0, 1, 2])
  expect(newerThanHeld(buffer)).toBe(9)
})
