import { parseBase64 } from '../../data/base64.ts'
import type { DataType } from '../../data/types.ts'
import { printType } from '../../data/types.ts'
import type { Value } from '../../data/value.ts'
import { ByteText } from '../byte-text.ts'
import type { SourceColumn } from '../format.ts'
import {
  parseBoolean,
  parseDate,
  parseDecimal,
  parseDouble,
  parseEpoch,
  parseInteger,
  parseNumber,
  parseTimestampText,
} from '../text-values.ts'
import { NameTable } from './names.ts'
import { JsonKind, type JsonScanner } from './scan.ts'
import { unescapeJson } from './unescape.ts'

type Unit = SourceColumn['unit']

/** What could not be read: where within its column, what stands there, and what should. */
interface Failure {
  readonly path: string
  readonly text: string
  readonly type: DataType
}

/** Reads checked JSON values as values of a type. `undefined` says that it is none, and `problem` then what stood where. */
export class JsonValues {
  readonly text = new ByteText()
  private readonly scanner: JsonScanner
  private readonly tables = new Map<DataType, NameTable>()
  private readonly encoder = new TextEncoder()
  private failure: Failure = { path: '', text: '', type: { name: 'NULL' } }

  constructor(scanner: JsonScanner) {
    this.scanner = scanner
  }

  /** Of the last value that could not be read: `[2].amount: "x" is not a DOUBLE`, the path empty for the value itself. */
  problem(column: string): string {
    const { path, text, type } = this.failure
    return `column ${column}${path}: ${text} is not ${articled(printType(type))}`
  }

  /** The value in `[start, end)`, of a kind that the scanner gave. */
  read(type: DataType, unit: Unit, start: number, end: number, kind: JsonKind): Value | undefined {
    if (kind === JsonKind.NULL) return null
    const value = this.readPresent(type, unit, start, end, kind)
    if (value === undefined && !isNested(type, kind)) this.fail(type, start, end)
    return value
  }

  /** A DOUBLE, TIMESTAMP or DATE; NaN where it is none or the text NaN, which `read` tells apart. */
  readNumber(type: DataType, unit: Unit, start: number, end: number, kind: JsonKind): number {
    const { bytes } = this.scanner
    if (type.name === 'DOUBLE' && (kind === JsonKind.NUMBER || kind === JsonKind.INTEGER)) return parseNumber(bytes, start, end)
    if (type.name === 'TIMESTAMP_LTZ') {
      if (kind === JsonKind.PLAIN_STRING) return parseTimestampText(bytes, start + 1, end - 1, unit)
      if ((kind === JsonKind.INTEGER || kind === JsonKind.NUMBER) && unit !== 'iso') return parseEpoch(bytes, start, end, unit)
    }
    return Number.NaN
  }

  private readPresent(type: DataType, unit: Unit, start: number, end: number, kind: JsonKind): Value | undefined {
    const { bytes } = this.scanner
    switch (type.name) {
      case 'STRING':
        return this.string(start, end, kind)
      case 'ROW':
        return kind === JsonKind.OBJECT ? this.row(type, start) : undefined
      case 'ARRAY':
        return kind === JsonKind.ARRAY ? this.array(type.element, start) : undefined
      case 'MAP':
        return kind === JsonKind.OBJECT ? this.map(type.value, start) : undefined
      case 'NULL':
        return null
      case 'BOOLEAN':
        if (kind === JsonKind.TRUE) return true
        if (kind === JsonKind.FALSE) return false
        break
      default:
        break
    }
    if (kind === JsonKind.PLAIN_STRING) return this.scalar(type, unit, bytes, start + 1, end - 1, true)
    if (kind === JsonKind.ESCAPED_STRING) {
      const inner = this.encoder.encode(unescapeJson(bytes, start + 1, end - 1, this.text))
      return this.scalar(type, unit, inner, 0, inner.length, true)
    }
    if (kind === JsonKind.INTEGER || kind === JsonKind.NUMBER) return this.scalar(type, unit, bytes, start, end, false)
    return undefined
  }

  /** A value written as text, `quoted`, or as a number. Also for cells of a CSV file. */
  scalar(type: DataType, unit: Unit, bytes: Uint8Array, start: number, end: number, quoted: boolean): Value | undefined {
    switch (type.name) {
      case 'BIGINT':
        return parseInteger(bytes, start, end)
      case 'DOUBLE':
        return parseDouble(bytes, start, end)
      case 'DECIMAL':
        return parseDecimal(bytes, start, end, type.precision, type.scale)
      case 'INTERVAL': {
        const value = parseInteger(bytes, start, end)
        return typeof value === 'number' ? value : undefined
      }
      case 'TIMESTAMP_LTZ':
        if (quoted) return known(parseTimestampText(bytes, start, end, unit))
        return unit === 'iso' ? undefined : known(parseEpoch(bytes, start, end, unit))
      case 'BOOLEAN':
        return quoted ? parseBoolean(bytes, start, end) : undefined
      case 'DATE':
        return quoted ? known(parseDate(bytes, start, end)) : undefined
      case 'BYTES':
        return quoted ? parseBase64(bytes, start, end) : undefined
      default:
        return undefined
    }
  }

  string(start: number, end: number, kind: JsonKind): string {
    const { bytes } = this.scanner
    switch (kind) {
      case JsonKind.PLAIN_STRING:
        return this.text.ascii(bytes, start + 1, end - 1)
      case JsonKind.UTF8_STRING:
        return this.text.valid(bytes, start + 1, end - 1)
      case JsonKind.ESCAPED_STRING:
        return unescapeJson(bytes, start + 1, end - 1, this.text)
      case JsonKind.OBJECT:
      case JsonKind.ARRAY:
        return this.text.valid(bytes, start, end)
      default:
        return this.text.ascii(bytes, start, end)
    }
  }

  private row(type: DataType & { name: 'ROW' }, start: number): Value | undefined {
    let table = this.tables.get(type)
    if (table === undefined) {
      table = new NameTable(type.fields.map((field) => field.name))
      this.tables.set(type, table)
    }
    const values: (Value | undefined)[] = new Array<Value | undefined>(type.fields.length).fill(null)
    const failures: (Failure | undefined)[] = []
    let guess = 0
    const { scanner } = this
    let i = scanner.space(start + 1)
    while (scanner.bytes[i] !== 125) {
      let k = guess
      let keyEnd = table.endOf(guess, scanner.bytes, i, scanner.end)
      if (keyEnd < 0) {
        keyEnd = scanner.string(i)
        k = table.find(scanner, i, keyEnd, this.text)
      }
      const valueStart = scanner.colon(keyEnd)
      const valueEnd = scanner.value(valueStart, 0)
      const field = type.fields[k]
      if (field !== undefined) {
        values[k] = this.read(field.type, undefined, valueStart, valueEnd, scanner.kind)
        failures[k] = values[k] === undefined ? { ...this.failure, path: `.${field.name}${this.failure.path}` } : undefined
        guess = k + 1
      }
      i = scanner.space(valueEnd)
      if (scanner.bytes[i] === 44) i = scanner.space(i + 1)
    }
    const failure = failures.find((candidate) => candidate !== undefined)
    if (failure === undefined) return values as readonly Value[] // none is undefined, or there were a failure
    this.failure = failure
    return undefined
  }

  private array(element: DataType, start: number): Value | undefined {
    const values: Value[] = []
    const { scanner } = this
    let i = scanner.space(start + 1)
    while (scanner.bytes[i] !== 93) {
      const valueEnd = scanner.value(i, 0)
      const value = this.read(element, undefined, i, valueEnd, scanner.kind)
      if (value === undefined) {
        this.failedWithin(`[${values.length + 1}]`)
        return undefined
      }
      values.push(value)
      i = scanner.space(valueEnd)
      if (scanner.bytes[i] === 44) i = scanner.space(i + 1)
    }
    return values
  }

  private map(valueType: DataType, start: number): Value | undefined {
    const entries = new Map<string, Value>()
    const { scanner } = this
    let i = scanner.space(start + 1)
    while (scanner.bytes[i] !== 125) {
      const keyEnd = scanner.string(i)
      const key = this.string(i, keyEnd, scanner.kind)
      const valueStart = scanner.colon(keyEnd)
      const valueEnd = scanner.value(valueStart, 0)
      const value = this.read(valueType, undefined, valueStart, valueEnd, scanner.kind)
      if (value === undefined) {
        this.failedWithin(`['${key}']`)
        return undefined
      }
      entries.set(key, value)
      i = scanner.space(valueEnd)
      if (scanner.bytes[i] === 44) i = scanner.space(i + 1)
    }
    return entries
  }

  private fail(type: DataType, start: number, end: number): void {
    this.failure = { path: '', text: this.text.shown(this.scanner.bytes, start, end), type }
  }

  private failedWithin(step: string): void {
    this.failure = { ...this.failure, path: step + this.failure.path }
  }
}

/** Whether a failure lies inside the value, where it was noted already. */
function isNested(type: DataType, kind: JsonKind): boolean {
  return kind === JsonKind.ARRAY ? type.name === 'ARRAY' : kind === JsonKind.OBJECT && (type.name === 'ROW' || type.name === 'MAP')
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value
}

export function articled(type: string): string {
  return `${/^[AEI]/.test(type) ? 'an' : 'a'} ${type}`
}
