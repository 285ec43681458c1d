import { expect, test } from 'vitest'
import { murmur2, partitionOfKey } from './murmur2.ts'

test('hashes are those of the Java client', () => {
  const expected: Record<string, number> = {
    '21': -973932308,
    abc: 479470107,
    foobar: -790332482,
    'a-little-bit-long-string': -985981536,
    'a-little-bit-longer-string': -1486304829,
    lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
  }
  for (const [text, hash] of Object.entries(expected)) expect(murmur2(Buffer.from(text))).toBe(hash)
})

test('a negative hash loses its sign bit', () => {
  expect(partitionOfKey(Buffer.from('foobar'), 7)).toBe((-790332482 & 0x7fffffff) % 7)
})
