import type { SpecEdge, SpecStage } from '../spec/spec.ts'
import type { Graph } from './graph.ts'

export interface Stages {
  /** In document order. */
  readonly edges: readonly SpecEdge[]
  readonly stages: readonly SpecStage[]
  readonly stageOf: ReadonlyMap<string, number>
}

/**
 * Cuts the graph at the edges into nodes that group: rows are brought together there, and a new stage begins. A node stands in
 * the stage behind the most repartitions on any way to it; within the same depth, nodes that no edge connects are stages of their own.
 * An edge without `repartitionBy` between two stages (a way around a repartition into a union) keeps the partition of its rows.
 */
export function planStages(graph: Graph, sorted: readonly string[]): Stages {
  const edges = graph.edges.map(({ from, to }): SpecEdge => {
    const node = graph.nodes.get(to.node)
    const columns = node?.config === undefined ? undefined : node.kind?.groupedBy?.(node.config.value)
    return columns === undefined ? { from, to } : { from, to, repartitionBy: [...columns] }
  })
  const touching = new Map<string, SpecEdge[]>(sorted.map((id) => [id, []]))
  for (const edge of edges) {
    touching.get(edge.from.node)?.push(edge)
    touching.get(edge.to.node)?.push(edge)
  }
  const depth = new Map<string, number>()
  for (const id of sorted) {
    let deepest = 0
    for (const { from, to, repartitionBy } of touching.get(id) ?? []) {
      if (to.node === id) deepest = Math.max(deepest, (depth.get(from.node) ?? 0) + (repartitionBy === undefined ? 0 : 1))
    }
    depth.set(id, deepest)
  }
  const stages: { id: number; nodes: string[] }[] = []
  const stageOf = new Map<string, number>()
  for (let level = 0; stageOf.size < sorted.length; level++) {
    const here = sorted.filter((id) => depth.get(id) === level)
    for (const first of here) {
      if (stageOf.has(first)) continue
      const members = connected(first, new Set(here), touching)
      for (const id of members) stageOf.set(id, stages.length)
      stages.push({ id: stages.length, nodes: here.filter((id) => members.has(id)) })
    }
  }
  return { edges, stages, stageOf }
}

/** Everything that edges without a repartition connect with a node, in either direction. */
function connected(first: string, among: ReadonlySet<string>, touching: ReadonlyMap<string, readonly SpecEdge[]>): ReadonlySet<string> {
  const members = new Set([first])
  for (const id of members) {
    for (const { from, to, repartitionBy } of touching.get(id) ?? []) {
      if (repartitionBy !== undefined) continue
      if (from.node === id && among.has(to.node)) members.add(to.node)
      if (to.node === id && among.has(from.node)) members.add(from.node)
    }
  }
  return members
}
