import type { Batch } from '../data/batch.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import type { EngineOutput } from '../engine/input.ts'
import { bindNodes } from './bindings.ts'
import { checkFiles } from './check-files.ts'
import { FailedRowsLog } from './failed-rows-log.ts'
import { type Inputs, openInputs } from './inputs.ts'
import { type Outputs, openOutputs } from './outputs.ts'
import { RunError } from './run-error.ts'
import { runIdentity } from './run-identity.ts'
import type { CommitReport, RunOptions, RunPulse, RunResult, RunView } from './run-options.ts'
import { SinkWaits } from './sink-waits.ts'
import { type SavedRun, SnapshotFile } from './snapshot-file.ts'
import { Turns } from './turns.ts'
import { waitFor } from './waiting.ts'

const POLL_WAIT_MS = 100
const TICK_INTERVAL_MS = 100
const PROGRESS_INTERVAL_MS = 250

/**
 * Drives the engine: polls the readers, feeds what they say, writes what comes out, and saves state together with the positions
 * that it covers. The only place that knows both the engine and the world. Throws RunError, LogError or EngineFailure.
 */
export async function runPipeline(options: RunOptions): Promise<RunResult> {
  const { spec, log } = options
  const startedMs = Date.now()
  const bound = bindNodes(spec, options.kinds, options.targets)
  checkFiles(bound, options.folder, options.allowedFolders)
  const identity = runIdentity(options, bound)
  const { group } = identity
  const snapshotFile = identity.durable && group !== undefined ? new SnapshotFile(options.dataDir, group, identity.target) : undefined
  const release = snapshotFile?.lock()
  let inputs: Inputs | undefined
  let outputs: Outputs | undefined
  const letGo = () => {
    outputs?.abandon()
    inputs?.close()
  }
  options.force?.addEventListener('abort', letGo)
  try {
    const saved = snapshotFile && readSaved(snapshotFile, options)
    outputs = await openOutputs(bound, options, saved?.fileLengths)
    inputs = await openInputs(bound, options, identity, saved)
    if (saved !== undefined) checkPartitions(saved, inputs.partitions)
    const sinks = options.onSinkRows === undefined ? new Set<string>() : sinksOf(options)
    const pending: Pending = { outputs: [], rows: [] }
    const engine = createEngine({
      spec,
      operators: options.operators,
      kinds: Object.fromEntries(options.kinds.map((kind) => [kind.kind, kind])),
      partitions: inputs.partitions,
      sinkLimits: outputs.sinkLimits,
      nowMs: inputs.clock.nowMs(),
      restore: saved?.engine,
      onOutput: (output) => pending.outputs.push(output),
      tap: (tap) => {
        options.tap?.(tap)
        if (tap.direction === 'in' && sinks.has(tap.nodeId)) pending.rows.push({ nodeId: tap.nodeId, batch: tap.batch })
      },
    })
    engine.setTaps(options.tap === undefined ? sinks : 'all')
    const run = new Run(options, engine, inputs, outputs, pending, snapshotFile, startedMs)
    options.onStart?.(run)
    const outcome = await run.loop()
    await outputs.close()
    if (outcome === 'ended') snapshotFile?.remove()
    log.info({ outcome }, 'run finished')
    return { outcome, metrics: engine.metrics(), durationMs: Date.now() - startedMs }
  } finally {
    options.force?.removeEventListener('abort', letGo)
    await inputs?.close()
    await outputs?.abandon()
    release?.()
  }
}

/** State of an earlier run that this one continues. */
function readSaved(file: SnapshotFile, options: RunOptions): SavedRun | undefined {
  const start = options.start
  const saved = file.read()
  if (saved === undefined) return undefined
  if (start !== undefined && start.type !== 'continue') {
    options.log.warn({ file: file.file }, 'starting over: the state of the earlier run is not used')
    return undefined
  }
  if (saved.specHash !== options.spec.hash) {
    throw new RunError(
      'STATE_OF_OTHER_SPEC',
      `The pipeline was changed since its state was saved (${file.file}). Start over with --from earliest, --from latest or a time, or run the old version.`,
      {
        onScreen:
          'The pipeline was changed since it last ran, so it cannot go on with what it remembers. Start over, or undo the change and run again.',
      },
    )
  }
  options.log.info({ file: file.file }, 'continuing from saved state')
  return saved
}

/** What the engine has given and the world has not taken yet. */
interface Pending {
  outputs: EngineOutput[]
  rows: { readonly nodeId: string; readonly batch: Batch }[]
}

function sinksOf({ spec, kinds }: RunOptions): ReadonlySet<string> {
  const sinks = new Set(kinds.filter(({ category }) => category === 'write').map(({ kind }) => kind))
  return new Set(spec.nodes.filter(({ kind }) => sinks.has(kind)).map(({ id }) => id))
}

/** State belongs to the partitions that it was made with (semantics rule 19: a changed count is refused). */
function checkPartitions({ engine }: SavedRun, now: Readonly<Record<string, number>>): void {
  for (const [source, count] of Object.entries(now)) {
    const before = engine.partitions.filter((partition) => partition.source === source).length
    if (before === count) continue
    const changed = `${source} reads ${count} partitions now; the saved state was made with ${before}.`
    throw new RunError('PARTITIONS_CHANGED', `${changed} Start over with --from earliest, --from latest or a time.`, {
      nodeId: source,
      onScreen: `${changed} Start over.`,
    })
  }
}

class Run implements RunView {
  private readonly options: RunOptions
  private readonly engine: Engine
  private readonly inputs: Inputs
  private readonly outputs: Outputs
  private readonly pending: Pending
  private readonly snapshotFile: SnapshotFile | undefined
  private readonly startedMs: number
  private lastTickMs = 0
  private lastCommitMs = Date.now()
  private lastProgressMs = 0
  private commits = 0
  private turnedMs = Date.now()
  private saving = false
  private readonly turns = new Turns()
  private readonly waits = new SinkWaits()
  private readonly failedRows: FailedRowsLog

  constructor(
    options: RunOptions,
    engine: Engine,
    inputs: Inputs,
    outputs: Outputs,
    pending: Pending,
    snapshotFile: SnapshotFile | undefined,
    startedMs: number,
  ) {
    this.options = options
    this.engine = engine
    this.inputs = inputs
    this.outputs = outputs
    this.pending = pending
    this.snapshotFile = snapshotFile
    this.startedMs = startedMs
    this.failedRows = new FailedRowsLog(options.log, options.failedRowsIntervalMs, engine)
  }

  private get stopping(): boolean {
    return this.options.signal?.aborted === true
  }

  // --- RunView -----------------------------------------------------------------------------------------------------------

  metrics() {
    return this.engine.metrics()
  }

  openRows(nodeId: string, port: string, limit: number) {
    return this.engine.openRows(nodeId, port, limit)
  }

  nowMs(): number {
    return this.inputs.clock.nowMs()
  }

  share(): number | undefined {
    return this.inputs.share()
  }

  playback() {
    return this.inputs.playback()
  }

  highWatermarks() {
    return this.inputs.highWatermarks()
  }

  waitedMs(nodeId: string): number {
    return this.waits.of(nodeId)
  }

  traffic() {
    return this.engine.traffic()
  }

  stateBytes() {
    return this.engine.stateBytes()
  }

  pulse(): RunPulse {
    return { turnedMs: this.turnedMs, waitingFor: this.waits.current(), saving: this.saving }
  }

  // -----------------------------------------------------------------------------------------------------------------------

  async loop(): Promise<RunResult['outcome']> {
    while (!this.engine.ended) {
      this.turnedMs = Date.now()
      if (this.stopping) {
        await this.commit()
        this.failedRows.finish(this.engine)
        return 'stopped'
      }
      const beforeMs = this.inputs.clock.nowMs()
      const events = await this.inputs.poll(POLL_WAIT_MS)
      if (this.inputs.clock.followsInput) this.tick(this.inputs.clock.nowMs())
      for (const event of events) {
        this.engine.input(event)
        await this.deliver()
        await this.turns.give()
        if (this.stopping) break
      }
      // The time before the poll: what came during it is processed already.
      this.tick(beforeMs)
      await this.deliver()
      this.showProgress()
      this.failedRows.take(this.engine)
      if (this.snapshotFile !== undefined && Date.now() - this.lastCommitMs >= (this.options.commitIntervalMs ?? 1000))
        await waitFor(this.commit(), this.engine, this.inputs.clock)
    }
    await this.outputs.flush()
    this.showProgress(true)
    this.failedRows.finish(this.engine)
    return 'ended'
  }

  private async deliver(): Promise<void> {
    if (this.pending.outputs.length + this.pending.rows.length > 0) await waitFor(this.drain(), this.engine, this.inputs.clock)
  }

  private async drain(): Promise<void> {
    for (const { nodeId, records } of this.pending.outputs.splice(0))
      await this.waits.during([nodeId], this.outputs.append(nodeId, records))
    for (const { nodeId, batch } of this.pending.rows.splice(0)) await this.options.onSinkRows?.(nodeId, batch)
  }

  private tick(nowMs: number): void {
    if (nowMs - this.lastTickMs < TICK_INTERVAL_MS) return
    this.lastTickMs = nowMs
    this.engine.input({ type: 'tick', nowMs })
  }

  /** State, positions and lengths of files are saved in one file; only then are positions told to the group. */
  private async commit(): Promise<void> {
    this.lastCommitMs = Date.now()
    const id = ++this.commits
    this.engine.input({ type: 'commit-boundary', id })
    const snapshot = this.engine.snapshot()
    this.saving = true
    const sinceMs = performance.now()
    let outcome: CommitReport['outcome'] = 'failed'
    let savedBytes: number | undefined
    try {
      await this.outputs.flush((nodeIds, work) => this.waits.during(nodeIds, work))
      savedBytes = this.snapshotFile?.write({
        savedVersion: 1,
        specHash: this.options.spec.hash,
        engine: snapshot,
        fileLengths: this.outputs.fileLengths(),
        endOffsets: this.inputs.endOffsets,
      })
      if (this.snapshotFile !== undefined) outcome = await this.inputs.commit(snapshot)
    } finally {
      this.saving = false
      if (this.snapshotFile !== undefined) this.saved({ outcome, durationMs: performance.now() - sinceMs, savedBytes })
    }
    if (outcome !== 'failed') this.engine.input({ type: 'commit-outcome', id, outcome })
  }

  private saved(commit: CommitReport): void {
    this.options.onCommit?.(commit)
    this.options.log.debug?.({ ...commit, durationMs: Math.round(commit.durationMs) }, 'saved')
  }

  private showProgress(always = false): void {
    const elapsedMs = Date.now() - this.startedMs
    if (this.options.onProgress === undefined || (!always && elapsedMs - this.lastProgressMs < PROGRESS_INTERVAL_MS)) return
    this.lastProgressMs = elapsedMs
    this.options.onProgress({ elapsedMs, recordsIn: this.inputs.recordsIn(), share: this.inputs.share() })
  }
}
