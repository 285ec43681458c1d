/**
 * Rows as they cross to the page. Numbers are text with all their digits, so that integers stay exact and NaN can cross; bytes are
 * base64, since Electron's ports turn a Uint8Array into a plain object.
 */
export interface RowPage {
  /** In order; `type` as `printType` writes it. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly WireRow[]
  /** Rows that have passed here since the run began. */
  readonly total: number
  /** Sequence number of the oldest row that is still kept; `total` where none is. Rows are numbered from 0 as they pass. */
  readonly firstSeq: number
  /** Rows of time windows that are not finished yet, where the port has such. */
  readonly open: readonly OpenRow[]
}

export interface WireRow {
  readonly seq: number
  /** In the order of the columns; null is NULL. BYTES as base64, everything else as `printValue` writes it. */
  readonly cells: readonly (string | null)[]
  /** Milliseconds since the epoch. */
  readonly eventTimeMs: number
  /** `delete` takes back the row with the same key; `upsert` replaces it. */
  readonly kind: 'insert' | 'upsert' | 'delete'
  /** Where the row was read; absent for rows that a step made. Of a file the offset is the number of the line. */
  readonly origin?: RowOrigin
}

export interface RowOrigin {
  readonly topic: string
  readonly partition: number
  /** Exact: offsets beyond 2^53 do not occur in practice, and the engine holds them as numbers. */
  readonly offset: number
}

export interface OpenRow {
  readonly cells: readonly (string | null)[]
  /** The event time at which the row is finished, milliseconds since the epoch. */
  readonly finishedAtMs: number
}
