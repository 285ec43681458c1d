import type { Document, DocumentEdge } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { counted } from '../format/counted.ts'
import { applyChange, type Change, edgeKey, nodeOf, portOf } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import type { Item } from '../state/item.ts'
import { outlineOrder } from '../state/outline-order.ts'
import { act } from './act.ts'
import { linkName, titleOf } from './connect.ts'
import { connectableIn } from './connectable.ts'

/** Deletes what is selected; links of a step go with it. */
export function deleteSelection(studio: Studio): void {
  deleteItems(studio, [...studio.selection.getState().selected.values()], false)
}

/** The same, and connects what stood before a deleted step with what stood behind it, where the types fit. */
export function deleteAndJoin(studio: Studio): void {
  deleteItems(studio, [...studio.selection.getState().selected.values()], true)
}

function deleteItems(studio: Studio, items: readonly Item[], join: boolean): void {
  if (items.length === 0) return
  const nodes = items.flatMap((item) => (item.type === 'node' ? [item.id] : []))
  const edges = items.flatMap((item) => (item.type === 'edge' ? [item.edge] : []))
  const notes = items.flatMap((item) => (item.type === 'note' ? [item.index] : []))
  const { document } = studio.documents.getState()
  const removed: Change = { type: 'remove', nodes, edges, notes }
  const joined = join ? joinedEdges(studio, nodes) : []
  const next = focusAfter(document, nodes, edges)
  const label = `delete ${named(studio, nodes, edges, notes)}`
  const changes: Change[] = joined.length === 0 ? [removed] : [removed, { type: 'add', edges: joined }]
  const first = nodes[0]
  act(studio, { label, changes, focus: first === undefined ? items[0] : { type: 'node', id: first } })
  if (document === studio.documents.getState().document) return
  studio.selection.select(next)
  if (next !== undefined) studio.canvas.port?.reveal(next)
  const also = joined.length === 0 ? '' : ', neighbours connected'
  studio.announcer.say(`${capital(label.replace(/^delete /, ''))} deleted${also}.`)
}

function named(studio: Studio, nodes: readonly string[], edges: readonly DocumentEdge[], notes: readonly number[]): string {
  const [node] = nodes
  const [edge] = edges
  if (nodes.length === 1 && node !== undefined && notes.length === 0) return titleOf(studio, node)
  if (nodes.length === 0 && notes.length === 0 && edges.length === 1 && edge !== undefined) return `the link ${linkName(studio, edge)}`
  const parts = [counted(nodes.length, 'step'), nodes.length === 0 ? counted(edges.length, 'link') : '', counted(notes.length, 'note')]
  return parts.filter((part) => part !== '').join(' and ')
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** First source of what goes away, else the next one in the outline, else nothing. */
export function focusAfter(document: Document, nodes: readonly string[], edges: readonly DocumentEdge[]): Item | undefined {
  const gone = new Set(nodes)
  const index = graphIndex(document)
  const firstEdge = edges[0]
  if (nodes.length === 0) return firstEdge === undefined ? undefined : { type: 'node', id: nodeOf(firstEdge.from) }
  for (const id of nodes) {
    for (const { from } of index.into.get(id) ?? []) {
      const source = nodeOf(from)
      if (!gone.has(source) && index.nodes.has(source)) return { type: 'node', id: source }
    }
  }
  const order = outlineOrder(document)
  const last = order.findLastIndex((id) => gone.has(id))
  const next = order.slice(last + 1)[0] ?? order.slice(0, last).findLast((id) => !gone.has(id))
  return next === undefined ? undefined : { type: 'node', id: next }
}

/** Links from what fed each deleted step to what it fed, as far as they are possible one after the other. */
function joinedEdges(studio: Studio, nodes: readonly string[]): DocumentEdge[] {
  const before = studio.documents.getState().document
  const { outputs } = studio.compiled.getState()
  const { into, outOf } = graphIndex(before)
  const gone = new Set(nodes)
  let document = applyChange(before, { type: 'remove', nodes })
  const joined: DocumentEdge[] = []
  const kept = new Set<string>()
  const sources = (id: string, seen: ReadonlySet<string>): string[] =>
    seen.has(id)
      ? []
      : (into.get(id) ?? []).flatMap(({ from }) => (gone.has(nodeOf(from)) ? sources(nodeOf(from), new Set([...seen, id])) : [from]))
  for (const id of nodes) {
    for (const { from: way, to } of outOf.get(id) ?? []) {
      // Only what the step passed on: what was late or set aside there does not come from its sources.
      if (gone.has(nodeOf(to)) || portOf(way) !== 'out') continue
      for (const from of sources(id, new Set())) {
        const edge = { from, to }
        if (kept.has(edgeKey(edge))) continue
        const ends = [
          { nodeId: nodeOf(from), port: portOf(from) },
          { nodeId: nodeOf(to), port: portOf(to) },
        ] as const
        if (!connectableIn(document, outputs, ...ends).ok) continue
        kept.add(edgeKey(edge))
        joined.push(edge)
        document = applyChange(document, { type: 'add', edges: [edge] })
      }
    }
  }
  return joined
}
