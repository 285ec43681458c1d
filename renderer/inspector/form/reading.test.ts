import { expect, test } from 'vitest'
import { freeName } from '../../state/free-name.ts'
import { aggregateName } from './aggregate-name.ts'
import { readNumber } from './read-number.ts'
import { readTime } from './read-time.ts'

test.each([
  ['', true, undefined],
  [' 12 ', true, 12],
  ['1,204', true, 1204],
  ['1,204,000', true, 1_204_000],
  ['-3', true, -3],
  ['0.5', false, 0.5],
  ['.5', false, 0.5],
  ['1e3', false, 1000],
])('%j is read as a number', (typed, integer, value) => {
  expect(readNumber(typed, integer)).toMatchObject({ ok: true, value })
})

test.each([
  ['1.', true],
  ['12x', true],
  ['1,2', true],
  ['--1', true],
  ['0x10', true],
  ['Infinity', false],
  ['1e999', false],
  ['9007199254740993', true],
  ['0.5', true],
])('%j stays in the field', (typed, integer) => {
  const reading = readNumber(typed, integer)
  if (typed === '1.') expect(reading).toMatchObject({ ok: true, value: 1 })
  else expect(reading.ok).toBe(false)
})

test.each([
  ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00Z'],
  ['2026-01-01 10:00', '2026-01-01T10:00:00Z'],
  ['2026-01-01', '2026-01-01T00:00:00Z'],
  ['2026-01-01T10:00:00.250+02:00', '2026-01-01T10:00:00.250+02:00'],
])('%s is a time', (typed, value) => {
  expect(readTime(typed)).toEqual({ ok: true, value, text: value })
})

test.each(['2026', '2026-02-30', '2026-13-01T00:00:00Z', '10:00', 'tomorrow', '2026-01-01T25:00:00Z'])('%s is not a time', (typed) => {
  expect(readTime(typed).ok).toBe(false)
})

test('a figure is called by what it is, with a number where the name is taken', () => {
  expect(aggregateName('count', undefined, [])).toBe('count')
  expect(aggregateName('sum', 'amount', [])).toBe('sum_amount')
  expect(aggregateName('avg', 'amount * 2 + "x"', [])).toBe('avg_amount_2_x')
  expect(aggregateName('sum', 'amount', ['sum_amount', 'sum_amount_2'])).toBe('sum_amount_3')
  expect(freeName('a', ['b'])).toBe('a')
})
