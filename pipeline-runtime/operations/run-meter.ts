import type { EngineMetrics, PartitionMetrics } from '../engine/metrics.ts'
import type { EngineTraffic } from '../engine/traffic.ts'
import type { NodeCounts } from '../rpc/run-state.ts'
import type { BoundNode } from '../runner/bindings.ts'
import { nodeCounts } from '../runner/node-counts.ts'
import type { BrokerOutage, CommitReport, IdentityKind, RunOptions, RunPulse, RunView, SourceEnd } from '../runner/run-options.ts'
import type { Spec } from '../spec/spec.ts'

export const RUN_PHASES = ['starting', 'running', 'stopping', 'ended', 'stopped', 'failed'] as const
export type RunPhase = (typeof RUN_PHASES)[number]

export const COMMIT_OUTCOMES = ['committed', 'refused', 'unknown', 'failed'] as const satisfies readonly CommitReport['outcome'][]

export interface RunFacts {
  readonly runId: string
  readonly spec: Spec
  readonly bound: readonly BoundNode[]
  readonly identity: IdentityKind['type']
}

/** Figures of one moment; everything that is counted is counted by this process. */
export interface RunReading {
  readonly clockMs: number
  readonly counts: readonly NodeCounts[]
  readonly metrics: EngineMetrics
  readonly traffic: EngineTraffic
  readonly written: ReadonlyMap<string, number>
  readonly stateBytes: ReadonlyMap<string, number>
  readonly waitedMs: ReadonlyMap<string, number>
  readonly ends: readonly SourceEnd[]
}

/** What is to be told of one run to those who operate it. It is asked at scrape time and keeps the last figures when the run is over. */
export class RunMeter {
  readonly facts: RunFacts
  readonly startedMs = Date.now()
  phase: RunPhase = 'starting'
  /** What is waited for before the first record is read. */
  step = 'reading the pipeline'
  failure: string | undefined
  readonly commits: Record<CommitReport['outcome'], number> = { committed: 0, refused: 0, unknown: 0, failed: 0 }
  lastCommitMs: number | undefined
  savedBytes: number | undefined
  private view: RunView | undefined
  private before: readonly NodeCounts[] = []
  private writtenBefore = new Map<string, number>()
  private last: RunReading | undefined
  private lastPulse: RunPulse | undefined
  private readonly waiting = new Map<string, BrokerOutage>()
  private readonly onCommitSeconds: (seconds: number) => void

  constructor(facts: RunFacts, onCommitSeconds: (seconds: number) => void = () => {}) {
    this.facts = facts
    this.onCommitSeconds = onCommitSeconds
  }

  get pipeline(): string {
    return this.facts.spec.drawing.name
  }

  get isOver(): boolean {
    return this.phase === 'ended' || this.phase === 'stopped' || this.phase === 'failed'
  }

  /** What `runPipeline` is to call. */
  readonly listeners = {
    onStep: (step: string) => {
      this.step = step
    },
    onOutage: (outage: BrokerOutage) => {
      const key = `${outage.what} ${outage.bootstrap}`
      if (outage.reason === undefined) this.waiting.delete(key)
      else this.waiting.set(key, outage)
    },
    onStart: (view: RunView) => this.begin(view),
    onCommit: ({ outcome, durationMs, savedBytes }: CommitReport) => {
      this.commits[outcome]++
      this.savedBytes = savedBytes ?? this.savedBytes
      if (outcome !== 'failed') this.lastCommitMs = Date.now()
      this.onCommitSeconds(durationMs / 1000)
    },
  } satisfies Partial<RunOptions>

  stopping(): void {
    if (!this.isOver) this.phase = 'stopping'
  }

  over(phase: 'ended' | 'stopped' | 'failed', failure?: string): void {
    this.last = this.reading()
    this.lastPulse = this.pulse()
    // Engine and readers can go.
    this.view = undefined
    this.waiting.clear()
    this.failure = failure
    this.phase = phase
  }

  /** Undefined until the engine has started. */
  reading(): RunReading | undefined {
    const { view } = this
    if (view === undefined) return this.last
    const { spec, bound } = this.facts
    const metrics = view.metrics()
    return {
      clockMs: view.nowMs(),
      counts: nodeCounts(spec, metrics).map((counts, i) => less(counts, this.before[i])),
      metrics,
      traffic: view.traffic(),
      written: new Map(metrics.nodes.map(({ nodeId, written }) => [nodeId, written - (this.writtenBefore.get(nodeId) ?? 0)])),
      stateBytes: view.stateBytes(),
      waitedMs: new Map(bound.flatMap(({ node, access }) => (access === 'write' ? [[node.id, view.waitedMs(node.id)] as const] : []))),
      ends: view.highWatermarks(),
    }
  }

  /** Empty until the engine has started. */
  partitions(): readonly PartitionMetrics[] {
    return (this.view?.metrics() ?? this.last?.metrics)?.partitions ?? []
  }

  pulse(): RunPulse | undefined {
    return this.view?.pulse() ?? this.lastPulse
  }

  outages(): readonly BrokerOutage[] {
    return [...this.waiting.values()]
  }

  private begin(view: RunView): void {
    // A run that was let go of may come to its start later.
    if (this.isOver) return
    this.view = view
    const metrics = view.metrics()
    this.before = nodeCounts(this.facts.spec, metrics)
    this.writtenBefore = new Map(metrics.nodes.map(({ nodeId, written }) => [nodeId, written]))
    if (this.phase === 'starting') this.phase = 'running'
  }
}

/** Saved state brings its counts along. A counter that came back from a crash lower than it was would look like one that began anew and had it all at once. */
function less(counts: NodeCounts, before: NodeCounts | undefined): NodeCounts {
  if (before === undefined) return counts
  return {
    nodeId: counts.nodeId,
    in: counts.in - before.in,
    out: counts.out - before.out,
    removed: counts.removed - before.removed,
    late: counts.late - before.late,
    errors: counts.errors - before.errors,
    setAside: counts.setAside - before.setAside,
    skipped: counts.skipped - before.skipped,
  }
}
