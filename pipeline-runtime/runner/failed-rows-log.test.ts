import { expect, test } from 'vitest'
import { FailedRowsLog } from './failed-rows-log.ts'

function counting(errors: number, offset = errors) {
  const last = { code: 'BAD', reason: `row ${offset} is bad`, topic: 'shop', partition: 2, offset }
  return {
    metrics: () => ({ nowMs: 0, partitions: [], nodes: [{ nodeId: 'purchases', counters: { errors } }] }),
    traffic: () => ({ partitions: [], nodes: [{ nodeId: 'purchases', bytesIn: 0, bytesOut: 0, lastFailed: last }] }),
    // Only what the log asks for.
  } as unknown as ConstructorParameters<typeof FailedRowsLog>[2]
}

function logOf(intervalMs: number | undefined, before: number) {
  const lines: unknown[] = []
  const log = { info() {}, warn: (details: object, message: string) => lines.push({ ...details, message }) }
  return { lines, failedRows: new FailedRowsLog(log, intervalMs, counting(before)) }
}

test('rows that failed are told with the place of the last one, once in an interval, and the rest at the end', () => {
  const { lines, failedRows } = logOf(10_000, 5)
  failedRows.take(counting(5), 0)
  expect(lines).toEqual([])
  failedRows.take(counting(7), 10_000)
  failedRows.take(counting(9), 19_999)
  expect(lines).toEqual([
    {
      node: 'purchases',
      topic: 'shop',
      partition: 2,
      offset: 7,
      code: 'BAD',
      rows: 2,
      message: 'rows failed; the last one: row 7 is bad',
    },
  ])
  failedRows.finish(counting(10))
  failedRows.finish(counting(10))
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatchObject({ offset: 10, rows: 3 })
})

test('without an interval nothing is told', () => {
  const { lines, failedRows } = logOf(undefined, 0)
  failedRows.take(counting(3), 0)
  failedRows.finish(counting(3))
  expect(lines).toEqual([])
})
