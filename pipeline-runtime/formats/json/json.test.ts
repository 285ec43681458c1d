import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBatch } from '../../data/batch.ts'
import { columnOf, createColumnWriter } from '../../data/column.ts'
import { Decimal } from '../../data/decimal.ts'
import { array, BIGINT, BOOLEAN, BYTES, DATE, type DataType, DOUBLE, decimal, map, row, STRING, TIMESTAMP } from '../../data/types.ts'
import type { Value } from '../../data/value.ts'
import type { SourceColumn } from '../format.ts'
import { encodeRowJson } from './encode.ts'
import { jsonFormat } from './format.ts'
import { JsonScanner } from './scan.ts'

const OPTIONS = { type: 'json' as const }
const bytesOf = (text: string) => new TextEncoder().encode(text)

function decode(columns: readonly SourceColumn[], record: string | Uint8Array) {
  const decoder = jsonFormat.decoder(columns, OPTIONS)
  const writers = columns.map((column) => createColumnWriter(column.type))
  const bytes = typeof record === 'string' ? bytesOf(record) : record
  const problem = decoder.decode(bytes, 0, bytes.length, writers)
  if (problem !== undefined) {
    expect(writers.every((writer) => writer.length === 0)).toBe(true)
    return problem
  }
  return writers.map((writer) => writer.finish().value(0))
}

function one(type: DataType, json: string, unit?: SourceColumn['unit']) {
  const result = decode([{ name: 'c', type, unit }], `{"c":${json}}`)
  return Array.isArray(result) ? result[0] : (result as { message: string }).message
}

describe('values (semantics: the JSON rows of the table, rules 2 and 3)', () => {
  test.each<[DataType, string, Value | string]>([
    [BIGINT, '9007199254740993', 9007199254740993n],
    [BIGINT, '-9223372036854775808', -(2n ** 63n)],
    [BIGINT, '9223372036854775808', 'column c: 9223372036854775808 is not a BIGINT'],
    [BIGINT, '1.5', 'column c: 1.5 is not a BIGINT'],
    [BIGINT, '"123"', 123],
    [BIGINT, '"\\u0031"', 1],
    [BIGINT, '1e3', 1000],
    [BIGINT, '-0', 0],
    [BIGINT, 'true', 'column c: true is not a BIGINT'],
    [BIGINT, 'null', null],
    [DOUBLE, '0.1', 0.1],
    [DOUBLE, '-0', -0],
    [DOUBLE, '1e400', 'column c: 1e400 is not a DOUBLE'],
    [DOUBLE, '"NaN"', Number.NaN],
    [DOUBLE, '"12,5"', 'column c: "12,5" is not a DOUBLE'],
    [decimal(10, 2), '12.5', new Decimal(1250n, 2)],
    [decimal(10, 2), '"-0.01"', new Decimal(-1n, 2)],
    [decimal(10, 2), '0.001', 'column c: 0.001 is not a DECIMAL(10, 2)'],
    [decimal(3, 0), '1000', 'column c: 1000 is not a DECIMAL(3, 0)'],
    [STRING, '12.50', '12.50'],
    [STRING, 'true', 'true'],
    [STRING, '"ü😀\\n\\ud83d\\ude00\\/"', 'ü😀\n😀/'],
    [STRING, '{"a": 1}', '{"a": 1}'],
    [BOOLEAN, 'false', false],
    [BOOLEAN, '"TRUE"', true],
    [BOOLEAN, '1', 'column c: 1 is not a BOOLEAN'],
    [BYTES, '"AAH/"', Uint8Array.of(0, 1, 255)],
    [BYTES, '"*"', 'column c: "*" is not a BYTES'],
    [DATE, '"2024-02-29"', 19782],
    [DATE, '"2023-02-29"', 'column c: "2023-02-29" is not a DATE'],
    [array(BIGINT), '[1, null, 3]', [1, null, 3]],
    [array(BIGINT), '[1, "x"]', 'column c[2]: "x" is not a BIGINT'],
    [map(DOUBLE), '{"a":1,"a":2}', new Map([['a', 2]])],
    [
      row([
        { name: 'a', type: BIGINT },
        { name: 'b', type: STRING },
      ]),
      '{"b":"x","z":[{}]}',
      [null, 'x'],
    ],
    [row([{ name: 'a', type: array(BIGINT) }]), '{"a":[1,{}]}', 'column c.a[2]: {} is not a BIGINT'],
    [
      row([
        { name: 'a', type: BIGINT },
        { name: 'b', type: DOUBLE },
      ]),
      '{"a":"x","b":"y"}',
      'column c.a: "x" is not a BIGINT',
    ],
  ])('%j of %s', (type, json, expected) => {
    expect(one(type, json)).toEqual(expected)
  })

  test.each<[SourceColumn['unit'], string, number | string]>([
    [undefined, '1767225600000', 1767225600000],
    [undefined, '"2026-01-01T00:00:00Z"', 1767225600000],
    [undefined, '"2026-01-01 01:00:00.5+01:00"', 1767225600500],
    [undefined, '"2026-01-01"', 1767225600000],
    [undefined, '"1767225600000"', 1767225600000],
    [undefined, '"2026-01-01T24:00:00Z"', 'column c: "2026-01-01T24:00:00Z" is not a TIMESTAMP_LTZ(3)'],
    [undefined, '"2026-01-01T02:00:00+02"', 1767225600000],
    [undefined, '"2026-01-01T00:00:00+24"', 'column c: "2026-01-01T00:00:00+24" is not a TIMESTAMP_LTZ(3)'],
    [undefined, '"2026-01-01T00:00:00+2"', 'column c: "2026-01-01T00:00:00+2" is not a TIMESTAMP_LTZ(3)'],
    [undefined, '"+275760-09-13"', 8.64e15],
    [undefined, '"+275760-09-14"', 'column c: "+275760-09-14" is not a TIMESTAMP_LTZ(3)'],
    ['s', '1767225600.25', 1767225600250],
    ['s', '-1', -1000],
    ['us', '1767225600000999', 1767225600000],
    ['us', '-1', -1],
    ['ns', '1767225600000999999', 1767225600000],
    ['ns', '1.7672256e18', 1767225600000],
    ['iso', '1767225600000', 'column c: 1767225600000 is not a TIMESTAMP_LTZ(3)'],
    ['ms', '1e300', 'column c: 1e300 is not a TIMESTAMP_LTZ(3)'],
  ])('a time in %s: %s', (unit, json, expected) => {
    expect(one(TIMESTAMP, json, unit)).toEqual(expected)
  })

  test('missing and null are NULL, of a name that stands twice the last counts, others are passed over', () => {
    const columns = ['a', 'b', 'c', 'd'].map((name) => ({ name, type: BIGINT }))
    expect(decode(columns, ' {"d":1.5,"x":{"a":[true,null,-1e-2]},"b":null,"\\u0063":3,"d":4,"a" : 1 } \r')).toEqual([1, null, 3, 4])
    expect(decode(columns, '{}')).toEqual([null, null, null, null])
  })
})

describe('what is no JSON object says where', () => {
  test.each([
    ['', 'at byte 1: expected a JSON object in the record, which is empty, found the end'],
    ['[1]', 'at byte 1: expected a JSON object, found "[1]"'],
    ['{"a":1', 'at byte 7: expected "," or "}", found the end'],
    ['{"a":1} x', 'at byte 9: expected the end of the record, found "x"'],
    ['{"a":1,}', 'at byte 8: expected a name in double quotes, found "}"'],
    ['{"z":01}', 'at byte 7: expected no digit behind a leading 0, found "1}"'],
    ['{"z":"a\nb"}', 'at byte 8: expected a control character to be written as an escape, found "\nb"}"'],
    ['{"z":tru}', 'at byte 6: expected a value, found "tru}"'],
    ["{'a':1}", `at byte 2: expected a name in double quotes, found "'a':1}"`],
  ])('%j', (record, message) => {
    expect(decode([{ name: 'a', type: BIGINT }], record)).toEqual({ code: 'UNDECODABLE_JSON', message })
  })

  test('bytes that are no UTF-8', () => {
    const record = Uint8Array.of(...bytesOf('{"a":"'), 0xc3, 0x28, ...bytesOf('"}'))
    expect(decode([{ name: 'b', type: STRING }], record)).toMatchObject({
      code: 'UNDECODABLE_JSON',
      message: expect.stringContaining('at byte 7: expected valid UTF-8'),
    })
  })

  test('endless nesting', () => {
    expect(decode([], `{"a":${'['.repeat(100_000)}`)).toMatchObject({
      code: 'UNDECODABLE_JSON',
      message: expect.stringContaining('512 levels'),
    })
  })
})

test('agrees with JSON.parse on ordinary JSON', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(
      fc.record({
        s: fc.string({ unit: 'binary' }),
        d: fc.double({ noNaN: true, noDefaultInfinity: true }),
        n: fc.maxSafeInteger(),
        b: fc.boolean(),
        other: fc.jsonValue({ maxDepth: 2 }),
      }),
      fc.constantFrom(undefined, 1, '\t'),
      (value, indent) => {
        const columns = [
          { name: 's', type: STRING },
          { name: 'd', type: DOUBLE },
          { name: 'n', type: BIGINT },
          { name: 'b', type: BOOLEAN },
        ]
        const text = JSON.stringify(value, undefined, indent)
        const parsed = JSON.parse(text) as typeof value
        const normal = parsed.n === 0 ? 0 : parsed.n
        expect(decode(columns, text)).toEqual([parsed.s, parsed.d, normal, parsed.b])
      },
    ),
  )
})

test('refuses and accepts the same texts as JSON.parse', { timeout: 30_000 }, () => {
  const scanner = new JsonScanner()
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"a"',
    '"',
    ':',
    ',',
    '\\',
    '\\u00e9',
    '0',
    '1',
    '-',
    '.5',
    'e',
    'E+1',
    'true',
    'null',
    ' ',
    '\n',
    'ü',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: pieces, maxLength: 12 }),
        fc.json().chain((text) => fc.nat(text.length).map((at) => text.slice(0, at) + text.slice(at + 1))),
      ),
      (text) => {
        scanner.bytes = bytesOf(text)
        scanner.end = scanner.bytes.length
        const end = scanner.value(scanner.space(0), 0)
        let ok = true
        try {
          JSON.parse(text)
        } catch {
          ok = false
        }
        expect([text, end >= 0 && scanner.space(end) === scanner.end]).toEqual([text, ok])
      },
    ),
    { numRuns: 3000 },
  )
})

test('the same text decoded twice is the same string, and 10,000 others between do no harm', () => {
  const decoder = jsonFormat.decoder([{ name: 's', type: STRING }], OPTIONS)
  const writer = createColumnWriter(STRING)
  const texts = Array.from({ length: 10_000 }, (_, i) => `user-${i % 5000}`)
  for (const text of texts) {
    const bytes = bytesOf(JSON.stringify({ s: text }))
    decoder.decode(bytes, 0, bytes.length, [writer])
  }
  const column = writer.finish()
  expect(texts.every((text, i) => column.value(i) === text)).toBe(true)
})

test('a row as JSON for the screen', () => {
  const fields = [
    { name: 'n', type: BIGINT },
    { name: 'at', type: TIMESTAMP },
    { name: 'p', type: decimal(10, 2) },
    { name: 'x', type: DOUBLE },
    { name: 'raw', type: BYTES },
    { name: 'none', type: STRING },
  ]
  const values: Value[] = [9007199254740993n, 1767225600000, new Decimal(1250n, 2), Number.NaN, Uint8Array.of(1), null]
  const batch = createBatch({
    length: 1,
    fields,
    columns: fields.map((field, i) => columnOf(field.type, [values[i] ?? null])),
    eventTimes: Float64Array.of(0),
    watermarks: Float64Array.of(0),
  })
  expect(encodeRowJson(batch, 0)).toBe(
    '{"n":9007199254740993,"at":"2026-01-01T00:00:00.000Z","p":12.50,"x":"NaN","raw":"AQ==","none":null}',
  )
})

test('infers columns and says where samples disagree', () => {
  const records = [
    '{"id":1,"amount":1.5,"at":1767225600000,"when":"2026-01-01T00:00:00Z","ts":1767225600,"code":"x","ok":true,"big":18446744073709551616,"o":{"a":1},"l":[1,2.5],"mixed":1,"none":null}',
    'not json',
    '{"id":2,"amount":2,"at":1767225600001,"when":"2026-01-02T00:00:00Z","ts":1767225601,"mixed":"x","late":true}',
  ].map(bytesOf)
  expect(jsonFormat.infer(records, OPTIONS)).toEqual([
    { name: 'id', type: BIGINT },
    { name: 'amount', type: DOUBLE },
    { name: 'at', type: TIMESTAMP, unit: 'ms', note: 'whole numbers that look like milliseconds since 1970' },
    { name: 'when', type: TIMESTAMP, unit: 'iso' },
    { name: 'ts', type: TIMESTAMP, unit: 's', note: 'whole numbers that look like seconds since 1970' },
    { name: 'code', type: STRING },
    { name: 'ok', type: BOOLEAN },
    { name: 'big', type: decimal(38, 0) },
    { name: 'o', type: row([{ name: 'a', type: BIGINT }]) },
    { name: 'l', type: array(DOUBLE) },
    { name: 'mixed', type: STRING, note: 'the samples disagree: whole numbers, texts' },
    { name: 'none', type: STRING, note: 'only NULL in the samples' },
    { name: 'late', type: BOOLEAN },
  ])
})
