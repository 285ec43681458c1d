import type { Document, DocumentEdge, DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import { nodeOf } from './change.ts'
import { type GraphIndex, graphIndex } from './graph-index.ts'

interface Order {
  readonly ids: readonly string[]
  readonly order: readonly string[]
  readonly places: ReadonlyMap<string, number>
}

const orders = new WeakMap<DocumentEdge[], Order>()

/** The order of the outline and of the walk: upstream first, ties by document order; what lies on a circle comes last. */
export function outlineOrder(document: Pick<Document, 'nodes' | 'edges'>): readonly string[] {
  return orderOf(document).order
}

/** Position of each step in the order of the outline, from 0. */
export function outlinePlaces(document: Pick<Document, 'nodes' | 'edges'>): ReadonlyMap<string, number> {
  return orderOf(document).places
}

const byNodes = new WeakMap<DocumentNode[], WeakMap<DocumentEdge[], Order>>()

function orderOf(document: Pick<Document, 'nodes' | 'edges'>): Order {
  const { nodes, edges } = document
  let memo = byNodes.get(nodes)
  if (memo === undefined) {
    memo = new WeakMap()
    byNodes.set(nodes, memo)
  }
  let found = memo.get(edges)
  if (found === undefined) {
    // Settings change no order: that of the same steps and links is taken over.
    const last = orders.get(edges)
    found = last !== undefined && sameIds(last.ids, nodes) ? last : makeOrder(document)
    orders.set(edges, found)
    memo.set(edges, found)
  }
  return found
}

function makeOrder(document: Pick<Document, 'nodes' | 'edges'>): Order {
  const order = sorted(graphIndex(document))
  return { ids: document.nodes.map(({ id }) => id), order, places: new Map(order.map((id, i) => [id, i])) }
}

function sameIds(ids: readonly string[], nodes: readonly DocumentNode[]): boolean {
  return ids.length === nodes.length && nodes.every(({ id }, i) => id === ids[i])
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
