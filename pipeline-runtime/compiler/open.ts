import { canonicalValue } from '../spec/canonical-value.ts'
import { DOCUMENT_FORMAT, type Document, documentSchema } from '../spec/document.ts'
import { isJsonObject } from '../spec/json.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import type { Spec } from '../spec/spec.ts'
import { printPort } from './graph.ts'

/** The document from which a spec was compiled: writing it gives the same bytes. */
export function openSpec(spec: Spec, options: { readonly kinds: readonly NodeKind[] }): Document {
  const byId = new Map(spec.nodes.map((node) => [node.id, node]))
  const nodes = spec.drawing.order.flatMap((id) => {
    const node = byId.get(id)
    if (node === undefined) return []
    const kind = options.kinds.find((candidate) => candidate.kind === node.kind)
    const config = kind === undefined ? node.config : canonicalValue(kind.config, node.config)
    const title = Object.hasOwn(spec.drawing.titles, id) ? spec.drawing.titles[id] : undefined
    return [{ id, kind: node.kind, ...(title === undefined ? {} : { title }), config: isJsonObject(config) ? config : {} }]
  })
  return documentSchema.parse({
    format: DOCUMENT_FORMAT,
    kinds: spec.kinds,
    name: spec.drawing.name,
    timeZone: spec.timeZone,
    guarantee: spec.guarantee,
    start: spec.start,
    stop: spec.stop,
    nodes,
    edges: spec.edges.map(({ from, to }) => ({ from: printPort(from), to: printPort(to) })),
    tests: spec.drawing.tests,
    notes: spec.drawing.notes,
    layout: spec.drawing.layout,
  })
}
