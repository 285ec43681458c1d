/**
 * Data types of columns and expressions. See `docs/reference/expressions.md` for their meaning and
 * `value.ts` for how a value of each type is held at rest.
 */
export type DataType =
  | { readonly name: 'BOOLEAN' }
  | { readonly name: 'BIGINT' }
  | { readonly name: 'DOUBLE' }
  | { readonly name: 'DECIMAL'; readonly precision: number; readonly scale: number }
  | { readonly name: 'STRING' }
  | { readonly name: 'BYTES' }
  | { readonly name: 'DATE' }
  | { readonly name: 'TIMESTAMP_LTZ' }
  /** `DAY`: a length in milliseconds; `MONTH`: a number of calendar months. */
  | { readonly name: 'INTERVAL'; readonly unit: 'DAY' | 'MONTH' }
  | { readonly name: 'ARRAY'; readonly element: DataType }
  | { readonly name: 'ROW'; readonly fields: readonly Field[] }
  | { readonly name: 'MAP'; readonly value: DataType }
  /** The type of the literal NULL: fits everywhere. */
  | { readonly name: 'NULL' }

export interface Field {
  readonly name: string
  readonly type: DataType
}

export const BOOLEAN: DataType = { name: 'BOOLEAN' }
export const BIGINT: DataType = { name: 'BIGINT' }
export const DOUBLE: DataType = { name: 'DOUBLE' }
export const STRING: DataType = { name: 'STRING' }
export const BYTES: DataType = { name: 'BYTES' }
export const DATE: DataType = { name: 'DATE' }
export const TIMESTAMP: DataType = { name: 'TIMESTAMP_LTZ' }
export const INTERVAL_DAY: DataType = { name: 'INTERVAL', unit: 'DAY' }
export const INTERVAL_MONTH: DataType = { name: 'INTERVAL', unit: 'MONTH' }
export const NULL: DataType = { name: 'NULL' }

/** Precision is the number of digits in all (1 to 38), scale those behind the point. */
export function decimal(precision: number, scale: number): DataType {
  return { name: 'DECIMAL', precision, scale }
}
export function array(element: DataType): DataType {
  return { name: 'ARRAY', element }
}
export function row(fields: readonly Field[]): DataType {
  return { name: 'ROW', fields }
}
export function map(value: DataType): DataType {
  return { name: 'MAP', value }
}

export const MAX_DECIMAL_PRECISION = 38

export function sameType(a: DataType, b: DataType): boolean {
  return printType(a) === printType(b)
}

export function isNumeric(type: DataType): boolean {
  return type.name === 'BIGINT' || type.name === 'DOUBLE' || type.name === 'DECIMAL'
}

/** A point in time: a day or a moment. */
export function isTime(type: DataType): boolean {
  return type.name === 'DATE' || type.name === 'TIMESTAMP_LTZ'
}

/** The type as text, as it stands in documents: `DECIMAL(10, 2)`, `ARRAY<ROW<sku STRING, n BIGINT>>`. */
export function printType(type: DataType): string {
  switch (type.name) {
    case 'DECIMAL':
      return `DECIMAL(${type.precision}, ${type.scale})`
    case 'TIMESTAMP_LTZ':
      return 'TIMESTAMP_LTZ(3)'
    case 'INTERVAL':
      return type.unit === 'DAY' ? 'INTERVAL DAY' : 'INTERVAL MONTH'
    case 'ARRAY':
      return `ARRAY<${printType(type.element)}>`
    case 'ROW':
      return `ROW<${type.fields.map((f) => `${printFieldName(f.name)} ${printType(f.type)}`).join(', ')}>`
    case 'MAP':
      return `MAP<STRING, ${printType(type.value)}>`
    default:
      return type.name
  }
}

function printFieldName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``
}

/** Parses the text of a type; `INT` and `INTEGER` are read as BIGINT, `VARCHAR` as STRING. Returns undefined for anything else than a type. */
export function parseType(text: string): DataType | undefined {
  const reader = new TypeReader(text)
  const type = reader.type()
  return type !== undefined && reader.atEnd() ? type : undefined
}

const SIMPLE: Readonly<Record<string, DataType>> = {
  BOOLEAN,
  BIGINT,
  INT: BIGINT,
  INTEGER: BIGINT,
  DOUBLE,
  STRING,
  VARCHAR: STRING,
  BYTES,
  DATE,
  NULL,
}

class TypeReader {
  private readonly tokens: string[]
  private position = 0

  constructor(text: string) {
    this.tokens = text.match(/`(?:[^`]|``)*`|[A-Za-z_][A-Za-z0-9_]*|\d+|[<>(),]|\S/g) ?? []
  }

  atEnd(): boolean {
    return this.position === this.tokens.length
  }

  type(): DataType | undefined {
    const word = this.next()?.toUpperCase()
    if (word === undefined) return undefined
    const simple = Object.hasOwn(SIMPLE, word) ? SIMPLE[word] : undefined
    if (simple !== undefined) return simple
    switch (word) {
      case 'DECIMAL':
        return this.decimalType()
      case 'TIMESTAMP_LTZ':
        if (this.peek() === '(' && !(this.take('(') && this.take('3') && this.take(')'))) return undefined
        return TIMESTAMP
      case 'INTERVAL': {
        const unit = this.next()?.toUpperCase()
        return unit === 'DAY' ? INTERVAL_DAY : unit === 'MONTH' ? INTERVAL_MONTH : undefined
      }
      case 'ARRAY': {
        if (!this.take('<')) return undefined
        const element = this.type()
        return element !== undefined && this.take('>') ? array(element) : undefined
      }
      case 'MAP': {
        if (!this.take('<') || this.type()?.name !== 'STRING' || !this.take(',')) return undefined
        const value = this.type()
        return value !== undefined && this.take('>') ? map(value) : undefined
      }
      case 'ROW':
        return this.rowType()
      default:
        return undefined
    }
  }

  private decimalType(): DataType | undefined {
    if (this.peek() !== '(') return decimal(10, 0)
    this.position++
    const precision = Number(this.next())
    const scale = this.take(',') ? Number(this.next()) : 0
    if (!this.take(')') || !(precision >= 1 && precision <= MAX_DECIMAL_PRECISION && scale >= 0 && scale <= precision)) return undefined
    return decimal(precision, scale)
  }

  private rowType(): DataType | undefined {
    if (!this.take('<')) return undefined
    const fields: Field[] = []
    do {
      const token = this.next()
      const type = this.type()
      if (token === undefined || type === undefined || !/^[`A-Za-z_]/.test(token)) return undefined
      fields.push({ name: token.startsWith('`') ? token.slice(1, -1).replaceAll('``', '`') : token, type })
    } while (this.take(','))
    return this.take('>') ? row(fields) : undefined
  }

  private peek(): string | undefined {
    return this.tokens[this.position]
  }
  private next(): string | undefined {
    return this.tokens[this.position++]
  }
  private take(token: string): boolean {
    if (this.peek() !== token) return false
    this.position++
    return true
  }
}
