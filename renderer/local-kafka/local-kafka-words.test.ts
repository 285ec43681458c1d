import { expect, test } from 'vitest'
import { formatBytes, stateInShort } from './local-kafka-words.ts'

test.each([
  [0, '0 kB'],
  [12, '1 kB'],
  [3_400, '3 kB'],
  [3_534_468, '3.5 MB'],
  [211_400_000, '211 MB'],
])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

test('the target menu says before the choice whether it runs, and what is missing', () => {
  const missing = [
    { what: 'Java 17', how: '' },
    { what: 'Maven', how: '' },
  ]
  expect(stateInShort({ type: 'missing', missing })).toBe('needs Java 17 and Maven')
  expect(stateInShort({ type: 'stopped', interrupted: false, fetches: true })).toBe('starts with the run')
  const running = { type: 'running', bootstrap: '127.0.0.1:19092', pid: 1, sinceMs: 0, memoryBytes: null, endsWithUs: true } as const
  expect(stateInShort(running)).toBe('runs at 127.0.0.1:19092')
  expect(stateInShort(undefined)).toBe('')
})
