import { describe, expect, test } from 'vitest'
import { type Batch, rowValues, selectRows, sliceRows, withColumns, withWatermarks } from './batch.ts'
import { BIGINT, DOUBLE, type Field, STRING, TIMESTAMP } from './types.ts'
import type { Value } from './value.ts'

export const CONTRACT_FIELDS: readonly Field[] = [
  { name: 'id', type: BIGINT },
  { name: 'amount', type: DOUBLE },
  { name: 'name', type: STRING },
  { name: 'at', type: TIMESTAMP },
]

export const CONTRACT_ROWS: readonly (readonly Value[])[] = [
  [1, 1.5, 'a', 1000],
  [9007199254740993n, null, 'ü😀', 2000],
  [null, Number.NaN, '', null],
  [-5, -0, null, -1],
]

/**
 * What every implementation of Batch and Column has to do. `make` builds a batch of `CONTRACT_FIELDS` and `CONTRACT_ROWS` at partition 3 of
 * topic `t`, offsets 10, 11 …, event times 100, 101 …, watermarks 90, 91 ….
 */
export function batchContract(name: string, make: () => Batch): void {
  describe(`batch contract: ${name}`, () => {
    test('rows read as they were written, integers with all digits', () => {
      const batch = make()
      expect(batch.length).toBe(CONTRACT_ROWS.length)
      CONTRACT_ROWS.forEach((row, i) => expect(rowValues(batch, i)).toEqual(row))
    })

    test('null and number accessors agree with values', () => {
      const batch = make()
      for (const field of CONTRACT_FIELDS) {
        const column = batch.column(field.name)
        for (let i = 0; i < batch.length; i++) expect(column.isNull(i)).toBe(column.value(i) === null)
      }
      const amount = batch.column('amount')
      expect([0, 1, 2, 3].map((i) => amount.number(i))).toEqual([1.5, Number.NaN, Number.NaN, -0])
      expect(() => batch.column('name').number(0)).toThrow(/STRING/)
    })

    test('record parts are columns by their names', () => {
      const batch = make()
      expect([0, 3].map((i) => batch.column('$offset').value(i))).toEqual([10, 13])
      expect(batch.column('$partition').value(2)).toBe(3)
      expect(batch.column('$topic').value(0)).toBe('t')
      expect(() => batch.column('nothing')).toThrow(/nothing/)
    })

    test('a selection of a selection keeps values, times, watermarks and offsets together', () => {
      const first = selectRows(make(), Int32Array.of(1, 2, 3), 3)
      const second = selectRows(first, Int32Array.of(0, 2), 2)
      expect([rowValues(second, 0), rowValues(second, 1)]).toEqual([CONTRACT_ROWS[1], CONTRACT_ROWS[3]])
      expect([...second.eventTimes]).toEqual([101, 103])
      expect([...second.watermarks]).toEqual([91, 93])
      expect([0, 1].map((i) => second.column('$offset').value(i))).toEqual([11, 13])
      expect(rowValues(sliceRows(make(), 1, 3), 0)).toEqual(CONTRACT_ROWS[1])
    })

    test('other columns and other watermarks leave the rest as it is', () => {
      const batch = make()
      const renamed = withColumns(batch, [{ name: 'label', type: STRING }], [batch.column('name')])
      expect(rowValues(renamed, 1)).toEqual(['ü😀'])
      expect(renamed.column('$offset').value(1)).toBe(11)
      const later = withWatermarks(batch, Float64Array.of(95, 95, 95, 95))
      expect([...later.watermarks]).toEqual([95, 95, 95, 95])
      expect([...batch.watermarks]).toEqual([90, 91, 92, 93])
    })
  })
}
