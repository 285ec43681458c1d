import { expect, test } from 'vitest'
import { LastLine } from './last-line.ts'

test('the last whole line, whatever the chunks', () => {
  const said = new LastLine()
  said.take('first\nsec')
  expect(said.text).toBe('first')
  said.take('ond\n\n')
  expect(said.text).toBe('second')
})

test('of an error the message, not its stack', () => {
  const said = new LastLine()
  said.take('/a/b.js:3\n    throw x\n    ^\n\nError: The disk is full.\n    at one (a.js:1:1)\n    at two (a.js:2:1)\n\nNode.js v20.18.1\n')
  expect(said.text).toBe('Error: The disk is full.')
})

test('a line without an end takes no memory', () => {
  const said = new LastLine()
  for (let index = 0; index < 1000; index++) said.take('x'.repeat(1000))
  said.take('\n')
  expect(said.text.length).toBeLessThanOrEqual(300)
})
