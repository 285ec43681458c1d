import { RowKind } from '../data/batch.ts'
import { createColumnWriter } from '../data/column.ts'
import type { LogRecord } from '../data/log-records.ts'
import { printType } from '../data/types.ts'
import { type FormatConfig, formatNamed } from '../formats/formats.ts'
import { guessEventTime, guessFormat } from '../formats/guess-format.ts'
import type { SampledRows } from '../rpc/runtime-api.ts'
import { Refusal } from './refusal.ts'
import { pageOf } from './row-page.ts'
import { RowRing } from './row-ring.ts'

export interface SampledRecords {
  /** Topic, or path of the file as the document has it. */
  readonly name: string
  readonly records: readonly (LogRecord & { readonly partition: number })[]
  readonly isFile: boolean
  /** In place of a guess. */
  readonly format: FormatConfig | undefined
}

/** What records most likely are: format, columns, time, and the rows that come of them. Records that cannot be decoded give no row. */
export function sampledRows(sampled: SampledRecords): SampledRows {
  const { name, isFile } = sampled
  const withValue = sampled.records.filter(({ value }) => value !== null)
  const values = withValue.map(({ value }) => value ?? new Uint8Array(0))
  const format = sampled.format ?? guessFormat(values, isFile)
  const implementation = format && formatNamed(format.type)
  if (format === undefined || implementation === undefined) {
    throw new Refusal(
      'NOT_TEXT',
      `${name} is neither CSV nor JSON: it holds bytes that are no text. ${isFile ? 'Save a spreadsheet as CSV first.' : 'Other formats cannot be read yet.'}`,
    )
  }
  const columns = implementation.infer(values, format)
  const writers = columns.map(({ type }) => createColumnWriter(type))
  const decoder = implementation.decoder(columns, format)
  const outcomes = values.map((value) => decoder.decode(value, 0, value.length, writers))
  const decoded = withValue.filter((_, i) => outcomes[i] === undefined)
  const eventTime = guessEventTime(columns)
  const finished = writers.map((writer) => writer.finish())
  const time = finished[columns.findIndex((column) => column.name === eventTime)]
  const ring = new RowRing(columns, { rows: Math.max(1, decoded.length), bytes: Number.POSITIVE_INFINITY })
  decoded.forEach(({ offset, partition, timestamp }, row) => {
    const at = time === undefined || time.isNull(row) ? timestamp : time.number(row)
    const own = finished.map((column) => column.value(row))
    ring.addRow(own, at, RowKind.INSERT, { topic: name, partition, offset })
  })
  return {
    format,
    columns: columns.map((column) => ({ ...column, type: printType(column.type) })),
    ...(eventTime === undefined ? {} : { eventTime }),
    page: { ...pageOf(ring, { limit: Math.max(1, decoded.length) }), open: [] },
    // The names of the columns are no record.
    records: sampled.records.length - outcomes.filter((outcome) => outcome === 'header').length,
  }
}
