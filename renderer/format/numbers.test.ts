import { expect, test } from 'vitest'
import { differenceOfCells, formatNumber, groupDigits, sumOfCells } from './numbers.ts'

test.each([
  ['0', '0'],
  ['999', '999'],
  ['1000', '1,000'],
  ['-1234567', '-1,234,567'],
  ['9007199254740993', '9,007,199,254,740,993'],
  ['1234.5678', '1,234.5678'],
  ['NaN', 'NaN'],
  ['1e+21', '1e+21'],
])('%s is grouped as %s', (text, grouped) => {
  expect(groupDigits(text)).toBe(grouped)
})

test('a DOUBLE is rounded, an integer never', () => {
  expect(formatNumber('DOUBLE', '1234.3333333333333')).toBe('1,234.333333')
  expect(formatNumber('BIGINT', '9007199254740993')).toBe('9,007,199,254,740,993')
})

test('sums and differences of integers are exact', () => {
  expect(sumOfCells(['9007199254740993', '1', '-1'])).toBe('9007199254740993')
  expect(sumOfCells(['1.5', '2'])).toBe('3.5')
  expect(sumOfCells([])).toBe('0')
  expect(differenceOfCells('9007199254740993', '9007199254740992')).toBe('-1')
  expect(differenceOfCells('1.5', '2')).toBe('0.5')
})
