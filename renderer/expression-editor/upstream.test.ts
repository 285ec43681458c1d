import { expect, test } from 'vitest'
import { compile } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { type Document, documentSchema } from '../../pipeline-runtime/spec/document.ts'
import { PROBE, probeDocument, sameUpstream, upstreamOf } from './upstream.ts'

const document = documentSchema.parse({
  format: 1,
  kinds: {},
  name: 'test',
  nodes: [
    {
      id: 'purchases',
      kind: 'kafka-source',
      config: { connection: 'shop', topic: 'purchases', columns: [{ name: 'country', type: 'STRING' }], onError: 'dead-letter' },
    },
    { id: 'paid', kind: 'filter', config: { condition: "country = 'NL'" } },
    { id: 'broken', kind: 'filter', config: { condition: 'nonsense +' } },
    { id: 'file', kind: 'file-sink', config: { path: 'out.csv' } },
  ],
  edges: [
    { from: 'purchases.out', to: 'paid.in' },
    { from: 'paid.out', to: 'broken.in' },
    { from: 'broken.out', to: 'file.in' },
    { from: 'purchases.dead-letter', to: 'file.in' },
  ],
})

const change = (id: string, part: Partial<Document['nodes'][number]>): Document => ({
  ...document,
  nodes: document.nodes.map((node) => (node.id === id ? { ...node, ...part } : node)),
})

test('what is in front of a step, whatever is wrong with the step itself, can run', () => {
  const upstream = upstreamOf(document, 'broken')
  expect(upstream?.nodes.map(({ id }) => id)).toEqual(['purchases', 'paid'])
  const probe = upstream === undefined ? undefined : probeDocument(document, upstream)
  if (probe === undefined) expect.fail('no probe')
  const { issues, spec } = compile(probe, { kinds })
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(spec?.nodes.map(({ id }) => id)).toContain(PROBE)
  // Nothing of it writes anywhere.
  expect(probe.nodes.map(({ kind }) => kind)).not.toContain('file-sink')
})

test('nothing is in front of a source', () => {
  expect(upstreamOf(document, 'purchases')).toBeUndefined()
})

test('the same upstream as long as no setting in front changes', () => {
  expect(sameUpstream(document, change('broken', { config: { condition: 'TRUE' } }), 'broken')).toBe(true)
  expect(sameUpstream(document, change('paid', { title: 'Other name' }), 'broken')).toBe(true)
  expect(sameUpstream(document, change('paid', { config: { condition: 'TRUE' } }), 'broken')).toBe(false)
  expect(sameUpstream(document, { ...document, edges: document.edges.slice(1) }, 'broken')).toBe(false)
})

test('a circle has an end', () => {
  const circle = { ...document, edges: [...document.edges, { from: 'broken.out', to: 'paid.in' }] }
  expect(upstreamOf(circle, 'broken')?.nodes).toHaveLength(3)
})
