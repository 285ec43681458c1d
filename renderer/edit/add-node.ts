import { type KindName, kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Document, DocumentEdge, DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { applyChange, type Change, nodeOf, type Point, portOf } from '../state/change.ts'
import { newNodeId } from '../state/node-id.ts'
import { act } from './act.ts'
import { titleOf } from './connect.ts'
import { connectableIn, type PortRef, portKey } from './connectable.ts'
import { CARD, freePlace, placesOf, STEP, snapped } from './places.ts'
import { stepFacts } from './step-facts.ts'
import { usualConnection } from './usual-connection.ts'

export interface AddNodeOptions {
  /** Where its upper left corner is wanted; a free place near it is taken. */
  readonly at?: Point
  readonly config?: Record<string, unknown>
  readonly title?: string
  /** Connected from this port where the types fit. */
  readonly after?: PortRef
  /** Connected into this port where the types fit. */
  readonly before?: PortRef
}

/** Adds a step, connects it where asked and possible, selects it; returns its id. */
export function addNode(studio: Studio, kind: KindName, options: AddNodeOptions = {}): string {
  const { document } = studio.documents.getState()
  const node = makeNode(document, kind, { ...options, config: { ...usualConnection(studio, kind), ...options.config } })
  const at = freePlace(placesOf(document).values(), options.at ?? placeFor(studio, document, options))
  const added = applyChange(document, { type: 'add', nodes: [{ node, at }] })
  const edges = edgesOf(studio, added, node, options)
  const focus = { type: 'node', id: node.id } as const
  act(studio, { label: `add ${stepFacts(node).title}`, changes: [{ type: 'add', nodes: [{ node, at }], edges }], focus })
  show(studio, node.id)
  const links = edges.map((edge) =>
    nodeOf(edge.to) === node.id ? `from ${titleOf(studio, nodeOf(edge.from))}` : `to ${titleOf(studio, nodeOf(edge.to))}`,
  )
  studio.announcer.say(`${stepFacts(node).title} added${links.length === 0 ? '' : `, connected ${links.join(' and ')}`}.`)
  return node.id
}

/** Puts a step into a link, if what flows there can go through it; otherwise it is added beside the link, unconnected. */
export function insertNode(studio: Studio, kind: KindName, edge: DocumentEdge, options: { readonly at?: Point } = {}): string {
  const { document } = studio.documents.getState()
  const through = throughStep(studio, kind, edge)
  if (through === undefined) return addNode(studio, kind, options)
  const node = makeNode(document, kind, {})
  const places = placesOf(document)
  const source = places.get(nodeOf(edge.from)) ?? { x: 0, y: 0 }
  const target = places.get(nodeOf(edge.to)) ?? { x: source.x + 2 * STEP.x, y: source.y }
  const between = { x: (source.x + target.x) / 2, y: (source.y + target.y) / 2 }
  const at = freePlace(places.values(), options.at ?? between)
  const changes: Change[] = [
    { type: 'remove', edges: [edge] },
    {
      type: 'add',
      nodes: [{ node, at }],
      edges: [
        { from: edge.from, to: `${node.id}.${through.in}` },
        { from: `${node.id}.${through.out}`, to: edge.to },
      ],
    },
  ]
  act(studio, { label: `insert ${stepFacts(node).title}`, changes, focus: { type: 'node', id: node.id } })
  show(studio, node.id)
  studio.announcer.say(
    `${stepFacts(node).title} inserted from ${titleOf(studio, nodeOf(edge.from))} to ${titleOf(studio, nodeOf(edge.to))}.`,
  )
  return node.id
}

/** The ports by which a step of a kind can stand in a link; undefined where it cannot. */
export function throughStep(studio: Studio, kind: KindName, edge: DocumentEdge): { readonly in: string; readonly out: string } | undefined {
  const { document } = studio.documents.getState()
  const node = makeNode(document, kind, {})
  const without = applyChange(document, { type: 'remove', edges: [edge] })
  const added = applyChange(without, { type: 'add', nodes: [{ node, at: { x: 0, y: 0 } }] })
  const { outputs } = studio.compiled.getState()
  const { ports } = stepFacts(node)
  const inPort = ports.in.find(({ name }) => connectableIn(added, outputs, refOf(edge.from), { nodeId: node.id, port: name }).ok)
  const outPort = ports.out.find(
    ({ name, role }) => role === 'rows' && connectableIn(added, outputs, { nodeId: node.id, port: name }, refOf(edge.to)).ok,
  )
  return inPort === undefined || outPort === undefined ? undefined : { in: inPort.name, out: outPort.name }
}

/** Whether a new step of a kind could be connected where it is wanted. */
export function kindConnectable(studio: Studio, kind: KindName, options: Pick<AddNodeOptions, 'after' | 'before'>): boolean {
  const { document } = studio.documents.getState()
  const node = makeNode(document, kind, {})
  const added = applyChange(document, { type: 'add', nodes: [{ node, at: { x: 0, y: 0 } }] })
  return edgesOf(studio, added, node, options).length > 0
}

function makeNode(document: Document, kind: KindName, { config = {}, title }: AddNodeOptions): DocumentNode {
  const definition = kindNamed(kind)
  const id = newNodeId(document, title ?? definition?.title ?? kind)
  const settings = { ...definition?.initial, ...config }
  return title === undefined ? { id, kind, config: settings } : { id, kind, title, config: settings }
}

function edgesOf(studio: Studio, added: Document, node: DocumentNode, { after, before }: AddNodeOptions): DocumentEdge[] {
  const { outputs } = studio.compiled.getState()
  const { ports } = stepFacts(node)
  const edges: DocumentEdge[] = []
  if (after !== undefined) {
    const port = ports.in.find(({ name }) => connectableIn(added, outputs, after, { nodeId: node.id, port: name }).ok)
    if (port !== undefined) edges.push({ from: portKey(after), to: `${node.id}.${port.name}` })
  }
  if (before !== undefined) {
    const port = ports.out.find(
      ({ name, role }) => role === 'rows' && connectableIn(added, outputs, { nodeId: node.id, port: name }, before).ok,
    )
    if (port !== undefined) edges.push({ from: `${node.id}.${port.name}`, to: portKey(before) })
  }
  return edges
}

function placeFor(studio: Studio, document: Document, { after, before }: AddNodeOptions): Point {
  const places = placesOf(document)
  const beside = after === undefined ? undefined : places.get(after.nodeId)
  if (beside !== undefined) return { x: beside.x + STEP.x, y: beside.y }
  const front = before === undefined ? undefined : places.get(before.nodeId)
  if (front !== undefined) return { x: front.x - STEP.x, y: front.y }
  const center = studio.canvas.port?.center() ?? { x: 0, y: 0 }
  return snapped({ x: center.x - CARD.width / 2, y: center.y - CARD.height / 2 })
}

/** Selects a step and brings it into view. */
function show(studio: Studio, id: string): void {
  const item = { type: 'node', id } as const
  studio.selection.select(item)
  studio.canvas.port?.reveal(item)
}

const refOf = (end: string): PortRef => ({ nodeId: nodeOf(end), port: portOf(end) })
