import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { compile } from '../compiler/compile.ts'
import { writeSpec } from '../compiler/read-spec.ts'
import { documentJsonSchema, specJsonSchema } from './json-schemas.ts'
import { anyDocument } from './random-documents.contract.ts'
import { testKinds as kinds } from './test-kinds.contract.ts'
import { writeDocument } from './write-document.ts'

// zod reads JSON Schemas too: what is generated is tried out, not only looked at.
const document = z.fromJSONSchema(documentJsonSchema(kinds))
const spec = z.fromJSONSchema(specJsonSchema())

test('documents and their specs keep to the schemas', () => {
  fc.assert(
    fc.property(anyDocument, (random) => {
      expect(document.safeParse(JSON.parse(writeDocument(random, { kinds }))).error).toBeUndefined()
      const compiled = compile(random, { kinds }).spec
      expect(compiled).toBeDefined()
      if (compiled !== undefined) expect(spec.safeParse(JSON.parse(writeSpec(compiled))).error).toBeUndefined()
    }),
    { numRuns: 30 },
  )
}, 30_000)

const base = { format: 1, kinds: {}, name: 'n', edges: [] }

test.each([
  ['a setting that its kind does not have', { ...base, nodes: [{ id: 'a', kind: 'keep', config: { column: 'x', colour: 'red' } }] }],
  ['a missing setting', { ...base, nodes: [{ id: 'a', kind: 'keep' }] }],
  ['a bad id', { ...base, nodes: [{ id: 'A b', kind: 'keep', config: { column: 'x' } }] }],
  ['an unknown field', { ...base, nodes: [], more: 1 }],
  ['a newer format', { ...base, format: 2, nodes: [] }],
])('%s breaks the schema', (_name, json) => {
  expect(document.safeParse(json).success).toBe(false)
})

test('kinds that are not known here keep to it', () => {
  expect(document.safeParse({ ...base, nodes: [{ id: 'a', kind: 'future', config: { z: 1 } }] }).success).toBe(true)
})
