import type { Document, DocumentEdge } from '../../pipeline-runtime/spec/document.ts'
import { nodeOf, type Point, portOf } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import type { Item } from '../state/item.ts'
import { outlineOrder } from '../state/outline-order.ts'
import { noteSize } from './add-note.ts'
import { CARD, placesOf } from './places.ts'
import { stepFacts } from './step-facts.ts'

// Where the arrow keys lead (keyboard.md, Walk). Pure: the document and where one stands.

/** Links out of a step, by port order, then as they stand in the document. */
export function linksOut(document: Document, nodeId: string): readonly DocumentEdge[] {
  const index = graphIndex(document)
  const node = index.nodes.get(nodeId)
  const edges = index.outOf.get(nodeId) ?? []
  if (node === undefined) return edges
  const order = stepFacts(node).ports.out.map(({ name }) => name)
  return sortedByPort(edges, order, ({ from }) => portOf(from))
}

export function linksIn(document: Document, nodeId: string): readonly DocumentEdge[] {
  const index = graphIndex(document)
  const node = index.nodes.get(nodeId)
  const edges = index.into.get(nodeId) ?? []
  if (node === undefined) return edges
  const order = stepFacts(node).ports.in.map(({ name }) => name)
  return sortedByPort(edges, order, ({ to }) => portOf(to))
}

function sortedByPort(edges: readonly DocumentEdge[], order: readonly string[], port: (edge: DocumentEdge) => string): DocumentEdge[] {
  const place = (edge: DocumentEdge): number => {
    const at = order.indexOf(port(edge))
    return at < 0 ? order.length : at
  }
  return [...edges].sort((a, b) => place(a) - place(b))
}

export function firstTarget(document: Document, nodeId: string): string | undefined {
  return linksOut(document, nodeId)
    .map(({ to }) => nodeOf(to))
    .find((id) => graphIndex(document).nodes.has(id))
}

/** Back the way one came, else the first source. */
export function sourceOf(document: Document, nodeId: string, cameFrom: string | undefined): string | undefined {
  const sources = linksIn(document, nodeId)
    .map(({ from }) => nodeOf(from))
    .filter((id) => graphIndex(document).nodes.has(id))
  return cameFrom !== undefined && sources.includes(cameFrom) ? cameFrom : sources[0]
}

/** The step above or below among those that share a neighbour; where there is none, the nearest item of the column. */
export function beside(document: Document, item: Item, direction: 'up' | 'down'): Item | undefined {
  if (item.type === 'node') {
    const sibling = nearestBy(document, item.id, siblings(document, item.id), direction)
    if (sibling !== undefined) return { type: 'node', id: sibling }
  }
  const here = boxAt(document, item)
  if (here === undefined) return undefined
  let best: { readonly item: Item; readonly far: number } | undefined
  for (const other of everything(document)) {
    const box = boxAt(document, other)
    if (box === undefined || sameItem(other, item)) continue
    const far = direction === 'down' ? box.y - here.y : here.y - box.y
    const overlaps = box.x < here.x + here.width && here.x < box.x + box.width
    if (far <= 0 || !overlaps) continue
    if (best === undefined || far < best.far) best = { item: other, far }
  }
  return best?.item
}

function siblings(document: Document, nodeId: string): Set<string> {
  const { into, outOf } = graphIndex(document)
  const found = new Set<string>()
  for (const { from } of into.get(nodeId) ?? []) for (const { to } of outOf.get(nodeOf(from)) ?? []) found.add(nodeOf(to))
  for (const { to } of outOf.get(nodeId) ?? []) for (const { from } of into.get(nodeOf(to)) ?? []) found.add(nodeOf(from))
  found.delete(nodeId)
  return found
}

function nearestBy(document: Document, nodeId: string, ids: Iterable<string>, direction: 'up' | 'down'): string | undefined {
  const places = placesOf(document)
  const place = graphIndex(document).place
  // By height, then from left to right, then as in the document: two cards at one height are still one after the other.
  const compare = (a: string, b: string): number => {
    const [p, q] = [places.get(a) ?? ORIGIN, places.get(b) ?? ORIGIN]
    return p.y - q.y || p.x - q.x || (place.get(a) ?? 0) - (place.get(b) ?? 0)
  }
  const sorted = [...ids, nodeId].filter((id) => places.has(id)).sort(compare)
  const at = sorted.indexOf(nodeId)
  return sorted[at + (direction === 'down' ? 1 : -1)]
}

const ORIGIN: Point = { x: 0, y: 0 }

function everything({ nodes, notes }: Document): Item[] {
  return [...nodes.map(({ id }): Item => ({ type: 'node', id })), ...notes.map((_, index): Item => ({ type: 'note', index }))]
}

function boxAt(document: Document, item: Item): (Point & { readonly width: number }) | undefined {
  if (item.type === 'node') {
    const at = placesOf(document).get(item.id)
    return at === undefined ? undefined : { ...at, width: CARD.width }
  }
  if (item.type === 'edge') return undefined
  const note = document.notes[item.index]
  return note === undefined ? undefined : { x: note.x, y: note.y, width: noteSize(note).width }
}

function sameItem(a: Item, b: Item): boolean {
  if (a.type === 'node') return b.type === 'node' && a.id === b.id
  return a.type === 'note' && b.type === 'note' && a.index === b.index
}

/** First step of the next (1) or previous (-1) part that is not connected with this one; parts come in outline order. */
export function otherPart(document: Document, nodeId: string | undefined, direction: 1 | -1): string | undefined {
  const parts = connectedParts(document)
  const current = parts.findIndex((part) => nodeId !== undefined && part.has(nodeId))
  const next = parts[current < 0 ? 0 : current + direction]
  return next === undefined ? undefined : next.values().next().value
}

/** Each in outline order. */
function connectedParts(document: Document): readonly ReadonlySet<string>[] {
  const { into, outOf } = graphIndex(document)
  const partOf = new Map<string, number>()
  const parts: Set<string>[] = []
  for (const id of outlineOrder(document)) {
    if (partOf.has(id)) continue
    const number = parts.length
    const waiting = [id]
    partOf.set(id, number)
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const around = [...(into.get(next) ?? []).map(({ from }) => nodeOf(from)), ...(outOf.get(next) ?? []).map(({ to }) => nodeOf(to))]
      for (const other of around) {
        if (partOf.has(other)) continue
        partOf.set(other, number)
        waiting.push(other)
      }
    }
    parts.push(new Set())
  }
  for (const id of outlineOrder(document)) parts[partOf.get(id) ?? 0]?.add(id)
  return parts
}
