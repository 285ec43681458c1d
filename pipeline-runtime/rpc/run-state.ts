import type { RunTarget } from './run-target.ts'

/** What the page knows of a run. Only the latest state crosses, four times a second; everything counted is a total since the start. */
export interface RunUpdate {
  readonly runId: string
  /** What the page gave when it started the run: which document it belongs to. */
  readonly documentId: string
  readonly specHash: string
  /** What the connections of the document mean in this run, and whether it writes topics of a real cluster. */
  readonly target: RunTarget
  readonly armed: boolean
  readonly state: RunState
  /** Milliseconds since the run began, as of these figures. Rates are differences of totals over differences of this. */
  readonly elapsedMs: number
  /** Absent until the engine has started. */
  readonly figures?: RunFigures
  /** A cluster that does not answer. The run waits for it and goes on by itself. */
  readonly outage?: Outage
}

export interface Outage {
  readonly bootstrap: string
  readonly reason: string
}

export type RunState =
  /** `step` says what is waited for: "reading the list of topics of 127.0.0.1:9092". */
  | { readonly type: 'starting'; readonly step: string }
  | { readonly type: 'running' }
  | { readonly type: 'stopping' }
  /** All input was read and every result is finished. */
  | { readonly type: 'ended'; readonly durationMs: number }
  | { readonly type: 'stopped'; readonly durationMs: number }
  | { readonly type: 'failed'; readonly failure: RunFailure }

/** Whether a run in this state is over. */
export function isOver({ type }: RunState): boolean {
  return type === 'ended' || type === 'stopped' || type === 'failed'
}

export interface RunFailure {
  readonly code: string
  readonly message: string
  readonly nodeId?: string
  readonly topic?: string
  readonly partition?: number
  readonly offset?: number
}

export interface RunFigures {
  /** The clock of the run: of sample data played in fast motion it is the time that is shown. */
  readonly nowMs: number
  /** 0 to 1 where the size of all input is known. */
  readonly share?: number
  /** On sample data: whether the past is still being played in fast motion. */
  readonly playback?: { readonly speed: number; readonly live: boolean }
  readonly nodes: readonly NodeFigures[]
  readonly partitions: readonly PartitionFigures[]
  readonly logs: number
}

/** The figures of a node that the summary of `millrace run` and the screen show: the same numbers in both places. */
export interface NodeCounts {
  readonly nodeId: string
  /** Records of a source, rows that came in of all others. */
  readonly in: number
  /** Rows that left by ports of the role `rows`; late rows and those set aside have figures of their own. */
  readonly out: number
  readonly removed: number
  readonly late: number
  readonly errors: number
  readonly setAside: number
  readonly skipped: number
}

export interface NodeFigures extends NodeCounts {
  /** Only sinks: records that left the pipeline. */
  readonly written: number
  /** Rows by edge that ends here, in document order. */
  readonly edgesIn: readonly number[]
  /** Rows by out port. */
  readonly ports: Readonly<Record<string, number>>
  /** Complete up to this event time; null: nothing is known yet, 'end': everything is finished. */
  readonly completeToMs: number | null | 'end'
  readonly idle: boolean
  readonly stateKeys: number
  /** Only sources of a cluster: records that are there and not read yet. */
  readonly behind?: number
  /** Share of the last interval, 0 to 1, for which the whole run waited for this sink. */
  readonly waitShare?: number
}

export interface PartitionFigures {
  readonly nodeId: string
  readonly partition: number
  /** Offset of the next record to process. */
  readonly position: number | null
  readonly highWatermark: number | null
  readonly completeToMs: number | null | 'end'
  readonly status: 'waiting' | 'active' | 'idle' | 'ended'
}

export interface LogLine {
  readonly seq: number
  readonly timeMs: number
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}
