import { expect, test } from 'vitest'
import { RetentionWarning } from './retention-warning.ts'

const DAY_MS = 86_400_000
const NOW_MS = 30 * DAY_MS
const record = (timestamp: number) => ({ key: null, value: null, timestamp })

function warningsOf(look: (warning: RetentionWarning) => void): string[] {
  const said: string[] = []
  const warn = (_details: object, message: string): void => void said.push(message)
  look(new RetentionWarning({ info: () => {}, warn }, () => NOW_MS))
  return said
}

test('rows that the broker is about to delete are told of, once for each step', () => {
  const said = warningsOf((warning) => {
    warning.watch('a', 'shop.out', 7 * DAY_MS)
    warning.watch('b', 'shop.more', 60_000)
    warning.look('a', [record(NOW_MS), record(23 * DAY_MS)])
    warning.look('a', [record(NOW_MS), record(23 * DAY_MS - 1)])
    warning.look('a', [record(0)])
    warning.look('b', [record(0)])
    warning.look('nobody', [record(0)])
  })
  expect(said).toEqual([
    expect.stringContaining('keeps records for 7 days after their time, and a row of 1970-01-23T23:59:59.999Z is older'),
    expect.stringContaining('for 1 min after'),
  ])
})

test('a topic that keeps everything, or whose settings nobody knows, is not spoken of', () => {
  const said = warningsOf((warning) => {
    warning.watch('a', 'shop.out', undefined)
    warning.look('a', [record(0)])
  })
  expect(said).toEqual([])
})
