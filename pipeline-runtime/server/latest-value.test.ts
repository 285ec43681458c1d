import { expect, test } from 'vitest'
import { LatestValue } from './latest-value.ts'

test('a slow reader gets the newest, and the last one before the end', async () => {
  const latest = new LatestValue<number>()
  const read: number[] = []
  latest.set(1)
  latest.set(2)
  const reading = (async () => {
    for await (const value of latest.read()) read.push(value)
  })()
  await expect.poll(() => read).toEqual([2])
  latest.set(3)
  latest.set(4)
  latest.end()
  await reading
  expect(read).toEqual([2, 4])
})

test('where nothing came, the end is the end', async () => {
  const latest = new LatestValue<number>()
  const reading = latest.read().next()
  latest.end()
  expect(await reading).toEqual({ done: true, value: undefined })
})
