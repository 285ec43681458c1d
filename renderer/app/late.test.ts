import { expect, test } from 'vitest'
import { late } from './late.ts'

test('fetched once, however many ask', async () => {
  let fetched = 0
  const part = late(async () => ++fetched)
  expect(part.value).toBeUndefined()
  expect(await Promise.all([part.load(), part.load()])).toEqual([1, 1])
  expect(part.value).toBe(1)
})

test('what could not be fetched is fetched again by the next one who asks', async () => {
  let fails = true
  const part = late(async () => {
    if (fails) throw new Error('The server is away.')
    return 'there'
  })
  await expect(part.load()).rejects.toThrow('away')
  fails = false
  expect(await part.load()).toBe('there')
})
