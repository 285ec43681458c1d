import { printBase64 } from '../../data/base64.ts'
import type { Batch } from '../../data/batch.ts'
import type { Column } from '../../data/column.ts'
import type { DataType } from '../../data/types.ts'
import type { Value } from '../../data/value.ts'
import { printDate } from '../../data/value.ts'
import type { Encoder, SourceColumn } from '../format.ts'
import { jsonText, timestampText } from '../json/encode.ts'
import type { CsvOptions } from './options.ts'

export class CsvEncoder implements Encoder {
  readonly header: Uint8Array | undefined
  private readonly columns: readonly SourceColumn[]
  private readonly options: CsvOptions
  private readonly encoder = new TextEncoder()
  private batch: Batch | undefined
  private read: readonly Column[] = []

  constructor(columns: readonly SourceColumn[], options: CsvOptions) {
    this.columns = columns
    this.options = options
    const names = columns.map((column) => this.quotedIfNeeded(column.name)).join(options.delimiter)
    this.header = options.header ? this.encoder.encode(names) : undefined
  }

  encode(batch: Batch, row: number): Uint8Array {
    if (batch !== this.batch) {
      this.read = this.columns.map((column) => batch.column(column.name))
      this.batch = batch
    }
    const { delimiter } = this.options
    let text = ''
    for (let i = 0; i < this.read.length; i++) {
      const column = this.read[i] as Column
      const value = column.value(row)
      if (i > 0) text += delimiter
      text += value === null ? this.options.null : this.quotedIfNeeded(cellText(column.type, value, this.columns[i]?.unit))
    }
    return this.encoder.encode(text)
  }

  private quotedIfNeeded(text: string): string {
    const { delimiter } = this.options
    const plain = text !== this.options.null && text !== '' && !text.includes(delimiter) && !/["\r\n]|^\s|\s$|^\ufeff/.test(text)
    return plain ? text : `"${text.replaceAll('"', '""')}"`
  }
}

function cellText(type: DataType, value: Value, unit: SourceColumn['unit']): string {
  // Casts are to what value.ts says that a value of the type is; NULL was dealt with.
  switch (type.name) {
    case 'STRING':
      return value as string
    case 'BYTES':
      return printBase64(value as Uint8Array)
    case 'DATE':
      return printDate(value as number)
    case 'TIMESTAMP_LTZ':
      return timestampText(value as number, unit).replaceAll('"', '')
    case 'DOUBLE':
      return Object.is(value, -0) ? '-0' : String(value as number)
    default:
      return jsonText(type, value)
  }
}
