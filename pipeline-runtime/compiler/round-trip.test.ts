import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasErrors } from '../spec/issue.ts'
import { anyDocument } from '../spec/random-documents.contract.ts'
import { readDocument } from '../spec/read-document.ts'
import { testKinds as kinds } from '../spec/test-kinds.contract.ts'
import { writeDocument } from '../spec/write-document.ts'
import { compile } from './compile.ts'
import { openSpec } from './open.ts'
import { isSpec, readSpec, writeSpec } from './read-spec.ts'

test('writing, reading, compiling, opening and writing again gives the same bytes', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const text = writeDocument(document, { kinds })
      const read = readDocument(text, { kinds })
      expect(read.issues).toEqual([])
      if (read.document === undefined) return
      expect(writeDocument(read.document, { kinds })).toBe(text)
      const { spec, issues } = compile(read.document, { kinds })
      expect(issues.filter((issue) => issue.severity === 'error')).toEqual([])
      if (spec === undefined) return
      const specText = writeSpec(spec)
      expect(isSpec(specText)).toBe(true)
      expect(isSpec(text)).toBe(false)
      const again = readSpec(specText, { kinds })
      expect(again.issues).toEqual([])
      if (again.spec === undefined) return
      expect(writeDocument(openSpec(again.spec, { kinds }), { kinds })).toBe(text)
      expect(compile(openSpec(again.spec, { kinds }), { kinds }).spec).toEqual(spec)
    }),
    { numRuns: 60 },
  )
}, 30_000)

const { spec } = compile(
  readDocument(
    '{"format":1,"kinds":{"read":1,"write":1},"name":"n","nodes":[{"id":"a","kind":"read","config":{"topic":"a","columns":[{"name":"x","type":"STRING"}]}},{"id":"b","kind":"write","config":{"topic":"b"}}],"edges":[{"from":"a.out","to":"b.in"}]}',
    { kinds },
  ).document ?? {
    format: 1,
    kinds: {},
    name: '',
    timeZone: 'UTC',
    guarantee: 'at-least-once',
    start: { type: 'continue' },
    stop: { type: 'never' },
    nodes: [],
    edges: [],
    tests: [],
    notes: [],
    layout: {},
  },
  { kinds },
)

function readChanged(change: (json: Record<string, unknown>) => unknown): string[] {
  const json: unknown = change(JSON.parse(JSON.stringify(spec)))
  const result = readSpec(JSON.stringify(json), { kinds })
  expect(hasErrors(result.issues)).toBe(result.spec === undefined)
  return result.issues.map(({ code }) => code)
}

test('a spec that somebody changed is refused, and so is one from elsewhere', () => {
  expect(readChanged((json) => json)).toEqual([])
  expect(readChanged((json) => ({ ...json, timeZone: 'Europe/Berlin' }))).toEqual(['SPEC_CHANGED'])
  expect(readChanged((json) => ({ ...json, specVersion: 2 }))).toEqual(['NEWER_SPEC'])
  expect(readChanged((json) => ({ ...json, more: 1 }))).toEqual(['UNKNOWN_FIELD'])
  expect(readChanged((json) => ({ ...json, stages: undefined }))).toEqual(['MISSING_FIELD'])
  expect(readChanged((json) => ({ ...json, drawing: { name: 'n', order: ['a'], titles: {}, tests: [], notes: [], layout: {} } }))).toEqual([
    'WRONG_VALUE',
  ])
  expect(readChanged(() => ({ format: 1 }))).toEqual(['NOT_A_SPEC'])
  expect(readChanged(() => [])).toEqual(['NOT_A_SPEC'])
  expect(readSpec('{').issues.map(({ code }) => code)).toEqual(['NOT_JSON'])
})

test('the order of fields in the text of a spec does not matter to its hash', () => {
  expect(readChanged((json) => Object.fromEntries(Object.entries(json).reverse()))).toEqual([])
})

test('a spec of other versions of its kinds is refused', () => {
  const newer = kinds.map((kind) => (kind.kind === 'read' ? { ...kind, version: 2 } : kind))
  const text = spec === undefined ? '' : writeSpec(spec)
  expect(readSpec(text, { kinds: newer }).issues.map(({ code }) => code)).toEqual(['OLDER_KIND'])
  expect(readSpec(text, { kinds: [] }).issues.map(({ code }) => code)).toEqual(['UNKNOWN_KIND', 'UNKNOWN_KIND'])
})
