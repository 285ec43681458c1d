import { expect, test } from 'vitest'
import { compile } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { documentSchema } from '../../pipeline-runtime/spec/document.ts'
import { inputSchemas, outputSchema } from './columns.ts'

const source = (id: string, ...names: string[]) => ({
  id,
  kind: 'kafka-source',
  config: { connection: 'shop', topic: id, columns: names.map((name) => ({ name, type: 'STRING' })) },
})

const document = documentSchema.parse({
  format: 1,
  kinds: {},
  name: 'test',
  nodes: [
    source('a', 'x'),
    source('b', 'x'),
    { id: 'both', kind: 'union', config: {} },
    { id: 'kept', kind: 'filter', config: { condition: "x = 'y'" } },
    { id: 'broken', kind: 'kafka-source', config: {} },
    { id: 'lost', kind: 'filter', config: { condition: 'TRUE' } },
  ],
  edges: [
    { from: 'b.out', to: 'both.in' },
    { from: 'a.out', to: 'both.in' },
    { from: 'both.out', to: 'kept.in' },
    { from: 'broken.out', to: 'lost.in' },
  ],
})
const { outputs } = compile(document, { kinds })

test('what leaves by a port', () => {
  expect(outputSchema(outputs, 'a', 'out')?.columns.map(({ name }) => name)).toEqual(['x'])
  expect(outputSchema(outputs, 'a', 'toString')).toBeUndefined()
  expect(outputSchema(outputs, 'nobody', 'out')).toBeUndefined()
})

test('what comes in, in the order of the links', () => {
  const [first, second, ...others] = inputSchemas(document, outputs, 'both')
  expect(first).toBe(outputSchema(outputs, 'b', 'out'))
  expect(second).toBe(outputSchema(outputs, 'a', 'out'))
  expect(others).toEqual([])
  expect(inputSchemas(document, outputs, 'kept')[0]?.columns.map(({ name }) => name)).toEqual(['x'])
})

test('nothing is known behind a step with problems, and nothing comes into a source', () => {
  expect(inputSchemas(document, outputs, 'lost')).toEqual([])
  expect(inputSchemas(document, outputs, 'a')).toEqual([])
})
