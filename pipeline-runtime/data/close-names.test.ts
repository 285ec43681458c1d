import { expect, test } from 'vitest'
import { closeNames, closestName } from './close-names.ts'

test.each([
  ['amont', ['country', 'amount'], 'amount'],
  ['teh', ['the', 'ten'], 'the'],
  ['Amount', ['amount'], 'amount'],
  ['windowStart', ['window_end', 'window_start'], 'window_start'],
  ['amount', ['a_mount', 'AMOUNT'], 'AMOUNT'],
  ['SUBSTR', ['UPPER', 'SUBSTRING'], 'SUBSTRING'],
  ['total_amount', ['amount'], 'amount'],
])('for %s among %j %s was meant', (word, known, meant) => {
  expect(closestName(word, known)).toBe(meant)
})

test.each([
  ['of another word of two letters', 'in', ['on', 'id']],
  ['two slips in five letters', 'price', ['prime_no', 'pride_ok', 'slice']],
  ['three slips in nine letters', 'updated_at', ['created_at']],
  ['a short word within a long one', 'id', ['identity', 'valid']],
  ['no letters', '_', ['-', 'a']],
  ['the word itself', 'amount', ['amount']],
  ['nothing to choose from', 'x', []],
])('nothing was meant: %s', (_what, word, known) => {
  expect(closeNames(word, known)).toEqual([])
})

test('the three nearest; of equally near ones the first', () => {
  expect(closeNames('orders', ['orders-uk', 'orders_v2', 'payments', 'order', 'Orders'])).toEqual(['Orders', 'order', 'orders-uk'])
})
