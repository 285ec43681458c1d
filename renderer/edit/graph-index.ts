import type { Document, DocumentEdge, DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import { nodeOf } from '../state/change.ts'

/** A document by its nodes: what the acts, the walk and the cards look up. */
export interface GraphIndex {
  readonly nodes: ReadonlyMap<string, DocumentNode>
  /** Position of a node in the document. */
  readonly place: ReadonlyMap<string, number>
  readonly into: ReadonlyMap<string, readonly DocumentEdge[]>
  readonly outOf: ReadonlyMap<string, readonly DocumentEdge[]>
}

const known = new WeakMap<DocumentNode[], WeakMap<DocumentEdge[], GraphIndex>>()

/** Made once per list of nodes and edges, so that moving a card makes none. */
export function graphIndex({ nodes, edges }: Pick<Document, 'nodes' | 'edges'>): GraphIndex {
  let byEdges = known.get(nodes)
  if (byEdges === undefined) {
    byEdges = new WeakMap()
    known.set(nodes, byEdges)
  }
  let index = byEdges.get(edges)
  if (index === undefined) {
    index = makeIndex(nodes, edges)
    byEdges.set(edges, index)
  }
  return index
}

function makeIndex(nodes: readonly DocumentNode[], edges: readonly DocumentEdge[]): GraphIndex {
  const byId = new Map<string, DocumentNode>()
  const place = new Map<string, number>()
  nodes.forEach((node, i) => {
    if (byId.has(node.id)) return
    byId.set(node.id, node)
    place.set(node.id, i)
  })
  return { nodes: byId, place, into: grouped(edges, ({ to }) => nodeOf(to)), outOf: grouped(edges, ({ from }) => nodeOf(from)) }
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

const orders = new WeakMap<GraphIndex, readonly string[]>()

/** The order of the outline and of the walk: upstream first, ties by document order; what lies on a circle comes last. */
export function outlineOrder(document: Pick<Document, 'nodes' | 'edges'>): readonly string[] {
  const index = graphIndex(document)
  let order = orders.get(index)
  if (order === undefined) {
    order = sorted(index)
    orders.set(index, order)
  }
  return order
}

function sorted(index: GraphIndex): string[] {
  const waiting = new Map<string, number>()
  for (const id of index.nodes.keys())
    waiting.set(id, (index.into.get(id) ?? []).filter(({ from }) => index.nodes.has(nodeOf(from))).length)
  const place = (id: string): number => index.place.get(id) ?? 0
  const ready = [...waiting].flatMap(([id, count]) => (count === 0 ? [id] : []))
  const order: string[] = []
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id)
    for (const { to } of index.outOf.get(id) ?? []) {
      const next = nodeOf(to)
      const left = waiting.get(next)
      if (left === undefined) continue
      waiting.set(next, left - 1)
      if (left === 1) insertSorted(ready, next, place)
    }
  }
  const done = new Set(order)
  return [...order, ...[...index.nodes.keys()].filter((id) => !done.has(id))]
}

function insertSorted(list: string[], id: string, place: (id: string) => number): void {
  let from = 0
  let to = list.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (place(list[middle] ?? '') < place(id)) from = middle + 1
    else to = middle
  }
  list.splice(from, 0, id)
}
