import { expect, test } from 'vitest'
import { choiceOf, instantOf, rangeChoices, rangeInWords, rangeOf, wallTimeOf } from './run-range.ts'

const live = { start: { type: 'continue' }, stop: { type: 'never' } } as const
const noon = Date.UTC(2026, 0, 1, 12, 30)

test('each choice makes a range that is that choice', () => {
  for (const choice of rangeChoices) expect(choiceOf(rangeOf(choice, live, noon))).toBe(choice)
})

test.each([
  [rangeOf('live', live, noon), 'Live'],
  [rangeOf('last', live, noon), 'Last 1 h'],
  [rangeOf('between', live, noon), 'From 2026-01-01 12:00 to 13:00'],
  [rangeOf('all', live, noon), 'All, then stop'],
  [{ start: { type: 'earliest' }, stop: { type: 'never' } } as const, 'All'],
  [{ start: { type: 'last', lastMs: 900_000 }, stop: { type: 'end' } } as const, 'Last 15 min, then stop'],
])('%j is %s', (range, text) => {
  expect(rangeInWords(range, 'Europe/Amsterdam')).toBe(text)
})

test('a time on the wall in the zone of the document and back', () => {
  expect(instantOf('2026-07-01T12:00', 'Europe/Amsterdam')).toBe('2026-07-01T10:00:00.000Z')
  expect(instantOf('2026-01-01T12:00', 'Europe/Amsterdam')).toBe('2026-01-01T11:00:00.000Z')
  expect(wallTimeOf('2026-07-01T10:00:00.000Z', 'Europe/Amsterdam')).toBe('2026-07-01T12:00:00')
  expect(instantOf('', 'UTC')).toBeUndefined()
})

test('an hour that is there twice is the first one, one that is not there is taken forward', () => {
  expect(instantOf('2026-10-25T02:30', 'Europe/Amsterdam')).toBe('2026-10-25T00:30:00.000Z')
  expect(instantOf('2026-03-29T02:30', 'Europe/Amsterdam')).toBe('2026-03-29T01:30:00.000Z')
})
