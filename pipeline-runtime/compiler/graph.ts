import type { z } from 'zod'
import type { Document, DocumentNode } from '../spec/document.ts'
import type { NodeKind, Ports } from '../spec/node-kind.ts'

/** A node of the document with what is known about it so far. */
export interface GraphNode {
  readonly index: number
  readonly node: DocumentNode
  /** Undefined where the kind is not known. */
  readonly kind: NodeKind | undefined
  /** The config with its defaults filled in; absent while it has errors. */
  readonly config: { readonly value: z.output<z.ZodType> } | undefined
  /** Absent while the config has errors. */
  readonly ports: Ports | undefined
}

export interface PortName {
  readonly node: string
  readonly port: string
}

/** An edge whose two ends are there. */
export interface GraphEdge {
  readonly index: number
  readonly from: PortName
  readonly to: PortName
}

export interface Graph {
  readonly document: Document
  /** In document order; of nodes with the same id the first one. */
  readonly nodes: ReadonlyMap<string, GraphNode>
  /** In document order. */
  readonly edges: readonly GraphEdge[]
  /** The same edges by the node at which they end and start. */
  readonly into: ReadonlyMap<string, readonly GraphEdge[]>
  readonly outOf: ReadonlyMap<string, readonly GraphEdge[]>
}

export function makeGraph(document: Document, nodes: ReadonlyMap<string, GraphNode>, edges: readonly GraphEdge[]): Graph {
  return { document, nodes, edges, into: groupBy(edges, ({ to }) => to.node), outOf: groupBy(edges, ({ from }) => from.node) }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

/** `purchases.dead-letter` → node and port; undefined for anything else. */
export function parsePort(text: string): PortName | undefined {
  const dot = text.indexOf('.')
  if (dot < 1 || dot === text.length - 1 || text.indexOf('.', dot + 1) !== -1) return undefined
  return { node: text.slice(0, dot), port: text.slice(dot + 1) }
}

export function printPort({ node, port }: PortName): string {
  return `${node}.${port}`
}

export function edgesInto(graph: Graph, node: string, port?: string): readonly GraphEdge[] {
  const edges = graph.into.get(node) ?? []
  return port === undefined ? edges : edges.filter(({ to }) => to.port === port)
}

export function edgesOutOf(graph: Graph, node: string): readonly GraphEdge[] {
  return graph.outOf.get(node) ?? []
}

export interface Order {
  /** Node ids, upstream first, ties by document order; without those on or behind a cycle. */
  readonly sorted: readonly string[]
  /** One cycle in the direction of its edges, undefined where there is none. */
  readonly cycle: readonly string[] | undefined
}

export function topologicalOrder(graph: Graph): Order {
  const waiting = new Map([...graph.nodes.keys()].map((id) => [id, 0]))
  for (const { to } of graph.edges) waiting.set(to.node, (waiting.get(to.node) ?? 0) + 1)
  const sorted: string[] = []
  for (;;) {
    let next: string | undefined
    for (const [id, count] of waiting) {
      if (count === 0) {
        next = id
        break
      }
    }
    if (next === undefined) break
    waiting.delete(next)
    sorted.push(next)
    for (const { to } of edgesOutOf(graph, next)) waiting.set(to.node, (waiting.get(to.node) ?? 0) - 1)
  }
  return { sorted, cycle: waiting.size === 0 ? undefined : findCycle(graph, new Set(waiting.keys())) }
}

/** Each of the nodes has an edge coming from another of them: going backwards has to meet a node again. */
function findCycle(graph: Graph, among: ReadonlySet<string>): string[] {
  const way: string[] = []
  let current = among.values().next().value
  while (current !== undefined && !way.includes(current)) {
    way.push(current)
    current = edgesInto(graph, current).find(({ from }) => among.has(from.node))?.from.node
  }
  return way.slice(current === undefined ? 0 : way.indexOf(current)).reverse()
}
