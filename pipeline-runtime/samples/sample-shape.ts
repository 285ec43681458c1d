import type { SourceColumn } from '../formats/format.ts'

/**
 * A kind of sample data: rows that are a function of a seed, with faults planted in them for the gallery to find.
 * One file each, one line in `samples.ts`. The `sample` block of a document stands in `sample-config.ts`.
 */
export interface SampleShape {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly columns: readonly SourceColumn[]
  readonly eventTimeColumn: string
  readonly keyColumn: string
  readonly faults: readonly SampleFault[]
  readonly defaults: SampleDefaults
  /** Rows in order of arrival; endless without `count`. */
  generate(options: SampleOptions): IterableIterator<SampleRecord>
}

export interface SampleFault {
  readonly name: string
  readonly title: string
  readonly description: string
}

export interface SampleDefaults {
  readonly ratePerSecond: number
  /** Of all rows, how many arrive late. */
  readonly delayedShare: number
  readonly delayMinMs: number
  readonly delayMaxMs: number
}

export interface SampleOptions extends Partial<SampleDefaults> {
  readonly seed: number
  readonly startMs: number
  readonly count?: number | undefined
  /** Of all rows, how many are cut off in the middle. */
  readonly undecodableShare?: number | undefined
  /** Faults by name; those not named are on. */
  readonly faults?: Readonly<Record<string, boolean>> | undefined
}

export interface SampleRecord {
  /** Event time, and the record's own timestamp. */
  readonly timestampMs: number
  readonly arrivalMs: number
  readonly key: string
  /** JSON. */
  readonly value: Uint8Array
}

/** How far planted faults are into their cycle: they come again every 15 minutes, on whole minutes. */
export const FAULT_CYCLE_MS = 15 * 60_000

/** A row that a shape has made for a moment. */
export interface SampleRow {
  readonly key: string
  readonly json: string
  /** Whether it may be one of the delayed ones. */
  readonly delayable: boolean
}

export interface RowContext {
  readonly seed: number
  readonly ratePerSecond: number
  fault(name: string): boolean
}

/** Makes the rows one after the other; `index` counts them from 0. */
export type RowMaker = (timeMs: number, index: number, faultMs: number) => SampleRow
