import { type Batch, kindOf, RowKind } from '../../data/batch.ts'
import type { LogHeaders } from '../../data/log-records.ts'
import type { Value } from '../../data/value.ts'
import { implement, type OperatorContext, type OutgoingRecord } from '../../engine/operator.ts'
import { firstInput } from '../shared/evaluators.ts'
import { FailedRows } from '../shared/failed-rows.ts'
import { encoderOf } from '../shared/row-encoding.ts'
import { kafkaSink } from './definition.ts'
import { keyEncoder } from './key-encoding.ts'
import { recordBytes, refusalOf } from './refusal.ts'

export const kafkaSinkOperator = implement(kafkaSink, (config, context) => {
  const input = firstInput(context)
  const { sinkLimits } = context
  if (input.role === 'dead-letter') return deadLetterWriter(context)
  const failedRows = new FailedRows(config.onError, context)
  const encoder = encoderOf(config.format, input.columns)
  const keyOf = keyEncoder(config.key ?? [], input.columns)
  return {
    process(_input, batch) {
      const key = keyOf(batch)
      const records: OutgoingRecord[] = []
      for (let row = 0; row < batch.length; row++) {
        const value = kindOf(batch, row) === RowKind.DELETE ? null : encoder.encode(batch, row)
        const record = { key: key(row), value, timestamp: recordTimestamp(batch.eventTimes[row], context) }
        const refusal = refusalOf(record, config.topic, sinkLimits, context.clockMs())
        if (refusal === undefined) records.push(record)
        else failedRows.refuse(batch, row, refusal.code, refusal.reason)
      }
      context.write(records)
    },
  }
})

/** What was set aside leaves as it came: its bytes, its key, its headers, and in further headers where it was and why it is here (semantics rule 3). */
function deadLetterWriter(context: OperatorContext) {
  const text = new TextEncoder()
  return {
    process(_input: number, batch: Batch) {
      const columns = {
        key: batch.column('key'),
        value: batch.column('value'),
        headers: batch.column('headers'),
        timestamp: batch.column('timestamp'),
      }
      const reasons = ['topic', 'partition', 'offset', 'timestamp', 'node', 'code', 'reason'].map((name) => ({
        name: `millrace.${name}`,
        column: batch.column(name),
      }))
      const records: OutgoingRecord[] = []
      for (let row = 0; row < batch.length; row++) {
        const headers: (readonly [string, Uint8Array | null])[] = [...headersOf(columns.headers.value(row))]
        for (const { name, column } of reasons) if (!column.isNull(row)) headers.push([name, text.encode(String(column.value(row)))])
        const timestamp = columns.timestamp.number(row)
        const record = {
          key: bytesOrNull(columns.key.value(row)),
          value: bytesOrNull(columns.value.value(row)),
          headers,
          timestamp: recordTimestamp(Number.isNaN(timestamp) ? batch.eventTimes[row] : timestamp, context),
        }
        records.push(cutToFit(notAhead(record, context), context.sinkLimits.maxMessageBytes))
      }
      context.write(records)
    },
  }
}

/** A value that the topic does not take whole is cut; its length stands in a header, its origin in the others (semantics rule 3). */
function cutToFit(record: OutgoingRecord, maxMessageBytes: number | undefined): OutgoingRecord {
  const { value } = record
  if (maxMessageBytes === undefined || value === null || recordBytes(record) <= maxMessageBytes) return record
  const length = new TextEncoder().encode(String(value.length))
  const marked = { ...record, headers: [...(record.headers ?? []), ['millrace.cut-from-bytes', length] as const] }
  const surplus = recordBytes(marked) - maxMessageBytes
  return { ...marked, value: value.subarray(0, Math.max(0, value.length - surplus)) }
}

/** A time that the topic would refuse gives way to that of the clock; the record's own stands in the headers. */
function notAhead(record: OutgoingRecord, context: OperatorContext): OutgoingRecord {
  const { maxAheadMs } = context.sinkLimits
  const clockMs = context.clockMs()
  return maxAheadMs === undefined || record.timestamp - clockMs <= maxAheadMs ? record : { ...record, timestamp: Math.max(0, clockMs) }
}

function headersOf(value: Value): LogHeaders {
  return value instanceof Map ? Array.from(value as ReadonlyMap<string, Value>, ([name, bytes]) => [name, bytesOrNull(bytes)] as const) : []
}

function bytesOrNull(value: Value): Uint8Array | null {
  return value instanceof Uint8Array ? value : null
}

/**
 * The time of the row. One that has none (of a file without a time column: 0) or one that Kafka does not know (before 1970) takes that of the
 * clock: a topic deletes its records by their timestamps, and would delete these at once.
 */
function recordTimestamp(eventTime: number | undefined, context: OperatorContext): number {
  return eventTime !== undefined && Number.isFinite(eventTime) && eventTime > 0 ? eventTime : Math.max(0, context.clockMs())
}
