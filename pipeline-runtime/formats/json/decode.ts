import type { ColumnWriter } from '../../data/column.ts'
import { isHeldAsNumber } from '../../data/column.ts'
import type { Value } from '../../data/value.ts'
import type { DecodeProblem, Decoder, SourceColumn } from '../format.ts'
import { NameTable } from './names.ts'
import { JsonKind, JsonScanner } from './scan.ts'
import { JsonValues } from './values.ts'

/**
 * Decodes one JSON object per record straight from its bytes. First the whole record is checked and the spans of the declared
 * columns noted (of a name that stands twice, the last), then the values are read, then all are appended: so that nothing is
 * appended of a record with a problem.
 */
export class JsonDecoder implements Decoder {
  private readonly columns: readonly SourceColumn[]
  private readonly names: NameTable
  private readonly scanner = new JsonScanner()
  private readonly values = new JsonValues(this.scanner)
  private readonly kinds: Uint8Array
  private readonly starts: Int32Array
  private readonly ends: Int32Array
  private readonly asNumber: Uint8Array
  private readonly numbers: Float64Array
  private readonly read: (Value | undefined)[]

  constructor(columns: readonly SourceColumn[]) {
    const count = columns.length
    this.columns = columns
    this.names = new NameTable(columns.map((column) => column.name))
    this.kinds = new Uint8Array(count)
    this.starts = new Int32Array(count)
    this.ends = new Int32Array(count)
    this.asNumber = Uint8Array.from(columns, (column) => (isHeldAsNumber(column.type) ? 1 : 0))
    this.numbers = new Float64Array(count)
    this.read = new Array<Value | undefined>(count).fill(null)
  }

  decode(bytes: Uint8Array, start: number, end: number, writers: readonly ColumnWriter[]): DecodeProblem | undefined {
    if (this.scan(bytes, start, end) < 0) return this.syntaxProblem(start)
    return this.readValues() ?? this.append(writers)
  }

  private scan(bytes: Uint8Array, start: number, end: number): number {
    const { scanner, names, kinds, starts, ends } = this
    scanner.bytes = bytes
    scanner.end = end
    for (let c = 0; c < kinds.length; c++) kinds[c] = 0
    let i = scanner.space(start)
    if (i >= end) return scanner.fail(i, 'a JSON object in the record, which is empty')
    if (bytes[i] !== 123) return scanner.fail(i, 'a JSON object')
    i = scanner.space(i + 1)
    if (i < end && bytes[i] === 125) return this.trailing(i + 1)
    let guess = 0
    for (;;) {
      if (i >= end || bytes[i] !== 34) return scanner.fail(i, 'a name in double quotes')
      let column = guess
      let keyEnd = names.endOf(guess, bytes, i, end)
      if (keyEnd < 0) {
        keyEnd = scanner.string(i)
        if (keyEnd < 0) return -1
        column = names.find(scanner, i, keyEnd, this.values.text)
      }
      i = scanner.colon(keyEnd)
      if (i < 0) return -1
      const valueEnd = scanner.value(i, 1)
      if (valueEnd < 0) return -1
      if (column >= 0) {
        kinds[column] = scanner.kind
        starts[column] = i
        ends[column] = valueEnd
        guess = column + 1
      }
      i = scanner.space(valueEnd)
      if (i < end && bytes[i] === 44) i = scanner.space(i + 1)
      else if (i < end && bytes[i] === 125) return this.trailing(i + 1)
      else return scanner.fail(i, '"," or "}"')
    }
  }

  private trailing(i: number): number {
    i = this.scanner.space(i)
    return i < this.scanner.end ? this.scanner.fail(i, 'the end of the record') : i
  }

  private readValues(): DecodeProblem | undefined {
    const { columns, kinds, starts, ends, asNumber, numbers, read, values } = this
    for (let c = 0; c < columns.length; c++) {
      const kind = kinds[c] as JsonKind
      if (kind <= JsonKind.NULL) continue
      const column = columns[c] as SourceColumn
      const start = starts[c] as number
      const end = ends[c] as number
      if (asNumber[c] === 1) {
        const number = values.readNumber(column.type, column.unit, start, end, kind)
        numbers[c] = number
        if (!Number.isNaN(number)) continue
      }
      const value = values.read(column.type, column.unit, start, end, kind)
      if (value === undefined) return { code: 'UNDECODABLE_VALUE', message: values.problem(column.name) }
      if (asNumber[c] === 1)
        numbers[c] = value as number // the columns held as numbers are those whose values are numbers
      else read[c] = value
    }
    return undefined
  }

  private append(writers: readonly ColumnWriter[]): undefined {
    const { kinds, asNumber, numbers, read } = this
    for (let c = 0; c < kinds.length; c++) {
      const writer = writers[c] as ColumnWriter
      if ((kinds[c] as number) <= JsonKind.NULL) writer.appendNull()
      else if (asNumber[c] === 1) writer.appendNumber(numbers[c] as number)
      else {
        writer.append(read[c] as Value)
        read[c] = null
      }
    }
    return undefined
  }

  private syntaxProblem(start: number): DecodeProblem {
    return { code: 'UNDECODABLE_JSON', message: syntaxMessage(this.scanner, this.values, start) }
  }
}

/** `at byte 12: expected "," or "}", found "x"`; bytes are counted from 1. */
function syntaxMessage(scanner: JsonScanner, values: JsonValues, start: number): string {
  const at = scanner.errorAt
  const found = at >= scanner.end ? 'the end' : `"${values.text.shown(scanner.bytes, at, Math.min(at + 12, scanner.end))}"`
  return `at byte ${at - start + 1}: expected ${scanner.expected}, found ${found}`
}
