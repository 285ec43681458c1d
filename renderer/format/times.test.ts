import { expect, test } from 'vitest'
import { formatDateTime, formatDuration, formatTime } from './times.ts'

const moment = Date.UTC(2026, 2, 29, 0, 59, 59)

test.each([
  ['UTC', '00:59:59'],
  ['Europe/Amsterdam', '01:59:59'],
  ['America/New_York', '20:59:59'],
  ['Asia/Kolkata', '06:29:59'],
])('the time of day in %s is %s', (zone, text) => {
  expect(formatTime(moment, zone)).toBe(text)
})

test('the clock goes forward where the zone says so', () => {
  expect(formatTime(moment + 1000, 'Europe/Amsterdam')).toBe('03:00:00')
})

test.each([
  [0, 'UTC', '1970-01-01 00:00:00'],
  [-1, 'UTC', '1969-12-31 23:59:59.999'],
  [1_767_225_600_000, 'Asia/Tokyo', '2026-01-01 09:00:00'],
  [1_767_225_600_007, 'UTC', '2026-01-01 00:00:00.007'],
  [-62_167_219_200_000, 'UTC', '0000-01-01 00:00:00'],
  [8.64e15 + 1, 'UTC', '8640000000000001'],
])('%d in %s is %s', (ms, zone, text) => {
  expect(formatDateTime(ms, zone)).toBe(text)
})

test('midnight is 00, not 24', () => {
  expect(formatTime(Date.UTC(2026, 0, 1), 'UTC')).toBe('00:00:00')
})

test('a zone that is not known is shown as UTC', () => {
  expect(formatTime(moment, 'Mars/Olympus')).toBe('00:59:59')
})

test.each([
  [0, '0 ms'],
  [850, '850 ms'],
  [3_240, '3.2 s'],
  [9_960, '10 s'],
  [80_000, '1 min 20 s'],
  [3_900_000, '1 h 5 min'],
  [183_600_000, '2 days 3 h'],
  [-1_500, '−1.5 s'],
  [Number.NaN, '–'],
])('%d ms take %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})
