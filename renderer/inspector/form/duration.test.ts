import { expect, test } from 'vitest'
import { durationText, millisecondsOf, splitDuration } from './duration.ts'

test.each([
  [0, '0 s'],
  [1, '1 ms'],
  [1500, '1,500 ms'],
  [5000, '5 s'],
  [90_000, '90 s'],
  [60_000, '1 min'],
  [5_400_000, '90 min'],
  [3_600_000, '1 h'],
  [86_400_000, '1 day'],
  [172_800_000, '2 days'],
  [-21_600_000, '-6 h'],
])('%i ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
  expect(millisecondsOf(splitDuration(ms))).toBe(ms)
})

test('fractions of a unit are exact milliseconds', () => {
  expect(millisecondsOf({ amount: 1.1, unit: 'min' })).toBe(66_000)
  expect(millisecondsOf({ amount: 0.0001, unit: 's' })).toBe(0.1)
})
