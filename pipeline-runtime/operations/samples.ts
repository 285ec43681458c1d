import type { NodeMetrics, PartitionMetrics } from '../engine/metrics.ts'
import type { BoundNode } from '../runner/bindings.ts'
import type { Sample } from './metric-list.ts'
import { COMMIT_OUTCOMES, RUN_PHASES, type RunMeter, type RunReading } from './run-meter.ts'

type Labels = Sample['labels']

/** All values of one run at this moment. */
export function samplesOf(run: RunMeter, nowMs: number): Sample[] {
  const reading = run.reading()
  return [...runSamples(run), ...(reading === undefined ? [] : [...nodeSamples(run, reading), ...partitionSamples(run, reading, nowMs)])]
}

function runSamples(run: RunMeter): Sample[] {
  const { facts } = run
  const labels = { pipeline: run.pipeline }
  const down = new Set(run.outages().map(({ bootstrap, what }) => `${what} ${bootstrap}`))
  return [
    { metric: 'runInfo', labels: { ...labels, run: facts.runId, spec: facts.spec.hash, identity: facts.identity }, value: 1 },
    ...RUN_PHASES.map((state): Sample => ({ metric: 'runState', labels: { ...labels, state }, value: run.phase === state ? 1 : 0 })),
    { metric: 'runStart', labels, value: run.startedMs / 1000 },
    ...known('runTurn', labels, seconds(run.pulse()?.turnedMs)),
    ...clustersOf(facts.bound).map(({ cluster, activity }): Sample => {
      return { metric: 'clusterUnreachable', labels: { ...labels, cluster, activity }, value: down.has(`${activity} ${cluster}`) ? 1 : 0 }
    }),
    ...COMMIT_OUTCOMES.map((outcome): Sample => ({ metric: 'commits', labels: { ...labels, outcome }, value: run.commits[outcome] })),
    ...known('lastCommit', labels, seconds(run.lastCommitMs)),
    ...known('savedState', labels, run.savedBytes),
  ]
}

function nodeSamples({ pipeline, facts }: RunMeter, reading: RunReading): Sample[] {
  const metrics = new Map(reading.metrics.nodes.map((node) => [node.nodeId, node]))
  const traffic = new Map(reading.traffic.nodes.map((node) => [node.nodeId, node]))
  const kinds = new Map(facts.spec.nodes.map(({ id, kind }) => [id, kind]))
  const access = new Map(facts.bound.map(({ node, access }) => [node.id, access]))
  return reading.counts.flatMap((counts): Sample[] => {
    const { nodeId } = counts
    const labels = { pipeline, node: nodeId }
    const bytes = traffic.get(nodeId)
    const samples: Sample[] = [
      { metric: 'nodeInfo', labels: { ...labels, kind: kinds.get(nodeId) ?? 'unknown' }, value: 1 },
      { metric: 'nodeIn', labels, value: counts.in },
      { metric: 'nodeOut', labels, value: counts.out },
      { metric: 'nodeRemoved', labels, value: counts.removed },
      { metric: 'nodeLate', labels, value: counts.late },
      { metric: 'nodeErrors', labels, value: counts.errors },
      { metric: 'nodeSetAside', labels, value: counts.setAside },
      { metric: 'nodeSkipped', labels, value: counts.skipped },
      { metric: 'nodeStateBytes', labels, value: reading.stateBytes.get(nodeId) ?? 0 },
      ...stateSamples(labels, metrics.get(nodeId), reading.clockMs),
    ]
    if (access.get(nodeId) === 'read') samples.push({ metric: 'sourceBytes', labels, value: bytes?.bytesIn ?? 0 })
    if (access.get(nodeId) === 'write') {
      samples.push(
        { metric: 'sinkRecords', labels, value: reading.written.get(nodeId) ?? 0 },
        { metric: 'sinkBytes', labels, value: bytes?.bytesOut ?? 0 },
        { metric: 'sinkWait', labels, value: (reading.waitedMs.get(nodeId) ?? 0) / 1000 },
      )
    }
    return samples
  })
}

function stateSamples(labels: Labels, node: NodeMetrics | undefined, clockMs: number): Sample[] {
  if (node === undefined) return []
  return [
    { metric: 'nodeIdle', labels, value: node.idle ? 1 : 0 },
    { metric: 'nodeStateKeys', labels, value: node.stateKeys },
    { metric: 'nodeTimers', labels, value: node.timers },
    ...known('nodeWatermarkDelay', labels, delaySeconds(node.watermark, clockMs)),
  ]
}

function partitionSamples({ pipeline, facts }: RunMeter, reading: RunReading, nowMs: number): Sample[] {
  const topics = new Map(facts.bound.map((node) => [node.node.id, node.type === 'file' ? node.path : node.topic]))
  const ends = new Map(reading.ends.map(({ nodeId, partition, offset }) => [`${nodeId} ${partition}`, offset]))
  const timestamps = new Map(reading.traffic.partitions.map((of) => [`${of.source} ${of.partition}`, of.lastTimestamp]))
  return reading.metrics.partitions.flatMap((partition): Sample[] => {
    const { source, position } = partition
    const key = `${source} ${partition.partition}`
    const labels = { pipeline, node: source, topic: topics.get(source) ?? '', partition: String(partition.partition) }
    const end = ends.get(key)
    const lag = end === undefined || position === undefined ? undefined : Math.max(0, end - position)
    return [
      { metric: 'partitionAssigned', labels, value: isAssigned(partition) ? 1 : 0 },
      { metric: 'partitionIdle', labels, value: partition.status === 'idle' ? 1 : 0 },
      ...known('partitionPosition', labels, position),
      ...known('partitionEnd', labels, end),
      ...known('partitionLag', labels, lag),
      ...known('partitionLagTime', labels, lagSeconds(lag, timestamps.get(key), nowMs)),
      ...known('partitionWatermarkDelay', labels, delaySeconds(partition.watermark, reading.clockMs)),
    ]
  })
}

/** Whether the run knows where to read it from, and nobody has taken it away. */
export function isAssigned({ owned, position, status }: PartitionMetrics): boolean {
  return status === 'ended' || (owned && position !== undefined)
}

function lagSeconds(lag: number | undefined, lastTimestamp: number | undefined, nowMs: number): number | undefined {
  if (lag === undefined || lag === 0) return lag
  return lastTimestamp === undefined ? undefined : Math.max(0, nowMs - lastTimestamp) / 1000
}

function delaySeconds(watermark: number, clockMs: number): number | undefined {
  if (watermark === Number.NEGATIVE_INFINITY) return undefined
  return watermark === Number.POSITIVE_INFINITY ? 0 : (clockMs - watermark) / 1000
}

function clustersOf(bound: readonly BoundNode[]): { readonly cluster: string; readonly activity: string }[] {
  const keys = new Map<string, { readonly cluster: string; readonly activity: string }>()
  for (const node of bound) {
    if (node.type !== 'topic' || node.target.type !== 'kafka') continue
    const place = { cluster: node.target.config.bootstrap, activity: node.access === 'read' ? 'reading' : 'writing' }
    keys.set(`${place.activity} ${place.cluster}`, place)
  }
  return [...keys.values()]
}

function known(metric: Sample['metric'], labels: Labels, value: number | undefined): Sample[] {
  return value === undefined ? [] : [{ metric, labels, value }]
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000
}
