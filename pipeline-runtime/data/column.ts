import type { DataType } from './types.ts'
import type { Value } from './value.ts'

/**
 * One column of a batch, read by row index. Operators see columns only through this interface, so that an implementation
 * may keep bytes and decode on demand; `column.contract.ts` is the suite that each one passes.
 */
export interface Column {
  readonly type: DataType
  readonly length: number
  isNull(row: number): boolean
  /** The value at rest (`value.ts`), NULL as null. */
  value(row: number): Value
  /** For DOUBLE, DATE, TIMESTAMP_LTZ and INTERVAL: the number, NaN for NULL. Other types throw. */
  number(row: number): number
}

/** Builds one column by appending. A writer may be used again after `finish`, which starts it anew. */
export interface ColumnWriter {
  readonly type: DataType
  readonly length: number
  append(value: Value): void
  /** Same as `append` for DOUBLE, DATE, TIMESTAMP_LTZ and INTERVAL, without a check for null. */
  appendNumber(value: number): void
  appendNull(): void
  finish(): Column
}

export function isHeldAsNumber(type: DataType): boolean {
  return type.name === 'DOUBLE' || type.name === 'DATE' || type.name === 'TIMESTAMP_LTZ' || type.name === 'INTERVAL'
}

export function createColumnWriter(type: DataType, capacity = 64): ColumnWriter {
  return isHeldAsNumber(type) ? new NumberColumnWriter(type, capacity) : new ValueColumnWriter(type)
}

/** A column over values that are there already. */
export function columnOf(type: DataType, values: readonly Value[]): Column {
  const writer = createColumnWriter(type, values.length)
  for (const value of values) writer.append(value)
  return writer.finish()
}

/** A column that has the same value in each row. */
export function constantColumn(type: DataType, value: Value, length: number): Column {
  return {
    type,
    length,
    isNull: () => value === null,
    value: () => value,
    number: () => (isHeldAsNumber(type) ? (value === null ? Number.NaN : (value as number)) : refuseNumber(type)),
  }
}

/** The rows `rows[0..count)` of another column, without a copy of its values. */
export function selectColumn(column: Column, rows: Int32Array, count: number): Column {
  if (column instanceof SelectedColumn) {
    const composed = new Int32Array(count)
    for (let i = 0; i < count; i++) composed[i] = column.rows[rows[i] as number] as number
    return new SelectedColumn(column.base, composed, count)
  }
  return new SelectedColumn(column, rows, count)
}

function refuseNumber(type: DataType): never {
  throw new TypeError(`A column of type ${type.name} has no plain numbers; use value().`)
}

class NumberColumn implements Column {
  readonly type: DataType
  readonly length: number
  private readonly numbers: Float64Array
  private readonly nulls: Uint8Array | undefined

  constructor(type: DataType, numbers: Float64Array, nulls: Uint8Array | undefined, length: number) {
    this.type = type
    this.numbers = numbers
    this.nulls = nulls
    this.length = length
  }
  isNull(row: number): boolean {
    return this.nulls !== undefined && this.nulls[row] === 1
  }
  value(row: number): Value {
    return this.isNull(row) ? null : (this.numbers[row] as number)
  }
  number(row: number): number {
    return this.numbers[row] as number
  }
}

class NumberColumnWriter implements ColumnWriter {
  readonly type: DataType
  length = 0
  private numbers: Float64Array
  private nulls: Uint8Array | undefined

  constructor(type: DataType, capacity: number) {
    this.type = type
    this.numbers = new Float64Array(Math.max(capacity, 1))
  }
  append(value: Value): void {
    if (value === null) this.appendNull()
    else this.appendNumber(value as number)
  }
  appendNumber(value: number): void {
    if (this.length === this.numbers.length) this.grow()
    this.numbers[this.length++] = value
  }
  appendNull(): void {
    if (this.length === this.numbers.length) this.grow()
    this.nulls ??= new Uint8Array(this.numbers.length)
    this.nulls[this.length] = 1
    this.numbers[this.length++] = Number.NaN
  }
  finish(): Column {
    const column = new NumberColumn(this.type, this.numbers, this.nulls, this.length)
    this.numbers = new Float64Array(Math.max(this.length, 1))
    this.nulls = undefined
    this.length = 0
    return column
  }
  private grow(): void {
    const numbers = new Float64Array(this.numbers.length * 2)
    numbers.set(this.numbers)
    this.numbers = numbers
    if (this.nulls !== undefined) {
      const nulls = new Uint8Array(numbers.length)
      nulls.set(this.nulls)
      this.nulls = nulls
    }
  }
}

class ValueColumn implements Column {
  readonly type: DataType
  private readonly values: readonly Value[]

  constructor(type: DataType, values: readonly Value[]) {
    this.type = type
    this.values = values
  }
  get length(): number {
    return this.values.length
  }
  isNull(row: number): boolean {
    return this.values[row] === null
  }
  value(row: number): Value {
    return this.values[row] as Value
  }
  number(): number {
    return refuseNumber(this.type)
  }
}

class ValueColumnWriter implements ColumnWriter {
  readonly type: DataType
  private values: Value[] = []

  constructor(type: DataType) {
    this.type = type
  }
  get length(): number {
    return this.values.length
  }
  append(value: Value): void {
    this.values.push(value)
  }
  appendNumber(): void {
    refuseNumber(this.type)
  }
  appendNull(): void {
    this.values.push(null)
  }
  finish(): Column {
    const column = new ValueColumn(this.type, this.values)
    this.values = []
    return column
  }
}

class SelectedColumn implements Column {
  readonly base: Column
  readonly rows: Int32Array
  readonly length: number

  constructor(base: Column, rows: Int32Array, count: number) {
    this.base = base
    this.rows = rows
    this.length = count
  }
  get type(): DataType {
    return this.base.type
  }
  isNull(row: number): boolean {
    return this.base.isNull(this.rows[row] as number)
  }
  value(row: number): Value {
    return this.base.value(this.rows[row] as number)
  }
  number(row: number): number {
    return this.base.number(this.rows[row] as number)
  }
}
