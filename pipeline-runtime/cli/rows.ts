import { type Batch, rowValues } from '../data/batch.ts'
import { type DataType, isNumeric } from '../data/types.ts'
import { printValue, type Value } from '../data/value.ts'
import { encodeRowJson } from '../formats/json/encode.ts'
import type { Spec } from '../spec/spec.ts'
import type { Output } from './output.ts'

export interface RowPrinter {
  onRows(nodeId: string, batch: Batch): Promise<void> | void
  /** Prints what was kept for the end. */
  finish(): Promise<void>
}

/** With `json` each row at once as `{"node", "row"}`, else the last rows of each table at the end. */
export function createRowPrinter(spec: Spec, output: Output, options: { readonly json: boolean }): RowPrinter {
  return options.json ? jsonPrinter(output) : tablePrinter(spec, output)
}

function jsonPrinter(output: Output): RowPrinter {
  return {
    async onRows(nodeId, batch) {
      let text = ''
      for (let row = 0; row < batch.length; row++) text += `{"node":${JSON.stringify(nodeId)},"row":${encodeRowJson(batch, row)}}\n`
      await output.result(text)
    },
    async finish() {},
  }
}

const SHOWN_ROWS = 20
const MAX_CELL = 40

interface Table {
  readonly names: readonly string[]
  readonly types: readonly DataType[]
  count: number
  readonly rows: string[][]
}

function tablePrinter(spec: Spec, output: Output): RowPrinter {
  const tables = new Map<string, Table>()
  return {
    onRows(nodeId, batch) {
      const table = tables.get(nodeId) ?? {
        names: batch.fields.map((f) => f.name),
        types: batch.fields.map((f) => f.type),
        count: 0,
        rows: [],
      }
      tables.set(nodeId, table)
      table.count += batch.length
      for (let row = Math.max(0, batch.length - SHOWN_ROWS); row < batch.length; row++) {
        table.rows.push(rowValues(batch, row).map((value, i) => cell(table.types[i] as DataType, value)))
      }
      table.rows.splice(0, table.rows.length - SHOWN_ROWS)
    },
    async finish() {
      for (const [nodeId, table] of tables) {
        const title = spec.drawing.titles[nodeId] ?? nodeId
        const shown =
          table.count > table.rows.length
            ? `, the last ${table.rows.length} of ${table.count.toLocaleString('en')} rows`
            : `, ${table.count} rows`
        await output.result(`\n${title}${shown}\n${layout(table)}\n`)
      }
    },
  }
}

/** Bytes that are text, as those of a record set aside mostly are, are shown as text. */
function cell(type: DataType, value: Value): string {
  const text = value instanceof Uint8Array ? (textOf(value) ?? printValue(type, value)) : printValue(type, value)
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > MAX_CELL ? `${line.slice(0, MAX_CELL - 1)}…` : line
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function layout(table: Table): string {
  const widths = table.names.map((name, i) => Math.max(name.length, ...table.rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((text, i) => (isNumeric(table.types[i] as DataType) ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(table.names), widths.map((w) => '─'.repeat(w)).join('  '), ...table.rows.map(line)].join('\n')
}
