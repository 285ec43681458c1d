import type { ColumnWriter } from '../../data/column.ts'
import { counted } from '../../data/counted.ts'
import { printType } from '../../data/types.ts'
import type { Json, Value } from '../../data/value.ts'
import { utf8SequenceEnd } from '../byte-text.ts'
import type { DecodeProblem, Decoder, SourceColumn } from '../format.ts'
import { JsonScanner } from '../json/scan.ts'
import { articled, JsonValues } from '../json/values.ts'
import { CsvFields, unquoted } from './fields.ts'
import type { CsvOptions } from './options.ts'

/**
 * Decodes CSV records. With a header the first record names the fields, and columns are found by name. ROW, ARRAY and MAP
 * columns stand as JSON in their field, BYTES as base64.
 */
export class CsvDecoder implements Decoder {
  private readonly columns: readonly SourceColumn[]
  private readonly options: CsvOptions
  private readonly delimiter: number
  private readonly nullText: Uint8Array
  private readonly fields = new CsvFields()
  private readonly scanner = new JsonScanner()
  private readonly values = new JsonValues(this.scanner)
  private readonly read: (Value | undefined)[]
  private header: readonly string[] | undefined
  /** Field index per column; -1 where the header does not have it. */
  private fieldOf: Int32Array
  private expected: number

  constructor(columns: readonly SourceColumn[], options: CsvOptions) {
    this.columns = columns
    this.options = options
    this.delimiter = options.delimiter.charCodeAt(0)
    this.nullText = new TextEncoder().encode(options.null)
    this.read = new Array<Value | undefined>(columns.length).fill(null)
    this.fieldOf = Int32Array.from(columns, (_, i) => i)
    this.expected = columns.length
  }

  decode(bytes: Uint8Array, start: number, end: number, writers: readonly ColumnWriter[]): DecodeProblem | 'header' | undefined {
    if (this.options.header && this.header === undefined) return this.readHeader(bytes, start, end)
    if (start === end && this.expected !== 1) return 'header'
    const problem = this.fields.split(bytes, start, end, this.delimiter)
    if (problem !== undefined) return undecodable(problem)
    if (this.fields.count !== this.expected) return undecodable(this.countProblem())
    for (let c = 0; c < this.columns.length; c++) {
      const failure = this.readField(bytes, c)
      if (failure !== undefined) return failure
    }
    for (let c = 0; c < writers.length; c++) (writers[c] as ColumnWriter).append(this.read[c] as Value)
    return undefined
  }

  snapshot(): Json {
    return { header: this.header ?? null }
  }

  restore(snapshot: Json): void {
    // What `snapshot` made.
    const { header } = snapshot as { header: readonly string[] | null }
    this.header = undefined
    if (header !== null) this.useHeader(header)
  }

  private readHeader(bytes: Uint8Array, start: number, end: number): DecodeProblem | 'header' {
    if (start === end) return 'header'
    const problem = this.fields.split(bytes, start, end, this.delimiter)
    if (problem !== undefined) return undecodable(`the header: ${problem}`)
    this.useHeader(headerNames(this.fields, bytes, this.values))
    return 'header'
  }

  private useHeader(names: readonly string[]): void {
    this.header = names
    this.expected = names.length
    this.fieldOf = Int32Array.from(this.columns, (column) => names.indexOf(column.name))
  }

  private countProblem(): string {
    const { count } = this.fields
    const found = counted(count, 'field')
    return this.options.header ? `${found}, but the header has ${this.expected}` : `${found}, but ${this.expected} columns are declared`
  }

  private readField(bytes: Uint8Array, c: number): DecodeProblem | undefined {
    const column = this.columns[c] as SourceColumn
    const f = this.fieldOf[c] as number
    if (f < 0) return undecodable(`the header has no column ${column.name}; it has ${(this.header ?? []).join(', ')}`)
    let start = this.fields.starts[f] as number
    let end = this.fields.ends[f] as number
    const quotes = this.fields.quotes[f] as number
    if (quotes === 0 && this.isNull(bytes, start, end)) {
      this.read[c] = null
      return undefined
    }
    let source = bytes
    if (quotes === 2) {
      source = unquoted(bytes, start, end)
      start = 0
      end = source.length
    }
    const value = this.value(column, source, start, end)
    if (typeof value === 'object' && value !== null && 'code' in value) return value
    this.read[c] = value
    return undefined
  }

  private value(column: SourceColumn, bytes: Uint8Array, start: number, end: number): Value | DecodeProblem {
    const { type } = column
    if (type.name === 'STRING') {
      const kind = textKind(bytes, start, end)
      if (kind === 'broken') return undecodable(`column ${column.name}: not UTF-8; save the file as UTF-8`)
      return kind === 'ascii' ? this.values.text.ascii(bytes, start, end) : this.values.text.valid(bytes, start, end)
    }
    while (start < end && isSpace(bytes[start])) start++
    while (end > start && isSpace(bytes[end - 1])) end--
    if (type.name === 'ROW' || type.name === 'ARRAY' || type.name === 'MAP') return this.nested(column, bytes, start, end)
    const value = this.values.scalar(type, column.unit, bytes, start, end, true)
    if (value !== undefined) return value
    const text = this.values.text.shown(bytes, start, end)
    return { code: 'UNDECODABLE_VALUE', message: `column ${column.name}: "${text}" is not ${articled(printType(type))}` }
  }

  private nested(column: SourceColumn, bytes: Uint8Array, start: number, end: number): Value | DecodeProblem {
    const { scanner, values } = this
    scanner.bytes = bytes
    scanner.end = end
    const after = scanner.value(start, 0)
    const value = after === end ? values.read(column.type, column.unit, start, end, scanner.kind) : undefined
    if (value !== undefined) return value
    const message =
      after === end ? values.problem(column.name) : `column ${column.name}: "${values.text.shown(bytes, start, end)}" is not JSON`
    return { code: 'UNDECODABLE_VALUE', message }
  }

  private isNull(bytes: Uint8Array, start: number, end: number): boolean {
    const { nullText } = this
    if (end - start !== nullText.length) return false
    for (let i = 0; i < nullText.length; i++) if (bytes[start + i] !== nullText[i]) return false
    return true
  }
}

/** Names in a header record that was split; blanks around them do not count. */
export function headerNames(fields: CsvFields, bytes: Uint8Array, values: JsonValues): readonly string[] {
  return Array.from({ length: fields.count }, (_, f) => {
    const start = fields.starts[f] as number
    const end = fields.ends[f] as number
    const name = fields.quotes[f] === 2 ? unquoted(bytes, start, end) : bytes.subarray(start, end)
    return values.text.valid(name, 0, name.length).trim()
  })
}

function undecodable(message: string): DecodeProblem {
  return { code: 'UNDECODABLE_CSV', message }
}

function isSpace(c: number | undefined): boolean {
  return c === 32 || c === 9
}

function textKind(bytes: Uint8Array, start: number, end: number): 'ascii' | 'utf8' | 'broken' {
  let kind: 'ascii' | 'utf8' = 'ascii'
  for (let i = start; i < end; ) {
    if ((bytes[i] as number) < 128) {
      i++
      continue
    }
    kind = 'utf8'
    i = utf8SequenceEnd(bytes, i, end)
    if (i < 0) return 'broken'
  }
  return kind
}
