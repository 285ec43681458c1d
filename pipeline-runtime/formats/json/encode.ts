import { printBase64 } from '../../data/base64.ts'
import type { Batch } from '../../data/batch.ts'
import type { Column } from '../../data/column.ts'
import type { Decimal } from '../../data/decimal.ts'
import type { DataType, Field } from '../../data/types.ts'
import { printDate, printTimestamp, type Value } from '../../data/value.ts'
import type { Encoder, SourceColumn } from '../format.ts'

type Unit = SourceColumn['unit']

/** Rows as JSON objects, names in the order of the columns. */
export class JsonEncoder implements Encoder {
  readonly header = undefined
  private readonly names: readonly string[]
  private readonly prefixes: readonly string[]
  private readonly units: readonly Unit[]
  private readonly encoder = new TextEncoder()
  private batch: Batch | undefined
  private columns: readonly Column[] = []

  constructor(columns: readonly SourceColumn[]) {
    this.names = columns.map((column) => column.name)
    this.prefixes = columns.map((column, i) => `${i === 0 ? '{' : ','}${JSON.stringify(column.name)}:`)
    this.units = columns.map((column) => column.unit)
  }

  encode(batch: Batch, row: number): Uint8Array {
    return this.encoder.encode(this.text(batch, row))
  }

  text(batch: Batch, row: number): string {
    if (batch !== this.batch) {
      this.columns = this.names.map((name) => batch.column(name))
      this.batch = batch
    }
    const { columns, prefixes } = this
    if (columns.length === 0) return '{}'
    let text = ''
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] as Column
      text += (prefixes[i] as string) + jsonText(column.type, column.value(row), this.units[i])
    }
    return `${text}}`
  }
}

/** Rows are mostly asked for one after the other, of one edge. */
let latest: { readonly fields: readonly Field[]; readonly encoder: JsonEncoder } | undefined

/** One row as a line of JSON: integers with all their digits, times as ISO-8601 in UTC. */
export function encodeRowJson(batch: Batch, row: number): string {
  if (latest?.fields !== batch.fields) latest = { fields: batch.fields, encoder: new JsonEncoder(batch.fields) }
  return latest.encoder.text(batch, row)
}

/** A value as JSON, as the encoder writes it. */
export function jsonText(type: DataType, value: Value, unit?: Unit): string {
  if (value === null) return 'null'
  // Each cast is to what value.ts says that a value of this type is.
  switch (type.name) {
    case 'BOOLEAN':
      return value === true ? 'true' : 'false'
    case 'BIGINT':
      return String(value as number | bigint)
    case 'INTERVAL':
      return String(value as number)
    case 'DOUBLE':
      return doubleText(value as number)
    case 'DECIMAL':
      return (value as Decimal).toString()
    case 'STRING':
      return JSON.stringify(value as string)
    case 'BYTES':
      return `"${printBase64(value as Uint8Array)}"`
    case 'DATE':
      return `"${printDate(value as number)}"`
    case 'TIMESTAMP_LTZ':
      return timestampText(value as number, unit)
    case 'ARRAY':
      return `[${(value as readonly Value[]).map((v) => jsonText(type.element, v)).join(',')}]`
    case 'ROW':
      return rowText(type.fields, value as readonly Value[])
    case 'MAP':
      return `{${[...(value as ReadonlyMap<string, Value>)].map(([k, v]) => `${JSON.stringify(k)}:${jsonText(type.value, v)}`).join(',')}}`
    case 'NULL':
      return 'null'
  }
}

function rowText(fields: readonly Field[], values: readonly Value[]): string {
  return `{${fields.map((field, i) => `${JSON.stringify(field.name)}:${jsonText(field.type, values[i] ?? null)}`).join(',')}}`
}

function doubleText(value: number): string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? String(value) : `"${value}"`
}

/** In `unit`; without one, and with `iso`, quoted ISO-8601. */
export function timestampText(milliseconds: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return String(milliseconds)
    case 's':
      return String(milliseconds / 1000)
    case 'us':
      return milliseconds === 0 ? '0' : `${milliseconds}000`
    case 'ns':
      return milliseconds === 0 ? '0' : `${milliseconds}000000`
    default:
      return `"${printTimestamp(milliseconds)}"`
  }
}
