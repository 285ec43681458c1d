import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react'
import type { Document, DocumentEdge, DocumentNode, DocumentNote } from '../../pipeline-runtime/spec/document.ts'
import { noteSize } from '../edit/add-note.ts'
import { CARD, placesOf } from '../edit/places.ts'
import { edgeKey, nodeOf, type Point, portOf } from '../state/change.ts'
import { type GraphIndex, graphIndex } from '../state/graph-index.ts'
import { type Item, itemKey } from '../state/item.ts'
import type { Box, CanvasState } from './canvas-store.ts'
import { type CardPort, cardPorts, PORT_DOT } from './ports.ts'

export type StepNode = Node<{ readonly node: DocumentNode; readonly ports: readonly CardPort[] }, 'step'>
export type NoteNode = Node<{ readonly note: DocumentNote; readonly index: number }, 'note'>
export type FlowNode = StepNode | NoteNode
export type LinkEdge = Edge<{ readonly edge: DocumentEdge; readonly role: CardPort['role'] }, 'link'>

/** What a node of React Flow stands for. */
export function itemOf(node: FlowNode): Item {
  return node.type === 'note' ? { type: 'note', index: node.data.index } : { type: 'node', id: node.id }
}

export const noteId = (index: number): string => `note:${index}`

/** Makes React Flow's nodes and edges of a document, and keeps each as it is while nothing of it changes. */
export interface FlowGraph {
  nodes(document: Document, selected: ReadonlyMap<string, Item>, moving: CanvasState['moving']): FlowNode[]
  edges(document: Document, selected: ReadonlyMap<string, Item>): LinkEdge[]
}

export function createFlowGraph(): FlowGraph {
  const nodes = keptList<FlowNode>()
  const edges = keptList<LinkEdge>()
  let portsOf = new Map<string, Ports>()
  let index: GraphIndex | undefined
  let drawn: { readonly edges: unknown; readonly selected: unknown; readonly ports: unknown; readonly list: LinkEdge[] } | undefined
  const takePorts = (document: Document): void => {
    const now = graphIndex(document)
    if (now !== index) portsOf = portsByNode(document.edges, now, portsOf)
    index = now
  }
  return {
    nodes(document, selected, moving) {
      takePorts(document)
      const places = placesOf(document)
      const next: FlowNode[] = document.notes.map((note, noteIndex) => {
        const id = noteId(noteIndex)
        const box = moving.get(id) ?? note
        const size = box !== note && 'width' in box ? (box as Box) : noteSize(note)
        return noteNode(nodes.get(id), id, noteIndex, note, box, size, selected.has(`note:${noteIndex}`))
      })
      for (const [id, node] of graphIndex(document).nodes) {
        const at = moving.get(id) ?? places.get(id) ?? ORIGIN
        const { ports, handles } = portsOf.get(id) ?? NO_PORTS
        next.push(stepNode(nodes.get(id), node, ports, handles, at, selected.has(`node:${id}`)))
      }
      return nodes.take(next)
    },
    edges(document, selected) {
      takePorts(document)
      if (drawn?.edges === document.edges && drawn.selected === selected && drawn.ports === portsOf) return drawn.list
      const next: LinkEdge[] = []
      const seen = new Set<string>()
      for (const edge of document.edges) {
        const id = edgeKey(edge)
        if (seen.has(id)) continue
        seen.add(id)
        const source = nodeOf(edge.from)
        const role = portsOf.get(source)?.ports.find(({ side, name }) => side === 'out' && name === portOf(edge.from))?.role ?? 'rows'
        next.push(linkEdge(edges.get(id), id, edge, role, selected.has(itemKey({ type: 'edge', edge }))))
      }
      drawn = { edges: document.edges, selected, ports: portsOf, list: edges.take(next) }
      return drawn.list
    },
  }
}

const ORIGIN: Point = { x: 0, y: 0 }

/** The last list by id; the same list again where nothing in it changed, so that React Flow has nothing to do. */
function keptList<T extends { readonly id: string }>() {
  let list: T[] = []
  let byId = new Map<string, T>()
  return {
    get: (id: string): T | undefined => byId.get(id),
    take(next: T[]): T[] {
      if (next.length === list.length && next.every((item, i) => item === list[i])) return list
      list = next
      byId = new Map(next.map((item) => [item.id, item]))
      return list
    },
  }
}

interface Ports {
  readonly node: DocumentNode
  readonly linked: readonly Linked[]
  readonly ports: readonly CardPort[]
  readonly handles: NodeHandle[]
}

interface Linked {
  readonly name: string
  readonly side: 'in' | 'out'
}

const NO_PORTS = { ports: [] as readonly CardPort[], handles: [] as NodeHandle[] }
const NOTHING_LINKED: readonly Linked[] = []

function portsByNode(edges: Document['edges'], index: GraphIndex, before: Map<string, Ports>): Map<string, Ports> {
  const linked = linkedPorts(edges)
  const next = new Map<string, Ports>()
  let same = index.nodes.size === before.size
  for (const [id, node] of index.nodes) {
    const list = linked.get(id) ?? NOTHING_LINKED
    const known = before.get(id)
    if (known?.node === node && sameLinked(known.linked, list)) {
      next.set(id, known)
      continue
    }
    const made = cardPorts(node, list)
    // The same points as before: the links have nothing to draw anew.
    const kept = known !== undefined && samePorts(known.ports, made)
    same &&= kept
    next.set(id, kept ? { ...known, node, linked: list } : { node, linked: list, ports: made, handles: made.map(handleOf) })
  }
  // The map that was there, brought up to date: who compares it sees that no point changed.
  if (!same) return next
  for (const [id, ports] of next) before.set(id, ports)
  return before
}

const linkedByEdges = new WeakMap<Document['edges'], ReadonlyMap<string, readonly Linked[]>>()

/** Ports that links name, by step. */
function linkedPorts(edges: Document['edges']): ReadonlyMap<string, readonly Linked[]> {
  const known = linkedByEdges.get(edges)
  if (known !== undefined) return known
  const linked = new Map<string, Linked[]>()
  const link = (end: string, side: 'in' | 'out'): void => {
    const list = linked.get(nodeOf(end))
    if (list === undefined) linked.set(nodeOf(end), [{ name: portOf(end), side }])
    else list.push({ name: portOf(end), side })
  }
  for (const { from, to } of edges) {
    link(from, 'out')
    link(to, 'in')
  }
  linkedByEdges.set(edges, linked)
  return linked
}

function sameLinked(a: readonly Linked[], b: readonly Linked[]): boolean {
  return a === b || (a.length === b.length && a.every(({ name, side }, i) => name === b[i]?.name && side === b[i]?.side))
}

function samePorts(a: readonly CardPort[], b: readonly CardPort[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, side, role, title, y }, i) => {
      const other = b[i]
      return name === other?.name && side === other.side && role === other.role && title === other.title && y === other.y
    })
  )
}

/** React Flow measures nothing: it is told where the dots are. */
function handleOf({ name, side, y }: CardPort): NodeHandle {
  const x = side === 'in' ? -PORT_DOT / 2 : CARD.width - PORT_DOT / 2
  return {
    id: name,
    type: side === 'in' ? 'target' : 'source',
    position: side === 'in' ? Position.Left : Position.Right,
    x,
    y: y - PORT_DOT / 2,
    width: PORT_DOT,
    height: PORT_DOT,
  }
}

/** What names a node for screen readers stands on the card itself. */
const wrapper = { 'aria-roledescription': undefined }

function stepNode(
  before: FlowNode | undefined,
  node: DocumentNode,
  ports: readonly CardPort[],
  handles: NodeHandle[],
  at: Point,
  selected: boolean,
): FlowNode {
  if (
    before?.type === 'step' &&
    before.data.node === node &&
    before.data.ports === ports &&
    before.position.x === at.x &&
    before.position.y === at.y &&
    before.selected === selected
  )
    return before
  const data = before?.type === 'step' && before.data.node === node && before.data.ports === ports ? before.data : { node, ports }
  return {
    id: node.id,
    type: 'step',
    position: { x: at.x, y: at.y },
    data,
    handles,
    selected,
    ...CARD,
    measured: CARD,
    zIndex: 1,
    domAttributes: wrapper,
  }
}

function noteNode(
  before: FlowNode | undefined,
  id: string,
  index: number,
  note: DocumentNote,
  at: Point,
  size: { readonly width: number; readonly height: number },
  selected: boolean,
): FlowNode {
  if (
    before?.type === 'note' &&
    before.data.note === note &&
    before.position.x === at.x &&
    before.position.y === at.y &&
    before.width === size.width &&
    before.height === size.height &&
    before.selected === selected
  )
    return before
  const { width, height } = size
  const data = { note, index }
  return {
    id,
    type: 'note',
    position: { x: at.x, y: at.y },
    data,
    selected,
    width,
    height,
    measured: { width, height },
    zIndex: 0,
    domAttributes: wrapper,
  }
}

const linkWrapper = { 'aria-roledescription': undefined }

function linkEdge(before: LinkEdge | undefined, id: string, edge: DocumentEdge, role: CardPort['role'], selected: boolean): LinkEdge {
  if (before?.data?.edge === edge && before.data.role === role && before.selected === selected) return before
  return {
    id,
    type: 'link',
    source: nodeOf(edge.from),
    sourceHandle: portOf(edge.from),
    target: nodeOf(edge.to),
    targetHandle: portOf(edge.to),
    data: { edge, role },
    selected,
    ariaRole: 'presentation',
    domAttributes: linkWrapper,
  }
}
