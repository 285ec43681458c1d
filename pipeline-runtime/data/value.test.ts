import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal } from './decimal.ts'
import {
  array,
  BIGINT,
  BYTES,
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  map,
  parseType,
  printType,
  row,
  STRING,
  sameType,
  TIMESTAMP,
} from './types.ts'
import {
  compareCodePoints,
  compareValues,
  encodeKeyPart,
  equalValues,
  integerAtRest,
  printValue,
  type Value,
  valueFromJson,
  valueToJson,
} from './value.ts'

const bigint = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(integerAtRest)
const TYPES: readonly (readonly [DataType, fc.Arbitrary<Value>])[] = [
  [BIGINT, bigint],
  [DOUBLE, fc.double()],
  [STRING, fc.string({ unit: 'binary' })],
  [BYTES, fc.uint8Array()],
  [TIMESTAMP, fc.integer()],
  [decimal(20, 4), fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((n) => new Decimal(n, 4))],
  [array(BIGINT), fc.array(fc.option(bigint))],
  [
    row([
      { name: 'a', type: STRING },
      { name: 'b', type: DOUBLE },
    ]),
    fc.tuple(fc.string(), fc.option(fc.double())) as fc.Arbitrary<Value>,
  ],
  [map(BIGINT), fc.dictionary(fc.string(), bigint).map((o) => new Map(Object.entries(o)))],
]
const typed = fc.constantFrom(...TYPES).chain(([type, values]) => fc.tuple(fc.constant(type), fc.option(values), fc.option(values)))

describe('values', () => {
  test('rule 2: an integer is a number exactly while that is exact', () => {
    expect(integerAtRest(9007199254740991n)).toBe(9007199254740991)
    expect(integerAtRest(9007199254740992n)).toBe(9007199254740992n)
    expect(integerAtRest(-9007199254740992n)).toBe(-9007199254740992n)
    expect(printValue(BIGINT, 9007199254740993n)).toBe('9007199254740993')
  })

  test('equal values, and only these, have the same key', () => {
    fc.assert(
      fc.property(typed, ([type, a, b]) => equalValues(type, a, b) === (encodeKeyPart(type, a) === encodeKeyPart(type, b))),
      { numRuns: 500 },
    )
    expect(encodeKeyPart(DOUBLE, -0)).toBe(encodeKeyPart(DOUBLE, 0))
    expect(encodeKeyPart(decimal(5, 2), new Decimal(150n, 2))).toBe(encodeKeyPart(decimal(5, 1), new Decimal(15n, 1)))
  })

  test('keys of neighbouring parts cannot run into each other', () => {
    const key = (...parts: string[]) => parts.map((p) => encodeKeyPart(STRING, p)).join('')
    fc.assert(
      fc.property(
        fc.tuple(fc.string(), fc.string()),
        fc.tuple(fc.string(), fc.string()),
        (a, b) => (key(...a) === key(...b)) === (a[0] === b[0] && a[1] === b[1]),
      ),
    )
  })

  test('order is total: NULL first, NaN last, -0 equals 0', () => {
    fc.assert(fc.property(typed, ([type, a, b]) => Math.sign(compareValues(type, a, b)) === -Math.sign(compareValues(type, b, a))))
    expect([Number.NaN, null, 1, Number.POSITIVE_INFINITY].sort((a, b) => compareValues(DOUBLE, a, b))).toEqual([
      null,
      1,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ])
    expect(compareValues(DOUBLE, -0, 0)).toBe(0)
    expect(compareValues(BIGINT, 9007199254740993n, 9007199254740991)).toBeGreaterThan(0)
  })

  test('strings go by code point', () => {
    const points = (text: string) => Array.from(text, (c) => c.codePointAt(0) ?? 0)
    const reference = (a: string, b: string) => {
      const [x, y] = [points(a), points(b)]
      const i = x.findIndex((point, index) => point !== y[index])
      return i < 0 ? x.length - y.length : (x[i] ?? 0) - (y[i] ?? -1)
    }
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (a, b) => Math.sign(compareCodePoints(a, b)) === Math.sign(reference(a, b)),
      ),
    )
    expect(compareCodePoints('\u{1f600}', '\uff5e')).toBeGreaterThan(0)
  })

  test('a snapshot keeps a value exactly', () => {
    fc.assert(
      fc.property(typed, ([type, a]) => {
        const back = valueFromJson(type, JSON.parse(JSON.stringify(valueToJson(type, a))))
        expect(back).toEqual(a)
      }),
    )
  })

  test('timestamps before 1970 and dates print right', () => {
    expect(printValue(TIMESTAMP, -1)).toBe('1969-12-31T23:59:59.999Z')
    expect(printValue(DATE, -1)).toBe('1969-12-31')
  })
})

describe('types', () => {
  test('text of a type reads back as the type', () => {
    for (const [type] of TYPES) {
      const back = parseType(printType(type))
      expect(back && sameType(back, type), printType(type)).toBe(true)
    }
    expect(parseType('ROW<`odd name` ARRAY<DECIMAL(10, 2)>, n INT>')).toBeDefined()
    for (const text of [
      '',
      'DECIMAL(39, 0)',
      'DECIMAL(3, 4)',
      'ARRAY<',
      'MAP<BIGINT, STRING>',
      'STRING STRING',
      'TIMESTAMP_LTZ(6)',
      'constructor',
    ]) {
      expect(parseType(text), text).toBeUndefined()
    }
  })
})

describe('decimals', () => {
  test('reads, prints and rounds half away from zero', () => {
    expect(Decimal.parse('-0.50')?.toString()).toBe('-0.50')
    expect(Decimal.parse('1e3')?.toString()).toBe('1000')
    expect(Decimal.parse('2.5')?.toScale(0).toString()).toBe('3')
    expect(Decimal.parse('-2.5')?.toScale(0).toString()).toBe('-3')
    for (const text of ['', '.', '1e9999', '0x10', '1_000', ' 1']) expect(Decimal.parse(text), text).toBeUndefined()
  })
})
