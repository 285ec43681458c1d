import type { ColumnWriter } from '../../data/column.ts'
import type { LogHeaders } from '../../data/log-records.ts'
import type { Value } from '../../data/value.ts'
import type { OperatorContext, OutputPort } from '../../engine/operator.ts'
import { DEAD_LETTER_PORT, type ErrorPolicy } from './fields.ts'

/** A record or row that could not be read or calculated, and why. */
export interface FailedRow {
  readonly code: string
  readonly reason: string
  /** All three absent for rows that are no longer records of a source. */
  readonly topic: string | null
  readonly partition: number | null
  readonly offset: number | null
  /** The record's own timestamp. */
  readonly timestamp: number | null
  readonly eventTime: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: LogHeaders | undefined
}

/** Of files the offset is the number of the line. */
export type OriginKind = 'topic' | 'file'

/** Does what the node's policy says with a row that failed: stop the run, count it, or count it and set it aside (semantics rule 3). */
export class SetAside {
  private readonly policy: ErrorPolicy
  private readonly context: OperatorContext
  private readonly port: OutputPort | undefined

  private readonly origin: OriginKind

  constructor(policy: ErrorPolicy, context: OperatorContext, origin: OriginKind = 'topic') {
    this.policy = policy
    this.context = context
    this.origin = origin
    this.port = policy === 'dead-letter' ? context.output(DEAD_LETTER_PORT) : undefined
  }

  row(failed: FailedRow): void {
    const { context, port } = this
    context.counters.errors++
    context.showSetAside(failed.eventTime, failed, () => deadLetter(context.nodeId, failed))
    if (port !== undefined) {
      context.counters.deadLettered++
      writeDeadLetter(port, deadLetter(context.nodeId, failed), failed.eventTime)
    } else if (this.policy === 'skip') context.counters.skipped++
    else
      context.fail({
        code: failed.code,
        message: `${whereabouts(failed, this.origin)} stopped "${context.nodeId}": ${withStop(failed.reason)} Correct the step, or set "When a row fails" to skip or set aside.`,
        topic: failed.topic ?? undefined,
        partition: failed.partition ?? undefined,
        offset: failed.offset ?? undefined,
      })
  }
}

function whereabouts(failed: FailedRow, origin: OriginKind): string {
  if (failed.topic === null) return 'A row'
  if (origin === 'file') return `Line ${failed.offset} of ${failed.topic}`
  return `The row at ${failed.topic}, partition ${failed.partition}, position ${failed.offset}`
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** One value for each of DEAD_LETTER_COLUMNS. */
function deadLetter(nodeId: string, failed: FailedRow): readonly Value[] {
  return [
    nodeId,
    failed.code,
    failed.reason,
    failed.topic,
    failed.partition,
    failed.offset,
    failed.timestamp,
    failed.key,
    failed.value,
    new Map(failed.headers ?? []),
  ]
}

function writeDeadLetter(port: OutputPort, values: readonly Value[], eventTime: number): void {
  values.forEach((value, i) => {
    const writer: ColumnWriter | undefined = port.columns[i]
    writer?.append(value)
  })
  port.endRow(eventTime)
}
