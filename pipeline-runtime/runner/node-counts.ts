import type { EngineMetrics, NodeMetrics } from '../engine/metrics.ts'
import type { NodeCounts } from '../rpc/run-state.ts'
import type { Spec, SpecNode } from '../spec/spec.ts'

/** One for each node of the spec, in its order. */
export function nodeCounts(spec: Spec, metrics: EngineMetrics): NodeCounts[] {
  const byId = new Map(metrics.nodes.map((node) => [node.nodeId, node]))
  return spec.nodes.map((node) => countsOf(node, byId.get(node.id)))
}

function countsOf(node: SpecNode, metrics: NodeMetrics | undefined): NodeCounts {
  const counters = metrics?.counters
  const out = Object.entries(metrics?.rowsOut ?? {}).filter(([port]) => node.outputs[port]?.role === 'rows')
  return {
    nodeId: node.id,
    in: (metrics?.records ?? 0) + sum(metrics?.rowsIn ?? []),
    out: sum(out.map(([, rows]) => rows)),
    removed: counters?.removed ?? 0,
    late: counters?.late ?? 0,
    errors: counters?.errors ?? 0,
    setAside: counters?.deadLettered ?? 0,
    skipped: counters?.skipped ?? 0,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
