import type { Batch } from '../../data/batch.ts'
import type { Value } from '../../data/value.ts'
import type { OperatorContext } from '../../engine/operator.ts'
import { ExpressionError } from '../../expressions/expressions.ts'
import { encodeRowJson } from '../../formats/json/encode.ts'
import type { ErrorPolicy } from './fields.ts'
import { SetAside } from './set-aside.ts'

/** Takes the rows for which an expression failed; what is set aside is the row as JSON under the key of its record. */
export class FailedRows {
  private readonly setAside: SetAside
  private readonly encoder = new TextEncoder()

  constructor(policy: ErrorPolicy, context: OperatorContext) {
    this.setAside = new SetAside(policy, context)
  }

  /** Anything but an ExpressionError is a fault of the code and is thrown on. `what` names the setting: `condition`, `column total`. */
  row(batch: Batch, row: number, error: unknown, what: string): void {
    if (!(error instanceof ExpressionError)) throw error
    this.refuse(batch, row, error.code, `${what}: ${error.message}`)
  }

  /** A row that cannot go on for a reason of its own. */
  refuse(batch: Batch, row: number, code: string, reason: string): void {
    const { parts } = batch
    const key = parts?.key.value(row) ?? null
    const timestamp = parts?.timestamps[row] ?? null
    this.setAside.row({
      code,
      reason,
      topic: parts?.topic ?? null,
      partition: parts?.partition ?? null,
      offset: parts?.offsets[row] ?? null,
      timestamp,
      eventTime: batch.eventTimes[row] ?? 0,
      key: typeof key === 'string' ? this.encoder.encode(key) : null,
      value: this.encoder.encode(encodeRowJson(batch, row)),
      headers: this.headers(parts?.headers.value(row) ?? null),
    })
  }

  private headers(value: Value): [string, Uint8Array | null][] | undefined {
    if (!(value instanceof Map)) return undefined
    return Array.from(value as ReadonlyMap<string, Value>, ([name, text]) => [
      name,
      typeof text === 'string' ? this.encoder.encode(text) : null,
    ])
  }
}
