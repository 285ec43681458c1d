/** The user's own Kafka on this machine, as the page shows it. */
export type LocalKafkaState =
  /** It cannot be started before this is installed. */
  | { readonly type: 'missing'; readonly missing: readonly MissingPart[] }
  | {
      readonly type: 'stopped'
      /** It ended without being stopped: a crash, or the machine was switched off. */
      readonly interrupted: boolean
      /** The next start fetches Kafka first. */
      readonly fetches: boolean
    }
  /** What the start is doing, newest last; empty where another program starts it. */
  | { readonly type: 'starting'; readonly lines: readonly string[] }
  | RunningLocalKafka
  | { readonly type: 'stopping' }
  /** The last start or stop came to nothing. */
  | { readonly type: 'failed'; readonly message: string }

export interface RunningLocalKafka {
  readonly type: 'running'
  /** HOST:PORT for clients of this machine. */
  readonly bootstrap: string
  readonly pid: number
  readonly sinceMs: number
  /** What it holds now; null where the system does not say. */
  readonly memoryBytes: number | null
  /** It ends with this program; else it goes on until somebody stops it. */
  readonly endsWithUs: boolean
}

export interface MissingPart {
  readonly what: string
  readonly how: string
}

/** How much memory the local Kafka takes when it works: heap and all. */
export const LOCAL_KAFKA_MEMORY_MB = 400

/** A topic of the local Kafka. */
export interface LocalTopic {
  readonly name: string
  readonly partitions: number
  readonly records: number
  /** On the disk. */
  readonly bytes: number
}

export interface FilledTopic {
  readonly nodeId: string
  readonly topic: string
  readonly records: number
}

/** How far the sample data is written; the last one is `done`. */
export type FillProgress =
  | { readonly type: 'writing'; readonly topic: string; readonly records: number }
  | { readonly type: 'done'; readonly topics: readonly FilledTopic[] }
