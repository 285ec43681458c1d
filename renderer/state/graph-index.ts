import type { Document, DocumentEdge, DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import { nodeOf } from './change.ts'

/** A document by its nodes: what the acts, the walk and the cards look up. */
export interface GraphIndex {
  readonly nodes: ReadonlyMap<string, DocumentNode>
  /** Position of a node in the document. */
  readonly place: ReadonlyMap<string, number>
  readonly into: ReadonlyMap<string, readonly DocumentEdge[]>
  readonly outOf: ReadonlyMap<string, readonly DocumentEdge[]>
}

const known = new WeakMap<DocumentNode[], WeakMap<DocumentEdge[], GraphIndex>>()
const links = new WeakMap<DocumentEdge[], Pick<GraphIndex, 'into' | 'outOf'>>()

/** Made once per list of nodes and edges, so that moving a card makes none. */
export function graphIndex({ nodes, edges }: Pick<Document, 'nodes' | 'edges'>): GraphIndex {
  let byEdges = known.get(nodes)
  if (byEdges === undefined) {
    byEdges = new WeakMap()
    known.set(nodes, byEdges)
  }
  let index = byEdges.get(edges)
  if (index === undefined) {
    index = { ...nodeIndex(nodes), ...linkIndex(edges) }
    byEdges.set(edges, index)
  }
  return index
}

function nodeIndex(nodes: readonly DocumentNode[]): Pick<GraphIndex, 'nodes' | 'place'> {
  const byId = new Map<string, DocumentNode>()
  const place = new Map<string, number>()
  nodes.forEach((node, i) => {
    if (byId.has(node.id)) return
    byId.set(node.id, node)
    place.set(node.id, i)
  })
  return { nodes: byId, place }
}

/** Typing into a setting changes no link. */
function linkIndex(edges: DocumentEdge[]): Pick<GraphIndex, 'into' | 'outOf'> {
  let index = links.get(edges)
  if (index === undefined) {
    index = { into: grouped(edges, ({ to }) => nodeOf(to)), outOf: grouped(edges, ({ from }) => nodeOf(from)) }
    links.set(edges, index)
  }
  return index
}

function grouped(edges: readonly DocumentEdge[], keyOf: (edge: DocumentEdge) => string): Map<string, DocumentEdge[]> {
  const groups = new Map<string, DocumentEdge[]>()
  for (const edge of edges) {
    const group = groups.get(keyOf(edge))
    if (group === undefined) groups.set(keyOf(edge), [edge])
    else group.push(edge)
  }
  return groups
}

/** All steps that can be reached along the links, without the one given unless it lies on a circle. */
export function reachable(index: GraphIndex, from: Iterable<string>, direction: 'down' | 'up'): Set<string> {
  const found = new Set<string>()
  const waiting = [...from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const edges = (direction === 'down' ? index.outOf : index.into).get(id) ?? []
    for (const edge of edges) {
      const next = nodeOf(direction === 'down' ? edge.to : edge.from)
      if (found.has(next)) continue
      found.add(next)
      waiting.push(next)
    }
  }
  return found
}
