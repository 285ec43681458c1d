import { expect, test } from 'vitest'
import { BIGINT, DOUBLE, STRING } from '../data/types.ts'
import { compareRows } from './compare-rows.ts'

const FIELDS = [
  { name: 'country', type: STRING },
  { name: 'n', type: BIGINT },
  { name: 'sum', type: DOUBLE },
]

test('sets are equal whatever their order, each row as often as it stands', () => {
  expect(
    compareRows(
      FIELDS,
      [
        ['DE', 1, 1],
        ['FR', 2, 2],
      ],
      [
        ['FR', 2, 2],
        ['DE', 1, 1],
      ],
      false,
    ),
  ).toEqual([])
  expect(
    compareRows(
      FIELDS,
      [['DE', 1, 1]],
      [
        ['DE', 1, 1],
        ['DE', 1, 1],
      ],
      false,
    ),
  ).toEqual([{ type: 'unexpected', actual: 'country DE, n 1, sum 1' }])
})

test('a difference names row and column', () => {
  expect(
    compareRows(
      FIELDS,
      [
        ['FR', 2, 2],
        ['DE', 1, 1],
      ],
      [
        ['DE', 1, 1.5],
        ['FR', 2, 2],
      ],
      false,
    ),
  ).toEqual([{ type: 'column', row: 2, column: 'sum', expected: '1', actual: '1.5' }])
  expect(compareRows(FIELDS, [['DE', null, 1]], [], false)).toEqual([{ type: 'missing', row: 1, expected: 'country DE, n NULL, sum 1' }])
})

test('in order, a row at another place is a difference', () => {
  expect(
    compareRows(
      FIELDS,
      [
        ['DE', 1, 1],
        ['FR', 1, 1],
      ],
      [
        ['FR', 1, 1],
        ['DE', 1, 1],
      ],
      true,
    ),
  ).toHaveLength(2)
})

test('doubles are compared to nine digits, integers exactly', () => {
  expect(compareRows(FIELDS, [['DE', 1, 0.3]], [['DE', 1, 0.1 + 0.2]], false)).toEqual([])
  expect(compareRows(FIELDS, [['DE', 9007199254740993n, 0]], [['DE', 9007199254740992n, 0]], false)).toHaveLength(1)
})

test('no number is equal to an infinite one', () => {
  const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number
  expect(compareRows(FIELDS, [['DE', 1, POSITIVE_INFINITY]], [['DE', 1, POSITIVE_INFINITY]], false)).toEqual([])
  for (const other of [5, NEGATIVE_INFINITY, Number.NaN])
    expect(compareRows(FIELDS, [['DE', 1, other]], [['DE', 1, POSITIVE_INFINITY]], false)).toMatchObject([{ column: 'sum' }])
})
