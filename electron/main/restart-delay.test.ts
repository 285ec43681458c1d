import { expect, test } from 'vitest'
import { restartDelay } from './restart-delay.ts'

test('a runtime that lived is replaced at once', () => {
  expect(restartDelay(60_000, 7)).toEqual({ delayMs: 100, shortLives: 0 })
})

test('runtimes that die at once are started ever more rarely, never more than every 30 s', () => {
  let shortLives = 0
  const delays = Array.from({ length: 7 }, () => {
    const next = restartDelay(10, shortLives)
    shortLives = next.shortLives
    return next.delayMs
  })
  expect(delays).toEqual([100, 400, 1600, 6400, 25_600, 30_000, 30_000])
})
