import type { OpenRow } from '../engine/open-rows.ts'
import { kinds } from '../nodes/catalog.ts'
import { operators } from '../nodes/operators.ts'
import type { RunMeter } from '../operations/run-meter.ts'
import { isOver, type RunFigures, type RunState, type RunUpdate } from '../rpc/run-state.ts'
import type { RunTarget } from '../rpc/run-target.ts'
import { type BoundNode, bindNodes } from '../runner/bindings.ts'
import { runPipeline } from '../runner/run.ts'
import type { RunOptions, RunView } from '../runner/run-options.ts'
import type { LocalTarget, Target } from '../runner/targets.ts'
import type { Spec } from '../spec/spec.ts'
import { LogLines } from './log-lines.ts'
import { Outages } from './outages.ts'
import { RowKeeper } from './row-keeper.ts'
import { runFailure } from './run-failure.ts'
import { runFigures } from './run-figures.ts'
import { type RunWatch, runLogs } from './run-logs.ts'

const UPDATE_MS = 250
/** How long a run that is let go of may take to notice it. */
const FORCED_MS = 3_000
/** Before the first record is read there is nothing to save, only a cluster that may not answer. */
const START_PATIENCE_MS = 500
/** A sink that takes nothing for so long must not keep a run from stopping: what was not saved is done again by the next one. */
const PATIENCE_MS = 15_000
const KEPT_OPEN_ROWS = 1_000

export interface PipelineRunOptions {
  readonly runId: string
  readonly documentId: string
  readonly target: RunTarget
  readonly bound: readonly BoundNode<Target | LocalTarget>[]
  /** What the connections mean. May take its time, and says of what: a local Kafka that has to be started. */
  readonly connect: (say: (step: string) => void) => Promise<RunOptions['targets']>
  readonly watch?: RunWatch | undefined
  readonly run: Omit<RunOptions, 'kinds' | 'operators' | 'targets' | 'log' | 'onStep' | 'onOutage' | 'onStart' | 'tap' | 'signal' | 'force'>
}

/** One run with all that can be asked about it, while it goes on and after. */
export class PipelineRun {
  readonly runId: string
  readonly documentId: string
  readonly logs = new LogLines()
  private readonly log: ReturnType<typeof runLogs>
  private meter: RunMeter | undefined
  readonly rows: RowKeeper
  private readonly options: PipelineRunOptions
  private readonly outages = new Outages()
  private readonly startedMs = performance.now()
  private readonly stopSignal = new AbortController()
  private readonly forceSignal = new AbortController()
  private readonly ticks: NodeJS.Timeout
  private state: RunState = { type: 'starting', step: 'reading the pipeline' }
  private view: RunView | undefined
  private latest: RunUpdate
  private waited = new Map<string, number>()
  private listeners: (() => void)[] = []
  private readonly openAtEnd = new Map<string, readonly OpenRow[]>()

  constructor(options: PipelineRunOptions) {
    this.options = options
    this.runId = options.runId
    this.documentId = options.documentId
    this.log = runLogs(this.logs, options.watch?.runLog, { run: this.runId, pipeline: options.run.spec.drawing.name })
    this.rows = new RowKeeper(options.run.spec, kinds)
    this.latest = this.update()
    this.ticks = setInterval(() => this.refresh(), UPDATE_MS)
    this.go().catch(() => {}) // it has made a state of what went wrong
  }

  get spec(): Spec {
    return this.options.run.spec
  }

  get isOver(): boolean {
    return isOver(this.state)
  }

  /** Whether it was asked to stop. */
  get isStopping(): boolean {
    return this.stopSignal.signal.aborted
  }

  /** As of now. */
  current(): RunUpdate {
    return this.isOver ? this.latest : { ...this.latest, state: this.state }
  }

  /** The latest state, at most four times a second, until the run is over. A reader that is slower misses some and never the last. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<RunUpdate, void> {
    let told = this.current()
    yield told
    while (!isOver(told.state) && signal?.aborted !== true) {
      // It may have ended while the reader was busy.
      if (!this.isOver) await this.nextUpdate()
      told = this.latest
      yield told
    }
  }

  /** Once: ends after the batch at hand, with state saved and outputs flushed. Twice: lets go of everything at once. */
  stop(): void {
    if (this.isOver) return
    if (!this.stopSignal.signal.aborted) {
      this.stopSignal.abort()
      this.meter?.stopping()
      this.become({ type: 'stopping' })
      setTimeout(() => this.stop(), this.view === undefined ? START_PATIENCE_MS : PATIENCE_MS).unref()
    } else if (!this.forceSignal.signal.aborted) {
      this.forceSignal.abort()
      const patience = this.view === undefined ? START_PATIENCE_MS : FORCED_MS
      setTimeout(() => this.over({ type: 'stopped', durationMs: this.elapsedMs() }), patience).unref()
    }
  }

  /** Rows of time windows that are open at a step. */
  openRows(nodeId: string, port: string, limit: number): readonly OpenRow[] {
    return this.view?.openRows(nodeId, port, limit) ?? this.openAtEnd.get(`${nodeId}.${port}`)?.slice(0, limit) ?? []
  }

  /** Resolves when the run is over. */
  async finished(): Promise<void> {
    while (!this.isOver) await this.nextUpdate()
  }

  private async go(): Promise<void> {
    const { clusterWrites } = this.options.run
    // The start is answered first: opening a large graph takes its time.
    await new Promise((resolve) => setImmediate(resolve))
    try {
      const targets = await this.options.connect((step) => this.become({ type: 'starting', step }))
      if (this.isOver) return
      if (this.stopSignal.signal.aborted) return this.over({ type: 'stopped', durationMs: this.elapsedMs() })
      this.log.info({}, startLine(this.options.bound, targets, clusterWrites))
      this.meter = this.measure(targets)
      const meter = this.meter?.listeners
      const result = await runPipeline({
        ...this.options.run,
        targets,
        kinds,
        operators,
        log: this.log,
        onStep: (step) => {
          meter?.onStep(step)
          this.become({ type: 'starting', step })
        },
        onOutage: (outage) => {
          meter?.onOutage(outage)
          this.outages.take(outage)
        },
        onStart: (view) => {
          meter?.onStart(view)
          this.begin(view)
        },
        onCommit: meter?.onCommit,
        tap: (tap) => !this.isOver && this.rows.take(tap),
        signal: this.stopSignal.signal,
        force: this.forceSignal.signal,
      })
      this.over({ type: result.outcome, durationMs: result.durationMs })
    } catch (error) {
      if (this.stopSignal.signal.aborted && this.view === undefined) {
        this.over({ type: 'stopped', durationMs: this.elapsedMs() })
      } else if (this.forceSignal.signal.aborted) {
        this.log.warn({}, 'stopped at once: what was done since the last save is done again by the next run')
        this.over({ type: 'stopped', durationMs: this.elapsedMs() })
      } else this.fail(error)
    }
  }

  /** For those who operate the process; absent in the desktop app. */
  private measure(targets: RunOptions['targets']): RunMeter | undefined {
    const { run, watch } = this.options
    const { spec, identity } = run
    const bound = bindNodes(spec, kinds, targets)
    return watch?.operations?.begin({ runId: this.runId, spec, bound, identity: identity?.type ?? 'production' })
  }

  private fail(error: unknown): void {
    const failure = runFailure(error, this.options.bound)
    const { code, message, ...place } = failure
    this.log.error({ code, ...place }, message)
    this.over({ type: 'failed', failure })
  }

  private begin(view: RunView): void {
    if (this.isOver) return
    this.view = view
    this.rows.begin(view.metrics())
    if (this.state.type === 'starting') this.become({ type: 'running' })
  }

  private become(state: RunState): void {
    // What is still being opened must not hide that the run is to stop.
    if (this.isOver || (state.type === 'starting' && this.state.type !== 'starting')) return
    this.state = state
  }

  private over(state: Extract<RunState, { readonly type: 'ended' | 'stopped' | 'failed' }>): void {
    if (this.isOver) return
    this.state = state
    this.meter?.over(state.type, state.type === 'failed' ? state.failure.message : undefined)
    clearInterval(this.ticks)
    this.keepOpenRows()
    if (this.view !== undefined) this.rows.end(this.view.metrics())
    this.refresh()
    // Engine and readers can go; figures and rows stay.
    this.view = undefined
  }

  private keepOpenRows(): void {
    for (const { id, outputs } of this.spec.nodes) {
      for (const port of Object.keys(outputs)) {
        const rows = this.view?.openRows(id, port, KEPT_OPEN_ROWS) ?? []
        if (rows.length > 0) this.openAtEnd.set(`${id}.${port}`, rows)
      }
    }
  }

  private refresh(): void {
    this.latest = this.update()
    for (const listener of this.listeners.splice(0)) listener()
  }

  private nextUpdate(): Promise<void> {
    return new Promise((resolve) => this.listeners.push(resolve))
  }

  private update(): RunUpdate {
    const elapsedMs = this.elapsedMs()
    const figures = this.figures(elapsedMs)
    const outage = this.isOver ? undefined : this.outages.current()
    return {
      runId: this.runId,
      documentId: this.documentId,
      specHash: this.spec.hash,
      target: this.options.target,
      armed: this.options.run.clusterWrites === 'write',
      state: this.state,
      elapsedMs,
      ...(figures === undefined ? {} : { figures }),
      ...(outage === undefined ? {} : { outage }),
    }
  }

  private figures(elapsedMs: number): RunFigures | undefined {
    const { view } = this
    if (view === undefined) return this.latest?.figures
    const intervalMs = Math.max(1, elapsedMs - (this.latest?.elapsedMs ?? 0))
    const waitShares = new Map<string, number>()
    for (const { node, access } of this.options.bound) {
      if (access !== 'write') continue
      const waitedMs = view.waitedMs(node.id)
      waitShares.set(node.id, Math.min(1, (waitedMs - (this.waited.get(node.id) ?? 0)) / intervalMs))
      this.waited.set(node.id, waitedMs)
    }
    return runFigures(this.spec, view, { waitShares }, this.logs.total)
  }

  private elapsedMs(): number {
    return Math.round(performance.now() - this.startedMs)
  }
}

function startLine(
  bound: PipelineRunOptions['bound'],
  targets: RunOptions['targets'],
  clusterWrites: 'write' | 'count' | undefined,
): string {
  const topics = bound.filter(({ type }) => type === 'topic')
  if (topics.length === 0) return 'run started'
  const addresses = [...targets.values()].flatMap((target) => (target.type === 'kafka' ? [target.config.bootstrap] : []))
  if (addresses.length === 0) return 'run started on sample data'
  const local = topics.some((node) => node.type === 'topic' && node.target.type === 'local') ? 'the local Kafka, ' : ''
  const place = `run started on ${local}${[...new Set(addresses)].join(', ')}`
  if (!topics.some(({ access }) => access === 'write')) return place
  return clusterWrites === 'write'
    ? `${place}, writing topics`
    : `${place}; writing is off: what would be written is counted and thrown away`
}
