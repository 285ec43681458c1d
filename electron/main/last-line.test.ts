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

test('of an error with properties the message, not the last of these', () => {
  const said = new LastLine()
  said.take(
    "Error: ENOENT: no such file, open '/x'\n    at one (a.js:1:1) {\n  errno: -2,\n  code: 'ENOENT',\n  path: '/x'\n}\n\nNode.js v20.18.1\n",
  )
  expect(said.text).toBe("Error: ENOENT: no such file, open '/x'")
})

test('of memory that ran out the words, not what Node says of its own code', () => {
  const said = new LastLine()
  said.take('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----- Native stack trace -----\n\n')
  said.take(' 1: 0xb78db3 node::OOMErrorHandler [node]\n10: 0x10b7fb4 v8::internal::FactoryBase [node]\n')
  expect(said.text).toContain('heap out of memory')
})

test('a line without an end takes no memory', () => {
  const said = new LastLine()
  for (let index = 0; index < 1000; index++) said.take('x'.repeat(1000))
  said.take('\n')
  expect(said.text.length).toBeLessThanOrEqual(300)
})
