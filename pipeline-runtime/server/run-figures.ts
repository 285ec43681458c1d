import type { EngineMetrics, NodeMetrics, PartitionMetrics } from '../engine/metrics.ts'
import type { NodeCounts, NodeFigures, PartitionFigures, RunFigures } from '../rpc/run-state.ts'
import { asFigureList } from '../rpc/wire-forms.ts'
import { nodeCounts } from '../runner/node-counts.ts'
import type { RunView, SourceEnd } from '../runner/run-options.ts'
import type { Spec } from '../spec/spec.ts'

/** What cannot be asked for at any moment: it belongs to the interval between two figures. */
export interface IntervalFigures {
  /** Share of the interval for which the run waited, by sink. */
  readonly waitShares: ReadonlyMap<string, number>
}

export function runFigures(spec: Spec, view: RunView, interval: IntervalFigures, logs: number): RunFigures {
  const metrics = view.metrics()
  const ends = view.highWatermarks()
  const [share, playback] = [view.share(), view.playback()]
  return {
    nowMs: view.nowMs(),
    ...(share === undefined ? {} : { share }),
    ...(playback === undefined ? {} : { playback }),
    nodes: nodeFigures(spec, metrics, ends, interval),
    partitions: metrics.partitions.map((partition) => partitionFigures(partition, endOf(partition, ends))),
    logs,
  }
}

function nodeFigures(spec: Spec, metrics: EngineMetrics, ends: readonly SourceEnd[], interval: IntervalFigures): readonly NodeFigures[] {
  const byId = new Map(metrics.nodes.map((node) => [node.nodeId, node]))
  const behind = new Map<string, number>()
  for (const partition of metrics.partitions) {
    const end = endOf(partition, ends)
    if (end !== undefined)
      behind.set(partition.source, (behind.get(partition.source) ?? 0) + Math.max(0, end - (partition.position ?? end)))
  }
  const figures = nodeCounts(spec, metrics).map((counts) =>
    figuresOf(counts, byId.get(counts.nodeId), behind.get(counts.nodeId), interval.waitShares.get(counts.nodeId)),
  )
  return asFigureList(figures)
}

function figuresOf(
  counts: NodeCounts,
  metrics: NodeMetrics | undefined,
  behind: number | undefined,
  waitShare: number | undefined,
): NodeFigures {
  const figures: NodeFigures & { behind?: number; waitShare?: number } = Object.assign(counts, {
    written: metrics?.written ?? 0,
    edgesIn: metrics?.rowsIn ?? [],
    ports: metrics?.rowsOut ?? {},
    completeToMs: completeTo(metrics?.watermark ?? Number.NEGATIVE_INFINITY),
    idle: metrics?.idle ?? false,
    stateKeys: metrics?.stateKeys ?? 0,
  })
  if (behind !== undefined) figures.behind = behind
  if (waitShare !== undefined) figures.waitShare = waitShare
  return figures
}

function partitionFigures(partition: PartitionMetrics, end: number | undefined): PartitionFigures {
  return {
    nodeId: partition.source,
    partition: partition.partition,
    position: partition.position ?? null,
    highWatermark: end ?? null,
    completeToMs: completeTo(partition.watermark),
    status: partition.status,
  }
}

function endOf({ source, partition }: PartitionMetrics, ends: readonly SourceEnd[]): number | undefined {
  return ends.find((end) => end.nodeId === source && end.partition === partition)?.offset
}

function completeTo(watermark: number): number | null | 'end' {
  if (watermark === Number.NEGATIVE_INFINITY) return null
  return watermark === Number.POSITIVE_INFINITY ? 'end' : watermark
}
