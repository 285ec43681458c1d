import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../../data/decimal.ts'
import { BIGINT, BYTES, type DataType, DOUBLE, decimal, map, printType, STRING } from '../../data/types.ts'
import { integerAtRest, type Value } from '../../data/value.ts'
import { type AggregateName, aggregateNamed, aggregateNames } from './aggregates.ts'

function summarise(name: AggregateName, type: DataType, values: readonly Value[]): Value {
  const accumulator = aggregateNamed(name).create(type)
  for (const value of values) accumulator.add(value)
  return accumulator.result()
}

const typeOut = (name: AggregateName, type: DataType) => {
  const result = aggregateNamed(name).type(type)
  return result && printType(result)
}

test('rule 20: types of the results', () => {
  expect(aggregateNames).toEqual(['count', 'sum', 'avg', 'min', 'max'])
  expect(typeOut('sum', BIGINT)).toBe('DECIMAL(38, 0)')
  expect(typeOut('sum', decimal(10, 2))).toBe('DECIMAL(38, 2)')
  expect(typeOut('sum', DOUBLE)).toBe('DOUBLE')
  expect(typeOut('sum', STRING)).toBeUndefined()
  expect(typeOut('avg', BIGINT)).toBe('DOUBLE')
  expect(typeOut('avg', decimal(10, 2))).toBe('DOUBLE')
  expect(typeOut('max', STRING)).toBe('STRING')
  expect(typeOut('max', map(STRING))).toBeUndefined()
  expect(aggregateNamed('count').type(undefined)).toEqual(BIGINT)
})

test('rule 2: sums of integers are exact, whatever their size and order', () => {
  const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  fc.assert(
    fc.property(fc.array(integer, { minLength: 1, maxLength: 50 }), (values) => {
      const sum = summarise('sum', BIGINT, values.map(integerAtRest))
      expect(String(sum)).toBe(String(values.reduce((a, b) => a + b, 0n)))
    }),
  )
})

test('sums of decimals are exact; beyond 38 digits there is none, as in Flink', () => {
  const two = decimal(10, 2)
  expect(String(summarise('sum', two, [new Decimal(1n, 2), new Decimal(-350n, 2)]))).toBe('-3.49')
  const most = new Decimal(10n ** 38n - 1n, 0)
  expect(summarise('sum', decimal(38, 0), [most, most])).toBeNull()
})

test('rule 20: sums of DOUBLE are compensated', () => {
  expect(summarise('sum', DOUBLE, [1, 1e100, 1, -1e100])).toBe(2)
  expect(
    summarise(
      'sum',
      DOUBLE,
      Array.from({ length: 10 }, () => 0.1),
    ),
  ).toBe(1)
  expect(summarise('sum', DOUBLE, [Number.POSITIVE_INFINITY, 1])).toBe(Number.POSITIVE_INFINITY)
  expect(summarise('sum', DOUBLE, [Number.NaN, 1])).toBeNaN()
})

test('averages of integers and decimals are those of the exact sum', () => {
  expect(summarise('avg', BIGINT, [1, 2])).toBe(1.5)
  expect(summarise('avg', BIGINT, [9223372036854775807n, -9223372036854775807n, 3])).toBe(1)
  expect(summarise('avg', BIGINT, [9007199254740993n, 9007199254740993n, 9007199254740993n])).toBe(9007199254740992)
  expect(summarise('avg', decimal(10, 2), [new Decimal(10n, 2), new Decimal(20n, 2)])).toBe(0.15)
})

test('NaN is the largest DOUBLE, whatever the order; -0 is 0', () => {
  for (const values of [
    [Number.NaN, 1, 2],
    [2, 1, Number.NaN],
  ]) {
    expect(summarise('max', DOUBLE, values)).toBeNaN()
    expect(summarise('min', DOUBLE, values)).toBe(1)
  }
  expect(Object.is(summarise('min', DOUBLE, [-0]), 0)).toBe(true)
})

test('texts go by code point', () => {
  expect(summarise('max', STRING, ['\uffff', '\u{1f600}', 'a'])).toBe('\u{1f600}')
})

test('nothing but NULLs: count is 0, all others are NULL', () => {
  expect(aggregateNames.map((name) => summarise(name, DOUBLE, []))).toEqual([0, null, null, null, null])
  expect(aggregateNames.map((name) => summarise(name, BIGINT, []))).toEqual([0, null, null, null, null])
})

test('what is remembered is saved exactly', () => {
  const cases: readonly (readonly [DataType, readonly Value[]])[] = [
    [BIGINT, [9223372036854775807n, 5, -3]],
    [decimal(10, 2), [new Decimal(350n, 2), new Decimal(-1n, 2)]],
    [DOUBLE, [0.1, 1e100, -1e100, Number.NaN, Number.NEGATIVE_INFINITY]],
    [STRING, ['b', 'a']],
    [BYTES, [Uint8Array.of(1, 255), Uint8Array.of(0)]],
  ]
  for (const [type, values] of cases) {
    for (const name of aggregateNames) {
      const aggregate = aggregateNamed(name)
      if (aggregate.type(type) === undefined) continue
      for (let cut = 0; cut <= values.length; cut++) {
        const first = aggregate.create(type)
        for (const value of values.slice(0, cut)) first.add(value)
        const second = aggregate.create(type, JSON.parse(JSON.stringify(first.encode())))
        for (const value of values.slice(cut)) {
          first.add(value)
          second.add(value)
        }
        expect(second.result()).toEqual(first.result())
      }
    }
  }
})
