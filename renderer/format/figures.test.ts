import { expect, test } from 'vitest'
import { formatCount, formatRate } from './figures.ts'

test.each([
  [undefined, '–'],
  [Number.NaN, '–'],
  [0, '0/s'],
  [0.4, '0/s'],
  [12, '12/s'],
  [1204, '1,204/s'],
  [99_999.4, '99,999/s'],
  [123_400, '123.4k/s'],
  [999_949, '999.9k/s'],
  [999_960, '1.0M/s'],
  [1_200_000, '1.2M/s'],
])('a rate of %s is %s', (rate, text) => {
  expect(formatRate(rate)).toBe(text)
})

test('counts are exact and grouped', () => {
  expect(formatCount(12_431)).toBe('12,431')
  expect(formatCount(9_007_199_254_740_991)).toBe('9,007,199,254,740,991')
})
