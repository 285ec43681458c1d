import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryStore } from './keyed-store.ts'
import { StateHash } from './state-hash.ts'
import { TimerQueue } from './timers.ts'

const codec = { encode: (value: number) => value, decode: Number }

const change = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.option(fc.nat(5)), look: fc.boolean() })

test('rule 38: the hash of a store depends on its entries only, not on how they came about or when it was asked for', () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const store = new MemoryStore(codec, 'x')
      const plain = new Map<string, number>()
      for (const { key, value, look } of changes) {
        if (value === null) {
          store.delete(key)
          plain.delete(key)
        } else {
          store.put(key, value)
          plain.set(key, value)
        }
        if (look) store.hash()
      }
      const fresh = new MemoryStore(codec, 'x')
      for (const [key, value] of [...plain].reverse()) fresh.put(key, value)
      expect(store.hash().toString()).toBe(fresh.hash().toString())
      expect([...store.entries()]).toEqual([...plain])
      expect(store.snapshot()).toEqual([...plain])
      expect(store.size).toBe(plain.size)
    }),
  )
})

test('a value that was changed in place and put again is hashed anew, and taken out with its old hash', () => {
  const store = new MemoryStore<{ n: number }>({ encode: (value) => value.n, decode: (json) => ({ n: Number(json) }) }, 'x')
  const value = { n: 1 }
  store.put('a', value)
  const before = store.hash().toString()
  value.n = 2
  store.put('a', value)
  expect(store.hash().toString()).not.toBe(before)
  value.n = 3
  store.delete('a')
  expect(store.hash().toString()).toBe(new StateHash().toString())
})

test('the size of a store is what it takes in a save: exactly while it is small, by the size of some entries when it is not', () => {
  const store = new MemoryStore({ encode: (value: string) => ({ value }), decode: String }, 'x')
  expect(store.estimatedBytes()).toBe(0)
  const saved = () => store.snapshot().reduce((bytes, entry) => bytes + Buffer.byteLength(JSON.stringify(entry)), 0)
  for (let i = 100; i < 300; i++) store.put(`key ${i}`, 'é'.repeat(i))
  expect(store.estimatedBytes()).toBe(saved())
  for (let i = 1_000; i < 9_000; i++) store.put(`key ${i}`, 'é'.repeat(200))
  expect(store.estimatedBytes() / saved()).toBeCloseTo(1, 1)
})

const timerChange = fc.record({
  time: fc.integer({ min: -5, max: 5 }),
  key: fc.constantFrom('a', 'b', '\u{1f600}', '\uffee'),
  set: fc.boolean(),
})

test('rule 14: timers come in (time, key) order, set and deleted in any order; a snapshot keeps them', () => {
  fc.assert(
    fc.property(fc.array(timerChange), (changes) => {
      const hash = new StateHash()
      const queue = new TimerQueue(hash, 'x')
      const plain = new Map<string, readonly [number, string]>()
      for (const { time, key, set } of changes) {
        if (set) {
          queue.set(time, key)
          plain.set(`${time}/${key}`, [time, key])
        } else {
          queue.delete(time, key)
          plain.delete(`${time}/${key}`)
        }
      }
      const order = ['a', 'b', '\uffee', '\u{1f600}']
      const expected = [...plain.values()].sort(([t, k], [u, l]) => t - u || order.indexOf(k) - order.indexOf(l))
      expect(queue.size).toBe(expected.length)
      const restored = new TimerQueue(new StateHash(), 'x')
      restored.restore(JSON.parse(JSON.stringify(queue.snapshot())))
      expect(drain(queue)).toEqual(expected)
      expect(drain(restored)).toEqual(expected)
      expect(hash.toString()).toBe(new StateHash().toString())
    }),
  )
})

function drain(queue: TimerQueue): (readonly [number, string])[] {
  const taken: (readonly [number, string])[] = []
  for (let time = queue.nextTime(); time !== undefined; time = queue.nextTime()) taken.push([time, queue.take(time)])
  return taken
}
