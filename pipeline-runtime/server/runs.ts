import { createHash, randomUUID } from 'node:crypto'
import { kinds } from '../nodes/catalog.ts'
import type { RowPage } from '../rpc/cells.ts'
import type { RunUpdate } from '../rpc/run-state.ts'
import type { RunTarget } from '../rpc/run-target.ts'
import type { RowTab } from '../rpc/runtime-api.ts'
import { bindNodes, connectionsOf } from '../runner/bindings.ts'
import type { IdentityKind } from '../runner/run-options.ts'
import type { Spec, StartPosition, StopPosition } from '../spec/spec.ts'
import { checkSamples } from './check-samples.ts'
import { checkSpec } from './check-spec.ts'
import type { ConnectionAccess } from './connection-access.ts'
import type { FileAccess } from './file-access.ts'
import { installationId } from './installation.ts'
import type { LocalKafkaOfUser } from './local-kafka-of-user.ts'
import { PipelineRun } from './pipeline-run.ts'
import { Refusal } from './refusal.ts'
import { openRow, pageOf } from './row-page.ts'
import type { RunWatch } from './run-logs.ts'

/** Runs that are over stay for their rows and figures, those of so many documents. */
const KEPT_RUNS = 4
const CLOSING_MS = 5_000

export interface StartRequest {
  readonly spec?: unknown
  readonly documentId: string
  readonly target: RunTarget
  readonly armed: boolean
  readonly start?: StartPosition | undefined
  readonly stop?: StopPosition | undefined
  readonly folder: string
}

export interface RowsRequest {
  readonly nodeId: string
  readonly tab: RowTab
  readonly port?: string | undefined
  readonly fromSeq?: number | undefined
  readonly limit: number
}

/** All runs of the runtime: one at a time for each document. */
export class Runs {
  private readonly dataDir: string
  private readonly files: FileAccess
  private readonly localKafka: LocalKafkaOfUser
  private readonly connections: ConnectionAccess
  private readonly watched: RunWatch | undefined
  /** Oldest first. */
  private readonly runs = new Map<string, PipelineRun>()

  constructor(dataDir: string, files: FileAccess, localKafka: LocalKafkaOfUser, connections: ConnectionAccess, watch?: RunWatch) {
    this.dataDir = dataDir
    this.files = files
    this.localKafka = localKafka
    this.connections = connections
    this.watched = watch
  }

  start(request: StartRequest): string {
    const { documentId, target, start, stop } = request
    const before = this.ofDocument(documentId)
    if (before !== undefined && !before.isOver) {
      throw new Refusal('RUN_UNDER_WAY', 'This document is running already. Stop that run before starting another one.')
    }
    const spec = checkSpec(request.spec)
    const targets = new Map(connectionsOf(spec, kinds).map((connection) => [connection, target]))
    const bound = bindNodes(spec, kinds, targets)
    const access = this.files.of(request.folder)
    this.files.check(bound, access)
    checkSamples(bound)
    const armed = request.armed && target.type !== 'sample'
    const identity: IdentityKind = armed ? { type: 'development', owner: this.ownerOf(request.folder) } : { type: 'preview' }
    const clusterWrites = armed ? 'write' : 'count'
    const { dataDir } = this
    const run = new PipelineRun({
      runId: randomUUID(),
      documentId,
      watch: this.watched,
      target,
      bound,
      connect: async (say) => this.localKafka.connect(await this.connections.resolveAll(targets), bound, armed, say),
      run: { spec, ...access, dataDir, start, stop, identity, clusterWrites },
    })
    if (before !== undefined) this.runs.delete(before.runId)
    this.runs.set(run.runId, run)
    this.makeRoom()
    return run.runId
  }

  stop(runId: string): void {
    this.get(runId).stop()
  }

  list(): readonly RunUpdate[] {
    return [...this.runs.values()].map((run) => run.current())
  }

  watch(runId: string, signal: AbortSignal | undefined): AsyncGenerator<RunUpdate, void> {
    return this.get(runId).watch(signal)
  }

  forget(runId: string): void {
    if (!this.get(runId).isOver) throw new Refusal('RUN_UNDER_WAY', 'The run is still under way. Stop it first.')
    this.runs.delete(runId)
  }

  rows(runId: string, { nodeId, tab, port, fromSeq, limit }: RowsRequest): RowPage {
    const run = this.get(runId)
    const shown = run.rows.ring(nodeId, tab, port)
    if (shown === undefined) {
      if (run.spec.nodes.some(({ id }) => id === nodeId)) return { columns: [], rows: [], total: 0, firstSeq: 0, open: [] }
      throw new Refusal('UNKNOWN_STEP', `The run has no step ${nodeId}: it was added after the run began.`, { nodeId })
    }
    const open = openPlace(run.spec, nodeId, tab, port)
    const openRows = open === undefined ? [] : run.openRows(open.nodeId, open.port, limit)
    const { ring, end } = shown
    return { ...pageOf(ring, { fromSeq, limit, end }), open: openRows.map((row) => openRow(row, ring.fields)) }
  }

  logs(runId: string, fromSeq: number, limit: number) {
    const { logs } = this.get(runId)
    return { lines: logs.from(fromSeq, limit), total: logs.total }
  }

  /** Ends all runs; what does not end in time is let go of. */
  async close(): Promise<void> {
    const open = [...this.runs.values()].filter((run) => !run.isOver)
    // One that saves already would be let go of by a second word.
    for (const run of open) if (!run.isStopping) run.stop()
    const timer = setTimeout(() => {
      for (const run of open) run.stop()
    }, CLOSING_MS)
    await Promise.all(open.map((run) => run.finished()))
    clearTimeout(timer)
  }

  private get(runId: string): PipelineRun {
    const run = this.runs.get(runId)
    if (run === undefined)
      throw new Refusal('UNKNOWN_RUN', 'This run is not known any more: the engine has started anew since, or the run was forgotten.')
    return run
  }

  private ofDocument(documentId: string): PipelineRun | undefined {
    return [...this.runs.values()].find((run) => run.documentId === documentId)
  }

  private makeRoom(): void {
    const over = [...this.runs.values()].filter((run) => run.isOver)
    for (const run of over.slice(0, Math.max(0, over.length - KEPT_RUNS))) this.runs.delete(run.runId)
  }

  private ownerOf(folder: string): string {
    return createHash('sha256')
      .update(`${installationId(this.dataDir)}\n${folder}`)
      .digest('hex')
      .slice(0, 8)
  }
}

/** Where open time windows show: at the step itself, and in what comes into a sink right behind it. */
function openPlace(spec: Spec, nodeId: string, tab: RowTab, port: string | undefined): { nodeId: string; port: string } | undefined {
  if (tab === 'out') return { nodeId, port: port ?? 'out' }
  if (tab !== 'in' || Object.keys(spec.nodes.find(({ id }) => id === nodeId)?.outputs ?? {}).length > 0) return undefined
  const edges = spec.edges.filter(({ to }) => to.node === nodeId)
  const [edge] = edges
  return edges.length === 1 && edge !== undefined ? { nodeId: edge.from.node, port: edge.from.port } : undefined
}
