import { compareDoubles } from '../data/value.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import type { Spec } from '../spec/spec.ts'
import { EngineFailure } from './engine-failure.ts'
import { type Explanation, explainNode } from './explain.ts'
import type { EngineInput, EngineOutput, EngineTap } from './input.ts'
import { type EngineMetrics, nodeMetrics, partitionMetrics } from './metrics.ts'
import type { NodeTask } from './node-task.ts'
import { type OpenRow, openRowsOf } from './open-rows.ts'
import type { OperatorFactory, OutgoingRecord, SinkLimits } from './operator.ts'
import type { EngineSnapshot } from './snapshot.ts'
import { SourceInputs } from './source-inputs.ts'
import { StateHash } from './state-hash.ts'
import { buildGraph, type TaskGraph } from './task-graph.ts'
import { topologyOf } from './topology.ts'
import { type EngineTraffic, nodeTraffic, partitionTraffic } from './traffic.ts'

export interface EngineOptions {
  readonly spec: Spec
  /** Running code and definitions by kind. */
  readonly operators: Readonly<Record<string, OperatorFactory>>
  readonly kinds: Readonly<Record<string, NodeKind>>
  /** Number of partitions by source node; 1 where absent. */
  readonly partitions: Readonly<Record<string, number>>
  readonly nowMs: number
  readonly restore?: EngineSnapshot | undefined
  /** What the topics of sinks take, by node, as far as it is known. */
  readonly sinkLimits?: Readonly<Record<string, SinkLimits>>
  readonly onOutput: (output: EngineOutput) => void
  /** Called for the nodes that `setTaps` names. */
  readonly tap?: ((tap: EngineTap) => void) | undefined
}

/**
 * A spec in execution: a deterministic state machine. Input is taken in synchronously and has had all its effects when `input`
 * returns; the engine reads no clock, no random source and no network.
 */
export interface Engine {
  /** Throws EngineFailure; after that the engine takes no more. */
  input(event: EngineInput): void
  setTaps(nodeIds: 'all' | Iterable<string>): void
  snapshot(): EngineSnapshot
  metrics(): EngineMetrics
  traffic(): EngineTraffic
  explain(nodeId: string): Explanation
  /** Rows that would leave a node by a port if their time came now: time windows that are still open. */
  openRows(nodeId: string, port: string, limit: number): readonly OpenRow[]
  /** A hash over stores and timers that does not depend on the way that led there (rule 38). */
  stateHash(): string
  /** Bytes that the keyed state of each node would take in a save, estimated from some entries of each store. */
  stateBytes(): ReadonlyMap<string, number>
  /** Whether every source partition has ended. */
  readonly ended: boolean
  readonly failure: EngineFailure | undefined
}

export function createEngine(options: EngineOptions): Engine {
  return new TaskEngine(options)
}

class TaskEngine implements Engine {
  failure: EngineFailure | undefined
  /** Read by tasks through their host. */
  nowMs: number
  private readonly options: EngineOptions
  private readonly graph: TaskGraph
  private readonly sources: SourceInputs
  private taps: 'all' | ReadonlySet<string> = new Set()
  private busy = false

  constructor(options: EngineOptions) {
    this.options = options
    this.nowMs = Math.max(options.nowMs, options.restore?.nowMs ?? options.nowMs)
    const nodes = topologyOf(options.spec, options.kinds, options.partitions)
    this.graph = buildGraph({
      nodes,
      operators: options.operators,
      timeZone: options.spec.timeZone,
      nowMs: this.nowMs,
      sinkLimits: options.sinkLimits ?? {},
      host: this,
    })
    this.sources = new SourceInputs(this.graph)
    if (options.restore !== undefined) this.restore(options.restore)
    else for (const task of this.graph.withoutPartition) task.moveTo(Number.POSITIVE_INFINITY)
  }

  // --- TaskHost ----------------------------------------------------------------------------------------------------------

  write(nodeId: string, task: number, records: readonly OutgoingRecord[]): void {
    this.options.onOutput({ type: 'write', nodeId, task, records })
  }

  isTapped(nodeId: string): boolean {
    return this.options.tap !== undefined && (this.taps === 'all' || this.taps.has(nodeId))
  }

  tap(tap: EngineTap): void {
    this.options.tap?.(tap)
  }

  // --- Engine ------------------------------------------------------------------------------------------------------------

  get ended(): boolean {
    return this.graph.partitions.every((partition) => partition.status === 'ended')
  }

  input(event: EngineInput): void {
    if (this.failure !== undefined) throw this.failure
    if (this.busy) throw new Error('The engine was given input while it worked on input.')
    this.busy = true
    try {
      this.take(event)
    } catch (error) {
      this.failure = EngineFailure.of('source' in event ? event.source : '', error)
      throw this.failure
    } finally {
      this.busy = false
    }
  }

  setTaps(nodeIds: 'all' | Iterable<string>): void {
    this.taps = nodeIds === 'all' ? 'all' : new Set(nodeIds)
  }

  snapshot(): EngineSnapshot {
    this.checkWhole()
    return {
      engineVersion: 1,
      specHash: this.options.spec.hash,
      nowMs: this.nowMs,
      partitions: this.graph.partitions.map((partition) => partition.snapshot()),
      tasks: this.graph.tasks.map((task) => task.snapshot()),
    }
  }

  metrics(): EngineMetrics {
    return {
      nowMs: this.nowMs,
      nodes: Array.from(this.graph.byNode, ([nodeId, tasks]) => nodeMetrics(nodeId, tasks)),
      partitions: this.graph.partitions.map(partitionMetrics),
    }
  }

  explain(nodeId: string): Explanation {
    return explainNode(nodeId, {
      tasksOf: (id) => this.graph.byNode.get(id) ?? [],
      originsOf: (task) => this.graph.origins.get(task) ?? [],
      partitionOf: (task) => this.graph.partitionOfTask.get(task),
    })
  }

  openRows(nodeId: string, port: string, limit: number): readonly OpenRow[] {
    return openRowsOf(this.graph, nodeId, port, limit)
  }

  stateHash(): string {
    const sum = new StateHash()
    for (const task of this.graph.tasks) task.addToHash(sum)
    return sum.toString()
  }

  traffic(): EngineTraffic {
    return {
      nodes: Array.from(this.graph.byNode, ([nodeId, tasks]) => nodeTraffic(nodeId, tasks)),
      partitions: this.graph.partitions.map(partitionTraffic),
    }
  }

  stateBytes(): ReadonlyMap<string, number> {
    const sum = (tasks: readonly NodeTask[]) => tasks.reduce((bytes, task) => bytes + task.stores.estimatedBytes(), 0)
    return new Map(Array.from(this.graph.byNode, ([nodeId, tasks]) => [nodeId, sum(tasks)]))
  }

  // -----------------------------------------------------------------------------------------------------------------------

  private take(event: EngineInput): void {
    switch (event.type) {
      case 'records':
        this.sources.takeRecords(this.sources.partition(event.source, event.partition), event.topic, event.records, this.nowMs)
        break
      case 'rows':
        this.sources.takeRows(this.sources.partition(event.source, event.partition), event.port, event.batch, this.nowMs)
        break
      case 'watermark':
        this.sources.takeWatermark(this.sources.partition(event.source, event.partition), event.watermark, this.nowMs)
        break
      case 'tick':
        this.tick(event.nowMs)
        break
      case 'caught-up':
        this.sources.partition(event.source, event.partition).caughtUp = true
        break
      case 'ended':
        this.sources.partition(event.source, event.partition).end(this.nowMs)
        break
      case 'assigned':
        this.sources.partition(event.source, event.partition).assign(event.offset, this.nowMs)
        break
      case 'revoked':
      case 'lost':
        this.sources.partition(event.source, event.partition).owned = false
        break
      case 'paused':
        this.sources.partition(event.source, event.partition).paused = true
        break
      case 'resumed':
        this.sources.partition(event.source, event.partition).paused = false
        break
      // Both are inputs so that a capture has them; state held per commit comes with exactly-once.
      case 'commit-boundary':
      case 'commit-outcome':
        break
    }
  }

  private tick(nowMs: number): void {
    const passed = nowMs - this.nowMs
    if (passed < 0) return
    this.nowMs = nowMs
    // The furthest first, so that of several that fall idle at once none makes the watermark jump to another's (rule 6: it holds).
    const idle = this.graph.partitions
      .filter((partition) => partition.tick(passed))
      .sort((a, b) => compareDoubles(b.watermark, a.watermark))
    for (const partition of idle) partition.fallIdle(nowMs)
    for (const task of this.graph.tasks) task.tick(nowMs)
  }

  private checkWhole(): void {
    if (this.busy) throw new Error('A snapshot cannot be taken while the engine works on input.')
    if (this.failure !== undefined) throw new Error('The engine stopped with a failure; its state is not whole.', { cause: this.failure })
  }

  private restore(snapshot: EngineSnapshot): void {
    const mismatch = this.mismatch(snapshot)
    if (mismatch !== undefined)
      throw new EngineFailure('', { code: 'SNAPSHOT_MISMATCH', message: `The saved state does not fit this pipeline: ${mismatch}` })
    snapshot.partitions.forEach((saved, i) => {
      this.graph.partitions[i]?.restore(saved)
    })
    snapshot.tasks.forEach((saved, i) => {
      this.graph.tasks[i]?.restore(saved)
    })
  }

  private mismatch(snapshot: EngineSnapshot): string | undefined {
    if (snapshot.engineVersion !== 1) return `it has version ${snapshot.engineVersion}, this one reads 1.`
    if (snapshot.specHash !== this.options.spec.hash) return 'the pipeline was changed since it was saved.'
    const tasks = (list: readonly { node: string; task: number }[]) => list.map((t) => `${t.node}/${t.task}`).join(' ')
    const partitions = (list: readonly { source: string; partition: number }[]) => list.map((p) => `${p.source}/${p.partition}`).join(' ')
    if (
      partitions(snapshot.partitions) !== partitions(this.graph.partitions) ||
      tasks(snapshot.tasks) !== tasks(this.graph.tasks.map((task) => ({ node: task.nodeId, task: task.task })))
    ) {
      return `it was saved with other partitions (${partitions(snapshot.partitions)}; now ${partitions(this.graph.partitions)}).`
    }
    return undefined
  }
}
