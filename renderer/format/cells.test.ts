import { expect, test } from 'vitest'
import { cellTimeMs, exactCell, formatCell } from './cells.ts'

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64')

test.each([
  ['BIGINT', '9007199254740993', '9007199254740993'],
  ['DECIMAL(38, 2)', '12345678901234567890.10', '12345678901234567890.10'],
  ['DOUBLE', '82.33333333333333', '82.333333'],
  ['DOUBLE', '0.30000000000000004', '0.3'],
  ['DOUBLE', '0.000012345678901', '0.000012345678901'],
  ['DOUBLE', '10.5', '10.5'],
  ['DOUBLE', '1e+21', '1e+21'],
  ['DOUBLE', 'NaN', 'NaN'],
  ['BOOLEAN', 'true', 'true'],
  ['STRING', '', ''],
  ['TIMESTAMP_LTZ(3)', '2026-01-01T00:01:00.000Z', '2026-01-01 01:01:00'],
  ['TIMESTAMP_LTZ(3)', '8640000000000001', '8640000000000001'],
  ['DATE', '2026-01-01', '2026-01-01'],
  ['BYTES', base64('{"a":1}'), '{"a":1}'],
  ['BYTES', base64('\u0000\u00ff'), '0x00ff'],
  ['BYTES', base64('a\u0001'), '0x6101'],
  ['ARRAY<BIGINT>', '[1, 2]', '[1, 2]'],
])('%s %s is shown as %s', (type, cell, text) => {
  expect(formatCell(type, cell, 'Europe/Amsterdam')).toBe(text)
})

test('NULL is not an empty text', () => {
  expect(formatCell('STRING', null, 'UTC')).toBe('NULL')
  expect(exactCell('STRING', null)).toBe('')
})

test('nothing is rounded in what is copied', () => {
  expect(exactCell('DOUBLE', '82.33333333333333')).toBe('82.33333333333333')
  expect(exactCell('TIMESTAMP_LTZ(3)', '2026-01-01T00:01:00.000Z')).toBe('2026-01-01T00:01:00.000Z')
  expect(exactCell('BYTES', Buffer.from('\ufeffa').toString('base64'))).toBe('\ufeffa')
})

test('times of cells', () => {
  expect(cellTimeMs('2026-01-01T00:00:00.000Z')).toBe(1_767_225_600_000)
  expect(cellTimeMs('-000001-01-01T00:00:00.000Z')).toBe(-62_198_755_200_000)
  expect(cellTimeMs(null)).toBeUndefined()
  expect(cellTimeMs('8640000000000001')).toBeUndefined()
})
