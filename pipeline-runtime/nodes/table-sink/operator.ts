import { type Batch, kindOf, RowKind } from '../../data/batch.ts'
import type { Field } from '../../data/types.ts'
import { encodeKeyPart, type Json, type Value, valueFromJson, valueToJson } from '../../data/value.ts'
import { implement, type KeyedStore, type Operator, type OperatorContext } from '../../engine/operator.ts'
import { firstInput } from '../shared/evaluators.ts'
import { tableSink } from './definition.ts'

export const tableSinkOperator = implement(tableSink, ({ limit }, context) => new TableSink(limit, context))

/** Keeps the newest rows, by their unique key where rows replace each other. */
export class TableSink implements Operator {
  private readonly limit: number
  private readonly fields: readonly Field[]
  private readonly keyFields: readonly Field[] | undefined
  private readonly kept: KeyedStore<readonly Value[]>
  private nextRow = 0

  constructor(limit: number, context: OperatorContext) {
    const { columns, mode } = firstInput(context)
    this.limit = limit
    this.fields = columns
    this.keyFields = mode.type === 'upsert' ? mode.key.flatMap((name) => columns.filter((column) => column.name === name)) : undefined
    this.kept = context.store('rows', {
      encode: (row) => row.map((value, i) => valueToJson(typeAt(columns, i), value)),
      decode: (json) => (json as readonly Json[]).map((value, i) => valueFromJson(typeAt(columns, i), value)), // What `encode` wrote.
    })
  }

  process(_input: number, batch: Batch): void {
    const columns = this.fields.map(({ name }) => batch.column(name))
    // Of rows that only pile up, those that would make room again at once need not be read.
    const first = this.keyFields === undefined ? Math.max(0, batch.length - this.limit) : 0
    const keyOf = this.keyOf(batch)
    this.nextRow += first
    for (let row = first; row < batch.length; row++) {
      const key = keyOf(row)
      if (kindOf(batch, row) === RowKind.DELETE) this.kept.delete(key)
      else {
        this.kept.put(
          key,
          columns.map((column) => column.value(row)),
        )
        this.makeRoom()
      }
    }
  }

  /** The rows that are shown, oldest first, values in the order of the columns. */
  *rows(): Iterable<readonly Value[]> {
    for (const [, row] of this.kept.entries()) yield row
  }

  snapshot(): Json {
    return this.nextRow
  }

  restore(snapshot: Json): void {
    this.nextRow = Number(snapshot)
  }

  private keyOf(batch: Batch): (row: number) => string {
    if (this.keyFields === undefined) return () => String(this.nextRow++)
    const parts = this.keyFields.map(({ name, type }) => ({ type, column: batch.column(name) }))
    return (row) => {
      let key = ''
      for (const { type, column } of parts) key += encodeKeyPart(type, column.value(row))
      return key
    }
  }

  private makeRoom(): void {
    if (this.kept.size <= this.limit) return
    for (const [key] of this.kept.entries()) {
      this.kept.delete(key)
      return
    }
  }
}

function typeAt(fields: readonly Field[], index: number): Field['type'] {
  return fields[index]?.type ?? { name: 'NULL' }
}
