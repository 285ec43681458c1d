import { type Batch, createBatch, selectRows } from '../../data/batch.ts'
import { type Column, type ColumnWriter, createColumnWriter } from '../../data/column.ts'
import { keyBytes, type LogRecords, valueBytes } from '../../data/log-records.ts'
import type { DataType } from '../../data/types.ts'
import { type Json, printTimestamp, type Value } from '../../data/value.ts'
import type { Operator, OperatorContext, RecordOrigin } from '../../engine/operator.ts'
import type { Decoder } from '../../formats/format.ts'
import { type FormatConfig, formatNamed } from '../../formats/formats.ts'
import type { ErrorPolicy } from './fields.ts'
import { recordParts } from './record-columns.ts'
import { type OriginKind, SetAside } from './set-aside.ts'
import { type ColumnConfig, sourceColumnsOf } from './source-fields.ts'

/** What decoding needs to know of a source. */
export interface SourceConfig {
  readonly format: FormatConfig
  readonly columns: readonly ColumnConfig[]
  readonly eventTime?: string | undefined
  readonly maxAheadMs?: number | undefined
  readonly onError: ErrorPolicy
  readonly tombstone: 'error' | 'skip'
  readonly origin: OriginKind
}

/** Reads records into rows: the operator of every source. Nothing is dropped silently (semantics rules 1, 3 and 5). */
export class SourceOperator implements Operator {
  private readonly config: SourceConfig
  private readonly context: OperatorContext
  private readonly decoder: Decoder
  private readonly writers: readonly ColumnWriter[]
  private readonly time: NotingWriter | undefined
  private readonly setAside: SetAside

  constructor(config: SourceConfig, context: OperatorContext) {
    const columns = sourceColumnsOf(config.columns)
    const format = formatNamed(config.format.type)
    if (format === undefined) throw new Error(`There is no format ${config.format.type}.`)
    this.config = config
    this.context = context
    this.decoder = format.decoder(columns, config.format)
    this.writers = columns.map(({ name, type }) => (name === config.eventTime ? new NotingWriter(type) : createColumnWriter(type)))
    const timeIndex = columns.findIndex(({ name }) => name === config.eventTime)
    const time = this.writers[timeIndex]
    this.time = time instanceof NotingWriter ? time : undefined
    this.setAside = new SetAside(config.onError, context, config.origin)
  }

  receive(records: LogRecords, origin: RecordOrigin): void {
    const { config, decoder, writers, time } = this
    const latest = config.maxAheadMs === undefined ? Number.POSITIVE_INFINITY : origin.nowMs + config.maxAheadMs
    // Every record that was decoded is a row of `writers`; rows that are set aside after that are left out at the end.
    const indices = new Int32Array(records.count)
    const eventTimes = new Float64Array(records.count)
    const kept = new Int32Array(records.count)
    let decoded = 0
    let keptCount = 0
    let names = 0
    for (let i = 0; i < records.count; i++) {
      const start = records.valueStarts[i] as number // Spans are as many as records.
      if (start < 0) {
        this.tombstone(records, i, origin)
        continue
      }
      const problem = decoder.decode(records.data, start, records.valueEnds[i] as number, writers)
      if (problem === 'header') {
        names++
        continue
      }
      if (problem !== undefined) {
        this.failed(records, i, origin, problem.code, problem.message)
        continue
      }
      const row = decoded++
      const eventTime = time === undefined ? (records.timestamps[i] as number) : time.last
      indices[row] = i
      eventTimes[row] = eventTime
      if (Number.isNaN(eventTime))
        this.failed(records, i, origin, 'NULL_EVENT_TIME', `column ${config.eventTime} is empty, and it is the time of the row`)
      else if (eventTime > latest) this.failed(records, i, origin, 'TOO_FAR_AHEAD', this.aheadReason(eventTime, origin.nowMs))
      else kept[keptCount++] = row
    }
    if (names > 0) this.context.noRecords(names)
    if (decoded > 0) this.emit(this.batch(records, origin, indices, eventTimes, decoded), kept, keptCount)
  }

  snapshot(): Json {
    return this.decoder.snapshot?.() ?? null
  }

  restore(snapshot: Json): void {
    if (snapshot !== null) this.decoder.restore?.(snapshot)
  }

  private batch(records: LogRecords, origin: RecordOrigin, indices: Int32Array, eventTimes: Float64Array, length: number): Batch {
    const columns: Column[] = this.writers.map((writer) => writer.finish())
    return createBatch({
      length,
      fields: this.config.columns.map(({ name }, i) => ({ name, type: (columns[i] as Column).type })),
      columns,
      eventTimes,
      // The engine puts the watermarks of the partition in their place.
      watermarks: new Float64Array(length).fill(Number.NEGATIVE_INFINITY),
      parts: recordParts(records, indices, length, origin.topic, origin.partition),
    })
  }

  private emit(batch: Batch, kept: Int32Array, count: number): void {
    if (count > 0) this.context.output('out').emit(selectRows(batch, kept, count))
  }

  private tombstone(records: LogRecords, index: number, origin: RecordOrigin): void {
    const { counters } = this.context
    counters.tombstones++
    if (this.config.tombstone === 'skip') counters.skipped++
    else this.failed(records, index, origin, 'TOMBSTONE', 'the record has no value: it is a deletion mark')
  }

  private aheadReason(eventTime: number, nowMs: number): string {
    const { maxAheadMs } = this.config
    return `its time ${printTimestamp(eventTime)} is more than ${maxAheadMs} ms ahead of the clock, ${printTimestamp(nowMs)}`
  }

  private failed(records: LogRecords, index: number, origin: RecordOrigin, code: string, reason: string): void {
    const timestamp = records.timestamps[index] as number
    this.setAside.row({
      code,
      reason,
      topic: origin.topic,
      partition: origin.partition,
      offset: records.offsets[index] as number,
      timestamp,
      eventTime: timestamp,
      key: keyBytes(records, index),
      value: valueBytes(records, index),
      headers: records.headers?.[index],
    })
  }
}

/** A writer of the time column that also tells what was appended last; NaN for NULL. */
class NotingWriter implements ColumnWriter {
  last = Number.NaN
  readonly type: DataType
  private readonly writer: ColumnWriter

  constructor(type: DataType) {
    this.type = type
    this.writer = createColumnWriter(type)
  }
  get length(): number {
    return this.writer.length
  }
  append(value: Value): void {
    this.last = typeof value === 'number' ? value : Number.NaN
    this.writer.append(value)
  }
  appendNumber(value: number): void {
    this.last = value
    this.writer.appendNumber(value)
  }
  appendNull(): void {
    this.last = Number.NaN
    this.writer.appendNull()
  }
  finish(): Column {
    return this.writer.finish()
  }
}
