import { expect, test } from 'vitest'
import { readOpened } from './read-opened.ts'

const refused = (text: string) => {
  const reading = readOpened('a.millrace.json', text)
  if (reading.type !== 'refused') throw new Error('it was read')
  return reading
}

test('broken JSON says line and column', () => {
  const { title, message } = refused('{\n  "format": 1,\n  oops\n}')
  expect(title).toBe('a.millrace.json could not be opened')
  expect(message).toMatch(/line 3, column 3/)
})

test('a newer document says with what it can be opened', () => {
  const { title, message } = refused('{ "format": 99 }')
  expect(title).toBe('a.millrace.json was made with a newer Millrace')
  expect(message).toMatch(/format 99.*newer Millrace/)
})

test('all faults are listed with their places, and not more than can be read', () => {
  const nodes = Array.from({ length: 80 }, (_, i) => ({ id: `n${i}`, kind: 5 }))
  const { message, details } = refused(JSON.stringify({ format: 1, kinds: {}, name: 'x', nodes, edges: [] }))
  expect(message).toContain('/nodes/0/kind')
  expect(details).toHaveLength(51)
  expect(details.at(-1)).toBe('and 29 more')
})

test('kinds that are not known are kept', () => {
  const node = { id: 'a', kind: 'from-the-future', config: { deep: [1] } }
  const reading = readOpened(
    'a.millrace.json',
    JSON.stringify({ format: 1, kinds: { 'from-the-future': 3 }, name: 'x', nodes: [node], edges: [] }),
  )
  expect(reading.type === 'document' && reading.document.nodes[0]).toEqual(node)
})
