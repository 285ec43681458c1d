import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { type Document, type DocumentEdge, documentSchema } from '../../pipeline-runtime/spec/document.ts'
import type { NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { nodeOf } from '../state/change.ts'
import { graphIndex, reachable } from '../state/graph-index.ts'

/** What decides which rows come into a step: the steps in front of it and their links, without titles and places. */
export interface Upstream {
  readonly nodes: Document['nodes']
  readonly edges: readonly DocumentEdge[]
  /** The first link into the step. */
  readonly last: DocumentEdge
  /** The same text for the same upstream. */
  readonly key: string
}

/** Undefined for a step into which nothing leads. */
export function upstreamOf(document: Document, nodeId: string): Upstream | undefined {
  const index = graphIndex(document)
  const last = index.into.get(nodeId)?.[0]
  if (last === undefined) return undefined
  const first = nodeOf(last.from)
  const ids = reachable(index, [first], 'up').add(first)
  const nodes = document.nodes.filter((node) => ids.has(node.id))
  const edges = document.edges.filter((edge) => ids.has(nodeOf(edge.to)) && ids.has(nodeOf(edge.from)))
  const key = JSON.stringify([nodes.map(({ id, kind, config }) => [id, kind, config]), edges, last.from, document.timeZone])
  return { nodes, edges, last, key }
}

/** The id of the table at the end of a probe. */
export const PROBE = 'probe'

/**
 * A document of what is in front of a step, with a table where the step would be: whatever is wrong with the step itself or elsewhere in
 * the document does not matter for it. Undefined where no kind of step can show rows.
 */
export function probeDocument({ timeZone, kinds: versions }: Document, { nodes, edges, last }: Upstream): Document | undefined {
  const table = tableKind()
  const port = table?.ports(table.config.parse({})).in[0]?.name
  if (table === undefined || port === undefined || nodes.some((node) => node.id.startsWith(PROBE))) return undefined
  const ends: DocumentEdge[] = [{ from: last.from, to: `${PROBE}.${port}` }]
  // What must not get lost has to lead somewhere.
  for (const node of nodes) {
    for (const out of stepFacts(node).ports.out) {
      const from = `${node.id}.${out.name}`
      const isWired = from === last.from || edges.some((edge) => edge.from === from)
      if (out.required === true && !isWired) ends.push({ from, to: `${PROBE}${ends.length}.${port}` })
    }
  }
  const tables = ends.map(({ to }) => ({ id: nodeOf(to), kind: table.kind, config: {} }))
  return documentSchema.parse({
    format: 1,
    kinds: { ...versions, [table.kind]: table.version },
    name: PROBE,
    timeZone,
    nodes: [...nodes, ...tables],
    edges: [...edges, ...ends],
  })
}

/** A kind that shows rows and writes nothing anywhere. */
function tableKind(): NodeKind | undefined {
  const all: readonly NodeKind[] = kinds
  return all.find((kind) => kind.category === 'write' && kind.binding === undefined && kind.config.safeParse({}).success)
}

/** Whether the rows that came into a step in one document are those that would come in another. */
export function sameUpstream(a: Document, b: Document, nodeId: string): boolean {
  if (a === b) return true
  const [first, second] = [upstreamOf(a, nodeId), upstreamOf(b, nodeId)]
  return first !== undefined && first.key === second?.key
}
