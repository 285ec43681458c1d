import { DAY, MAX_TIME } from './calendar.ts'
import { compareDecimals, Decimal } from './decimal.ts'
import type { DataType } from './types.ts'

/**
 * A value at rest, by type:
 *
 * | type | held as |
 * | --- | --- |
 * | BOOLEAN | `boolean` |
 * | BIGINT | `number` while |v| <= 2^53 - 1, else `bigint` (never the other way round) |
 * | DOUBLE | `number` |
 * | DECIMAL | `Decimal` at the type's scale |
 * | STRING | `string` |
 * | BYTES | `Uint8Array` |
 * | DATE | `number`, days since 1970-01-01 |
 * | TIMESTAMP_LTZ | `number`, milliseconds since 1970-01-01T00:00:00Z |
 * | INTERVAL | `number`, milliseconds (DAY) or months (MONTH) |
 * | ARRAY | array of values |
 * | ROW | array of values in the order of the type's fields |
 * | MAP | `Map<string, Value>` |
 *
 * NULL is `null` for every type. Equality, order, hashing, key encoding and printing of values stand in this file only.
 */
export type Value = null | boolean | number | bigint | string | Uint8Array | Decimal | readonly Value[] | ReadonlyMap<string, Value>

export const MIN_BIGINT = -(2n ** 63n)
export const MAX_BIGINT = 2n ** 63n - 1n

/** The at-rest form of an integer: a `number` where it is exact, else the `bigint`. */
export function integerAtRest(value: bigint): number | bigint {
  return value <= 9007199254740991n && value >= -9007199254740991n ? Number(value) : value
}

/** Equality of two values of one type: NULL equals NULL, NaN equals NaN, -0 equals 0 (as for grouping and IS NOT DISTINCT FROM). */
export function equalValues(type: DataType, a: Value, b: Value): boolean {
  return a === b || compareValues(type, a, b) === 0
}

/**
 * Total order of two values of one type: NULL is smallest, NaN is the largest DOUBLE, -0 equals 0,
 * strings go by code point, bytes by unsigned byte, false before true. Below, at or above zero like `Array.sort` wants it.
 */
export function compareValues(type: DataType, a: Value, b: Value): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  switch (type.name) {
    case 'BIGINT':
      return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0
    case 'DOUBLE':
    case 'DATE':
    case 'TIMESTAMP_LTZ':
    case 'INTERVAL':
      return compareDoubles(a as number, b as number)
    case 'DECIMAL':
      return compareDecimals(a as Decimal, b as Decimal)
    case 'STRING':
      return compareCodePoints(a as string, b as string)
    case 'BOOLEAN':
      return a === true ? 1 : -1
    case 'BYTES':
      return compareBytes(a as Uint8Array, b as Uint8Array)
    case 'ARRAY':
      return compareLists(a as readonly Value[], b as readonly Value[], () => type.element)
    case 'ROW':
      return compareLists(a as readonly Value[], b as readonly Value[], (i) => type.fields[i]?.type ?? type)
    case 'MAP':
      return compareMaps(type.value, a as ReadonlyMap<string, Value>, b as ReadonlyMap<string, Value>)
    case 'NULL':
      return 0
  }
}

export function compareDoubles(a: number, b: number): number {
  if (a < b) return -1
  if (a > b) return 1
  if (a === b) return 0
  const nanA = Number.isNaN(a)
  return nanA === Number.isNaN(b) ? 0 : nanA ? 1 : -1
}

/** UTF-16 order differs from code point order only where a surrogate meets a unit from U+E000 up. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) {
      const surrogateX = x >= 0xd800 && x <= 0xdfff
      const surrogateY = y >= 0xd800 && y <= 0xdfff
      if (surrogateX !== surrogateY) return surrogateX ? (y >= 0xe000 ? 1 : x - y) : x >= 0xe000 ? -1 : x - y
      return x - y
    }
  }
  return a.length - b.length
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function compareLists(a: readonly Value[], b: readonly Value[], typeAt: (index: number) => DataType): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const order = compareValues(typeAt(i), a[i] ?? null, b[i] ?? null)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareMaps(valueType: DataType, a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): number {
  const keysA = [...a.keys()].sort(compareCodePoints)
  const keysB = [...b.keys()].sort(compareCodePoints)
  for (let i = 0; i < Math.min(keysA.length, keysB.length); i++) {
    const keyA = keysA[i] as string
    const keyB = keysB[i] as string
    const order = compareCodePoints(keyA, keyB) || compareValues(valueType, a.get(keyA) ?? null, b.get(keyB) ?? null)
    if (order !== 0) return order
  }
  return keysA.length - keysB.length
}

/**
 * Text that is the same for equal values and differs for different ones; the parts of a composite key are simply put
 * one behind the other, since each part says where it ends. Keyed state, repartitioning and timers go by it.
 */
export function encodeKeyPart(type: DataType, value: Value): string {
  if (value === null) return '~'
  switch (type.name) {
    case 'BIGINT':
      return `i${value as number};`
    case 'DOUBLE':
      return `d${(value as number) === 0 ? 0 : (value as number)};`
    case 'DATE':
    case 'TIMESTAMP_LTZ':
    case 'INTERVAL':
      return `t${value as number};`
    case 'DECIMAL': {
      const text = (value as Decimal).toString()
      return `n${text.includes('.') ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text};`
    }
    case 'STRING':
      return `s${(value as string).length}:${value as string}`
    case 'BOOLEAN':
      return value === true ? 'T' : 'F'
    case 'BYTES':
      return `b${hex(value as Uint8Array)};`
    case 'ARRAY':
      return `[${(value as readonly Value[]).map((v) => encodeKeyPart(type.element, v)).join('')}]`
    case 'ROW':
      return `(${type.fields.map((f, i) => encodeKeyPart(f.type, (value as readonly Value[])[i] ?? null)).join('')})`
    case 'MAP': {
      const entries = [...(value as ReadonlyMap<string, Value>)].sort(([a], [b]) => compareCodePoints(a, b))
      return `{${entries.map(([k, v]) => `${k.length}:${k}${encodeKeyPart(type.value, v)}`).join('')}}`
    }
    case 'NULL':
      return '~'
  }
}

/** A well-mixed unsigned 32-bit hash of text (MurmurHash3's 32-bit block and final mix over UTF-16 units). */
export function hashText(text: string, seed = 0): number {
  let h = seed | 0
  for (let i = 0; i < text.length; i++) {
    let k = Math.imul(text.charCodeAt(i), 0xcc9e2d51)
    k = (k << 15) | (k >>> 17)
    h ^= Math.imul(k, 0x1b873593)
    h = (h << 13) | (h >>> 19)
    h = (Math.imul(h, 5) + 0xe6546b64) | 0
  }
  h ^= text.length
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The value as a person reads it: integers with all digits, timestamps as ISO-8601 in UTC, bytes as `0x…`, NULL as `NULL`. */
export function printValue(type: DataType, value: Value): string {
  if (value === null) return 'NULL'
  switch (type.name) {
    case 'TIMESTAMP_LTZ':
      return printTimestamp(value as number)
    case 'DATE':
      return printDate(value as number)
    case 'BYTES':
      return `0x${hex(value as Uint8Array)}`
    case 'ARRAY':
      return `[${(value as readonly Value[]).map((v) => printValue(type.element, v)).join(', ')}]`
    case 'ROW':
      return `{${type.fields.map((f, i) => `${f.name}: ${printValue(f.type, (value as readonly Value[])[i] ?? null)}`).join(', ')}}`
    case 'MAP':
      return `{${[...(value as ReadonlyMap<string, Value>)].map(([k, v]) => `${k}: ${printValue(type.value, v)}`).join(', ')}}`
    default:
      return String(value)
  }
}

/** The day as ISO-8601: `2024-02-29`. */
export function printDate(days: number): string {
  return printTimestamp(days * DAY).replace(/T.*$/, '')
}

/** ISO-8601 in UTC with milliseconds; beyond the years that a Date can hold, the number itself. */
export function printTimestamp(milliseconds: number): string {
  return Math.abs(milliseconds) <= MAX_TIME ? new Date(milliseconds).toISOString() : String(milliseconds)
}

function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** JSON that keeps a value exactly, for snapshots: what JSON cannot hold is a one-key object (`{"n":"9007199254740993"}`). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export function valueToJson(type: DataType, value: Value): Json {
  if (value === null) return null
  switch (type.name) {
    case 'BIGINT':
      return typeof value === 'bigint' ? { n: value.toString() } : (value as number)
    case 'DOUBLE':
      return Number.isFinite(value as number) && !Object.is(value, -0)
        ? (value as number)
        : { d: Object.is(value, -0) ? '-0' : String(value) }
    case 'DECIMAL':
      return (value as Decimal).toString()
    case 'BYTES':
      return hex(value as Uint8Array)
    case 'ARRAY':
      return (value as readonly Value[]).map((v) => valueToJson(type.element, v))
    case 'ROW':
      return type.fields.map((f, i) => valueToJson(f.type, (value as readonly Value[])[i] ?? null))
    case 'MAP':
      return [...(value as ReadonlyMap<string, Value>)].map(([k, v]) => [k, valueToJson(type.value, v)])
    default:
      return value as boolean | number | string
  }
}

/** Undoes `valueToJson`. */
export function valueFromJson(type: DataType, json: Json): Value {
  if (json === null) return null
  switch (type.name) {
    case 'BIGINT':
      return typeof json === 'object' ? BigInt((json as { n: string }).n) : (json as number)
    case 'DOUBLE':
      return typeof json === 'object' ? Number((json as { d: string }).d) : (json as number)
    case 'DECIMAL':
      return (Decimal.parse(json as string) ?? new Decimal(0n, 0)).toScale(type.scale)
    case 'BYTES':
      return Uint8Array.from((json as string).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    case 'ARRAY':
      return (json as readonly Json[]).map((v) => valueFromJson(type.element, v))
    case 'ROW':
      return type.fields.map((f, i) => valueFromJson(f.type, (json as readonly Json[])[i] ?? null))
    case 'MAP':
      return new Map((json as readonly (readonly [string, Json])[]).map(([k, v]) => [k, valueFromJson(type.value, v)]))
    default:
      return json as boolean | number | string
  }
}
