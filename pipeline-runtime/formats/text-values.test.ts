import fc from 'fast-check'
import { expect, test } from 'vitest'
import { integerAtRest } from '../data/value.ts'
import { parseInteger } from './text-values.ts'

const parse = (text: string) => {
  const bytes = new TextEncoder().encode(`x${text}y`)
  return parseInteger(bytes, 1, bytes.length - 1)
}

test('rule 2: integers of any length are exact, those beyond 64 bits are none', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (n) => {
      const fits = n >= -(2n ** 63n) && n < 2n ** 63n
      expect(parse(n.toString())).toBe(fits ? integerAtRest(n) : undefined)
    }),
    { numRuns: 2000 },
  )
  for (const text of [
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '-9223372036854775808',
    '9223372036854775807',
    '0000000000000000012',
  ]) {
    expect(parse(text), text).toBe(integerAtRest(BigInt(text)))
  }
})

test('what is written otherwise but is whole is a whole number; anything else is none', () => {
  expect([parse('5.0'), parse('1e3'), parse('12345678901234567.000')]).toEqual([5, 1000, 12345678901234567n])
  for (const text of ['', '-', '1.5', '12345678901234567x', '1234567890123456.5', '0x10', ' 1']) expect(parse(text), text).toBeUndefined()
})
