import { BIGINT, BYTES, type Field, map, STRING, TIMESTAMP } from '../data/types.ts'

/** What is known about the rows that leave by a port. */
export interface EdgeSchema {
  readonly columns: readonly Field[]
  /** Whether the rows are still records of a source, so that `$key`, `$timestamp` … can be asked. */
  readonly recordParts: boolean
  /** `append`: rows are final. `upsert`: a row replaces an earlier one with the same values in `key` (semantics rule 24). */
  readonly mode: { readonly type: 'append' } | { readonly type: 'upsert'; readonly key: readonly string[] }
  /** `dead-letter` edges carry `DEAD_LETTER_COLUMNS` (rule 3). */
  readonly role: 'rows' | 'late' | 'dead-letter'
}

export const APPEND = { type: 'append' } as const

export function rowsSchema(columns: readonly Field[], recordParts = false): EdgeSchema {
  return { columns, recordParts, mode: APPEND, role: 'rows' }
}

/** The columns of a record that could not be decoded or evaluated: its bytes, its origin and the reason. */
export const DEAD_LETTER_COLUMNS: readonly Field[] = [
  { name: 'node', type: STRING },
  { name: 'code', type: STRING },
  { name: 'reason', type: STRING },
  { name: 'topic', type: STRING },
  { name: 'partition', type: BIGINT },
  { name: 'offset', type: BIGINT },
  { name: 'timestamp', type: TIMESTAMP },
  { name: 'key', type: BYTES },
  { name: 'value', type: BYTES },
  { name: 'headers', type: map(BYTES) },
]

export const DEAD_LETTER_SCHEMA: EdgeSchema = { columns: DEAD_LETTER_COLUMNS, recordParts: false, mode: APPEND, role: 'dead-letter' }
