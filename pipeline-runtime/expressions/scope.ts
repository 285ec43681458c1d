import type { Field } from '../data/types.ts'

/** What an expression may name. */
export interface Scope {
  /** The columns at hand; inside and after a time window `window_start` and `window_end` are among them. */
  readonly columns: readonly Field[]
  /** Whether `$key`, `$timestamp` and the other record parts are at hand: before the first aggregation or join. */
  readonly recordParts: boolean
  /** The document's time zone, by which times are read, cut and shown: `Europe/Berlin`. */
  readonly timeZone: string
}
