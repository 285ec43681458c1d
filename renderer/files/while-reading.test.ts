import { expect, test } from 'vitest'
import { testStudio } from '../test-studio.contract.ts'
import { whileReading } from './while-reading.ts'

test('what is read is shown with its words while it is read', async () => {
  const { studio } = testStudio()
  const reading = whileReading(studio, 'Reading orders…', async () => {
    expect(studio.view.getState().reading?.words).toBe('Reading orders…')
    return 7
  })
  expect(await reading).toBe(7)
  expect(studio.view.getState().reading).toBeUndefined()
})

test('given up: nothing comes of it, also where the work never ends or fails by that', async () => {
  const { studio } = testStudio()
  const endless = whileReading(studio, 'Reading orders…', () => new Promise(() => {}))
  studio.view.getState().reading?.cancel()
  expect(await endless).toBeUndefined()
  const cut = whileReading(
    studio,
    'Bringing in orders.csv…',
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cut off')))),
  )
  studio.view.getState().reading?.cancel()
  expect(await cut).toBeUndefined()
  expect(studio.view.getState().reading).toBeUndefined()
})

test('what fails by itself is told', async () => {
  const { studio } = testStudio()
  await expect(whileReading(studio, 'Reading orders…', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
})
