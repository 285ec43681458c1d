import { expect, test } from 'vitest'
import { listed } from './listed.ts'

test('lists read like sentences', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'], 'or')]).toEqual(['', 'a', 'a and b', 'a, b or c'])
})
