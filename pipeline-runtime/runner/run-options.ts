import type { Batch } from '../data/batch.ts'
import type { EngineMetrics } from '../engine/metrics.ts'
import type { OperatorFactory } from '../engine/operator.ts'
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
  /** Rows that arrive at a sink. */
  readonly onSinkRows?: ((nodeId: string, batch: Batch) => Promise<void> | void) | undefined
  /** Some four times a second. */
  readonly onProgress?: ((progress: RunProgress) => void) | undefined
  /** Ends the run after the batch at hand: state is saved, outputs are flushed. */
  readonly signal?: AbortSignal | undefined
  /** Time between two saves of a run on Kafka. */
  readonly commitIntervalMs?: number | undefined
}

/** What the runner says of itself; pino's loggers fit. */
export interface RunLog {
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
