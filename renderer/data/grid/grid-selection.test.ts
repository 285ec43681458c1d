import { expect, test } from 'vitest'
import { HEADER, isInRange, moveSelection, rangeOf } from './grid-selection.ts'

const size = { rows: 100, columns: 4, page: 5 }
const at = (row: number, column: number) => ({ anchor: { row, column }, active: { row, column } })
const key = (name: string, shift = false, mod = false) => ({ key: name, shift, mod })

test.each([
  ['ArrowDown', false, 11, 1],
  ['ArrowUp', false, 9, 1],
  ['ArrowRight', false, 10, 2],
  ['ArrowLeft', false, 10, 0],
  ['PageDown', false, 15, 1],
  ['PageUp', false, 5, 1],
  ['Home', false, 10, 0],
  ['End', false, 10, 3],
  ['Home', true, 0, 0],
  ['End', true, 99, 3],
  ['ArrowDown', true, 99, 1],
])('%s (mod: %s) leads to row %d, column %d', (name, mod, row, column) => {
  expect(moveSelection(at(10, 1), key(name, false, mod), size)).toEqual(at(row, column))
})

test('Shift extends from where it began, and the header is not part of it', () => {
  const two = moveSelection(at(0, 0), key('ArrowDown', true), size)
  expect(two).toEqual({ anchor: { row: 0, column: 0 }, active: { row: 1, column: 0 } })
  expect(moveSelection(at(0, 0), key('ArrowUp', true), size)).toEqual(at(HEADER, 0))
})

test('nothing leaves the table', () => {
  expect(moveSelection(at(99, 3), key('ArrowDown'), size)).toEqual(at(99, 3))
  expect(moveSelection(at(HEADER, 0), key('ArrowUp'), size)).toEqual(at(HEADER, 0))
  expect(moveSelection(at(10, 1), key('a'), size)).toBeUndefined()
})

test('a range is the same from every corner', () => {
  const range = rangeOf({ anchor: { row: 5, column: 3 }, active: { row: 2, column: 1 } })
  expect(range).toEqual({ top: 2, bottom: 5, left: 1, right: 3 })
  expect(isInRange(range, 3, 1)).toBe(true)
  expect(isInRange(range, 3, 0)).toBe(false)
})
