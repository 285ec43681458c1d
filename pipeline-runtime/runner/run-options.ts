import type { CommitOutcome } from '../connectors/log-port.ts'
import type { Batch } from '../data/batch.ts'
import type { EngineTap } from '../engine/input.ts'
import type { EngineMetrics } from '../engine/metrics.ts'
import type { OpenRow } from '../engine/open-rows.ts'
import type { OperatorFactory } from '../engine/operator.ts'
import type { EngineTraffic } from '../engine/traffic.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import type { Spec, StartPosition, StopPosition } from '../spec/spec.ts'
import type { Target } from './targets.ts'

export interface RunOptions {
  readonly spec: Spec
  readonly kinds: readonly NodeKind[]
  readonly operators: Readonly<Record<string, OperatorFactory>>
  /** Paths of the document are relative to this folder. */
  readonly folder: string
  /** Folders outside `folder` that the document may read and write. */
  readonly allowedFolders: readonly string[]
  readonly targets: ReadonlyMap<string, Target>
  /** Where snapshots of runs on Kafka are kept. */
  readonly dataDir: string
  /** In place of the spec's own. */
  readonly start?: StartPosition | undefined
  readonly stop?: StopPosition | undefined
  readonly log: RunLog
  /** Under which name Kafka keeps positions and the data folder keeps state; that of `millrace run` where absent. */
  readonly identity?: IdentityKind | undefined
  /** `count`: what would be written to clusters is counted and thrown away. Default `write`. */
  readonly clusterWrites?: 'write' | 'count' | undefined
  /** What is being waited for before the first record is read. */
  readonly onStep?: ((step: string) => void) | undefined
  /** Brokers that do not answer while the run goes on; it waits for them. */
  readonly onOutage?: ((outage: BrokerOutage) => void) | undefined
  /** Once, before the first record is read: a way to look at the run while it goes on. */
  readonly onStart?: ((view: RunView) => void) | undefined
  /** Looks at rows of all nodes. */
  readonly tap?: ((tap: EngineTap) => void) | undefined
  /** Rows that arrive at a sink. */
  readonly onSinkRows?: ((nodeId: string, batch: Batch) => Promise<void> | void) | undefined
  /** After each save of a run on Kafka. */
  readonly onCommit?: ((commit: CommitReport) => void) | undefined
  /** Some four times a second. */
  readonly onProgress?: ((progress: RunProgress) => void) | undefined
  /** Ends the run after the batch at hand: state is saved, outputs are flushed. */
  readonly signal?: AbortSignal | undefined
  /** Lets go of everything at once, also of a sink that does not answer: nothing is saved, and the run throws. */
  readonly force?: AbortSignal | undefined
  /** Time between two saves of a run on Kafka. */
  readonly commitIntervalMs?: number | undefined
  /** How often at most a node's failed rows are told to the log; never where absent. */
  readonly failedRowsIntervalMs?: number | undefined
}

/** A run from the app never takes the place of the one that `millrace run` keeps going (semantics rule 35). */
export type IdentityKind =
  | { readonly type: 'production' }
  /** `owner` tells installations and folders apart, so that two analysts with one document on one cluster do not meet. */
  | { readonly type: 'development'; readonly owner: string }
  /** Reads without a consumer group and saves nothing: a later run goes on as if this one had not been. */
  | { readonly type: 'preview' }

/** A look at a run. Nothing of it changes the run. */
export interface RunView {
  metrics(): EngineMetrics
  openRows(nodeId: string, port: string, limit: number): readonly OpenRow[]
  /** The clock of the run. */
  nowMs(): number
  /** 0 to 1 where the size of all input is known. */
  share(): number | undefined
  /** Only live sample data: how fast its past is played, and whether the present is reached. */
  playback(): { readonly speed: number; readonly live: boolean } | undefined
  /** The newest offset + 1 of each partition of a topic, as last seen. */
  highWatermarks(): readonly SourceEnd[]
  /** Milliseconds for which the run has waited for a sink to take its records. */
  waitedMs(nodeId: string): number
  /** What this process has seen itself. */
  traffic(): EngineTraffic
  /** Bytes that the state of each node would take in a save; an estimate, made when asked. */
  stateBytes(): ReadonlyMap<string, number>
  pulse(): RunPulse
}

/** Whether a run moves. */
export interface RunPulse {
  /** When it last came to ask for input, milliseconds since the epoch. */
  readonly turnedMs: number
  /** Sinks whose answer it waits for now. */
  readonly waitingFor: readonly string[]
  /** Whether it is saving now. */
  readonly saving: boolean
}

export interface CommitReport {
  /** What the group said of the positions; `failed`: the state could not be saved, and the run ends. */
  readonly outcome: CommitOutcome | 'failed'
  readonly durationMs: number
  /** Of the saved state; undefined where it could not be saved. */
  readonly savedBytes: number | undefined
}

export interface SourceEnd {
  readonly nodeId: string
  readonly partition: number
  readonly offset: number
}

export interface BrokerOutage {
  readonly bootstrap: string
  /** Who waits: "reading", "writing". */
  readonly what: string
  /** Undefined: they answer again. */
  readonly reason: string | undefined
}

/** What the runner says of itself; pino's loggers fit. */
export interface RunLog {
  debug?(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

export interface RunProgress {
  readonly elapsedMs: number
  readonly recordsIn: number
  /** Share of the input that was read, 0 to 1, where its size is known. */
  readonly share: number | undefined
}

export interface RunResult {
  /** `ended`: all input was read; `stopped`: asked to by the signal. */
  readonly outcome: 'ended' | 'stopped'
  readonly metrics: EngineMetrics
  readonly durationMs: number
}
