import type { z } from 'zod'
import type { Batch } from '../data/batch.ts'
import type { ColumnWriter } from '../data/column.ts'
import type { Field } from '../data/types.ts'
import type { Json } from '../data/value.ts'

/**
 * A way to write rows as bytes. One folder `formats/NAME/` each with `format.ts` exporting a `Format`, one line in `formats.ts`.
 */
export interface Format<Name extends string = string, Options extends z.ZodType = z.ZodType> {
  readonly name: Name
  readonly title: string
  readonly description: string
  /** A `z.strictObject` with the literal `type`. */
  readonly options: Options
  /** How a file of this format is cut into records. */
  framer(options: z.output<Options>): Framer
  decoder(columns: readonly SourceColumn[], options: z.output<Options>): Decoder
  encoder(columns: readonly Field[], options: z.output<Options>): Encoder
  /** Column names and types guessed from samples; a column whose samples disagree is STRING with a note. */
  infer(records: readonly Uint8Array[], options: z.output<Options>): readonly InferredColumn[]
}

/** A declared column of a source; `unit` says how a TIMESTAMP stands in the data. */
export interface SourceColumn extends Field {
  readonly unit?: 's' | 'ms' | 'us' | 'ns' | 'iso' | undefined
}

/** Cuts a stream of chunks into records. Spans are relative to the chunk passed in; bytes behind the last whole record are the caller's to carry over. */
export interface Framer {
  /** Adds spans of whole records in `bytes` to `starts` and `ends`, and their line numbers (from `line` on); returns where the rest begins. `atEnd`: the rest is a record too. */
  cut(
    bytes: Uint8Array,
    length: number,
    atEnd: boolean,
    line: number,
    into: FramedRecords,
  ): { readonly consumed: number; readonly nextLine: number }
}

export interface FramedRecords {
  readonly starts: number[]
  readonly ends: number[]
  /** 1-based number of the line on which each record starts. */
  readonly lines: number[]
}

/** Decodes records into columns. May hold state (a CSV header); then it saves and restores it. */
export interface Decoder {
  /**
   * Appends one value to each writer (order of the declared columns) and returns undefined; or appends nothing and returns what is
   * wrong. `header` is returned for a record that is no row (a CSV header): nothing appended.
   */
  decode(bytes: Uint8Array, start: number, end: number, writers: readonly ColumnWriter[]): DecodeProblem | 'header' | undefined
  snapshot?(): Json
  restore?(snapshot: Json): void
}

export interface DecodeProblem {
  /** UNDECODABLE_JSON, UNDECODABLE_VALUE, … */
  readonly code: string
  /** `column amount: "12,5" is not a DOUBLE`. */
  readonly message: string
}

export interface Encoder {
  /** Bytes once in front of a file's rows (a CSV header), without or with a line end as the format wants. */
  readonly header: Uint8Array | undefined
  /** The bytes of one row, without a line end. */
  encode(batch: Batch, row: number): Uint8Array
}

export interface InferredColumn extends SourceColumn {
  readonly note?: string
}
