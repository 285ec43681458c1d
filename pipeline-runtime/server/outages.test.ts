import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Outages } from './outages.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const reading = { bootstrap: 'localhost:9092', what: 'reading' } as const
const writing = { ...reading, what: 'writing' } as const

test('an outage is told after a second, and until all who wait go on', () => {
  const outages = new Outages()
  outages.take({ ...reading, reason: 'refused' })
  expect(outages.current()).toBeUndefined()
  vi.advanceTimersByTime(600)
  outages.take({ ...writing, reason: 'closed' })
  outages.take({ ...reading, reason: 'timed out' })
  vi.advanceTimersByTime(500)
  expect(outages.current()).toEqual({ bootstrap: 'localhost:9092', reason: 'timed out' })
  outages.take({ ...reading, reason: undefined })
  expect(outages.current()).toBeUndefined()
  vi.advanceTimersByTime(500)
  expect(outages.current()).toEqual({ bootstrap: 'localhost:9092', reason: 'closed' })
  outages.take({ ...writing, reason: undefined })
  expect(outages.current()).toBeUndefined()
})
