import { expect, test } from 'vitest'
import { SinkWaits } from './sink-waits.ts'
import { Turns } from './turns.ts'

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

test('the time for which a sink is waited for counts while it is waited for, and failed waits too', async () => {
  const waits = new SinkWaits()
  const waiting = waits.during(['a', 'b'], pause(60))
  await pause(20)
  expect(waits.of('a')).toBeGreaterThan(10)
  expect(waits.current()).toEqual(['a', 'b'])
  await waiting
  expect(waits.current()).toEqual([])
  const after = waits.of('a')
  expect(after).toBeGreaterThan(50)
  await expect(
    waits.during(
      ['a'],
      pause(20).then(() => Promise.reject(new Error('full'))),
    ),
  ).rejects.toThrow('full')
  expect(waits.of('a')).toBeGreaterThan(after + 10)
  expect(waits.of('b')).toBeLessThan(waits.of('a'))
  expect(waits.of('c')).toBe(0)
})

test('a run that never waits lets others of its process have their turn', async () => {
  const turns = new Turns()
  let timers = 0
  const timer = setInterval(() => timers++, 5)
  const untilMs = performance.now() + 10_000
  while (timers <= 3 && performance.now() < untilMs) await turns.give()
  clearInterval(timer)
  expect(timers).toBeGreaterThan(3)
})
