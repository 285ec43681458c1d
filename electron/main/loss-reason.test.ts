import { expect, test } from 'vitest'
import { lossReason } from './loss-reason.ts'

test('a signal by its name', () => {
  expect(lossReason(9, '')).toBe('The engine was ended by the signal SIGKILL.')
})

test('a code with what the process said last', () => {
  expect(lossReason(1, 'Error: The disk is full.')).toBe('The engine ended by itself with code 1: Error: The disk is full.')
  expect(lossReason(1, '')).toBe('The engine ended by itself with code 1.')
})

test('memory in words', () => {
  expect(lossReason(6, 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory')).toBe(
    'The engine ran out of memory.',
  )
})
