import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBatch, rowValues } from '../data/batch.ts'
import { columnOf, createColumnWriter } from '../data/column.ts'
import { Decimal } from '../data/decimal.ts'
import {
  array,
  BIGINT,
  BOOLEAN,
  BYTES,
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  type Field,
  map,
  row,
  STRING,
  TIMESTAMP,
} from '../data/types.ts'
import { equalValues, integerAtRest, type Value } from '../data/value.ts'
import type { SourceColumn } from './format.ts'
import { formatConfig, formatNamed, formats } from './formats.ts'

const MAX_MS = 8.64e15

/** Values of a type at rest; `nullable` for those that may be NULL. */
function valuesOf(type: DataType): fc.Arbitrary<Value> {
  switch (type.name) {
    case 'BOOLEAN':
      return fc.boolean()
    case 'BIGINT':
      return fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(integerAtRest))
    case 'DOUBLE':
      return fc.double()
    case 'DECIMAL':
      return fc
        .bigInt({ min: -(10n ** BigInt(type.precision)) + 1n, max: 10n ** BigInt(type.precision) - 1n })
        .map((n) => new Decimal(n, type.scale))
    case 'STRING':
      return fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '"', 'a"b', 'a,b', 'a\r\nb', ' x ', 'NULL', '\ufeffx'),
      )
    case 'BYTES':
      return fc.uint8Array()
    case 'DATE':
      return fc.integer({ min: -100_000_000, max: 100_000_000 })
    case 'TIMESTAMP_LTZ':
      return fc.oneof(fc.integer({ min: -MAX_MS, max: MAX_MS }), fc.integer({ min: 0, max: 4e12 }))
    case 'ARRAY':
      return fc.array(nullable(type.element), { maxLength: 4 })
    case 'ROW':
      return fc.tuple(...type.fields.map((field) => nullable(field.type)))
    case 'MAP':
      return fc.dictionary(fc.string(), nullable(type.value), { maxKeys: 4 }).map((entries) => new Map(Object.entries(entries)))
    default:
      return fc.constant(null)
  }
}

function nullable(type: DataType): fc.Arbitrary<Value> {
  return fc.option(valuesOf(type), { freq: 5 })
}

const COLUMNS: readonly SourceColumn[] = [
  { name: 'ok', type: BOOLEAN },
  { name: 'n', type: BIGINT },
  { name: 'x', type: DOUBLE },
  { name: 'price', type: decimal(38, 6) },
  { name: 'große "Straße"', type: STRING },
  { name: 'raw', type: BYTES },
  { name: 'day', type: DATE },
  { name: 'at', type: TIMESTAMP },
  { name: 'at_s', type: TIMESTAMP, unit: 's' },
  { name: 'at_ms', type: TIMESTAMP, unit: 'ms' },
  { name: 'at_us', type: TIMESTAMP, unit: 'us' },
  { name: 'at_ns', type: TIMESTAMP, unit: 'ns' },
  { name: 'at_iso', type: TIMESTAMP, unit: 'iso' },
  { name: 'list', type: array(array(BIGINT)) },
  {
    name: 'nested',
    type: row([
      { name: 'sku', type: STRING },
      { name: 'count', type: BIGINT },
      { name: 'when', type: TIMESTAMP },
      { name: 'inner', type: row([{ name: 'a', type: decimal(10, 2) }]) },
    ]),
  },
  { name: 'labels', type: map(DOUBLE) },
]

function batchOf(columns: readonly Field[], rows: readonly (readonly Value[])[]) {
  const numbers = new Float64Array(rows.length)
  return createBatch({
    length: rows.length,
    fields: columns,
    columns: columns.map((column, i) =>
      columnOf(
        column.type,
        rows.map((values) => values[i] ?? null),
      ),
    ),
    eventTimes: numbers,
    watermarks: numbers,
  })
}

const CONFIGS = [
  { type: 'json' },
  { type: 'csv' },
  { type: 'csv', delimiter: ';', header: false, null: 'NULL' },
  { type: 'csv', delimiter: '\t' },
]

describe.each(CONFIGS)('format %j', { timeout: 30_000 }, (config) => {
  const options = formatConfig.parse(config)
  const format = formatNamed(options.type)
  if (format === undefined) throw new Error('no such format')
  const rowArbitrary: fc.Arbitrary<Value[]> = fc.tuple(...COLUMNS.map((column) => nullable(column.type)))

  test('what was encoded, framed and decoded is what there was, for every type and any chunks', () => {
    fc.assert(
      fc.property(
        fc.array(rowArbitrary, { maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom('\n', '\r\n'),
        (rows, chunk, lineEnd) => {
          const batch = batchOf(COLUMNS, rows)
          const encoder = format.encoder(COLUMNS, options)
          const lines = [...(encoder.header === undefined ? [] : [encoder.header]), ...rows.map((_, i) => encoder.encode(batch, i))]
          const file = concat(lines.flatMap((line) => [line, new TextEncoder().encode(lineEnd)]))
          const records = frame(format.framer(options), file, chunk)
          const decoder = format.decoder(COLUMNS, options)
          const writers = COLUMNS.map((column) => createColumnWriter(column.type))
          for (const record of records) {
            const outcome = decoder.decode(record.bytes, 0, record.bytes.length, writers)
            expect(outcome === 'header' ? undefined : outcome).toBeUndefined()
          }
          const columns = writers.map((writer) => writer.finish())
          for (const [r, values] of rows.entries()) {
            for (const [c, value] of values.entries()) {
              const { name, type } = COLUMNS[c] as SourceColumn
              const read = columns[c]?.value(r) ?? null
              expect([name, value, read, equalValues(type, read, value)]).toEqual([name, value, read, true])
            }
          }
          expect(columns[0]?.length).toBe(rows.length)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('any chunks give the same records', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', '{', '\ufeff') }).map((s) => new TextEncoder().encode(s)),
    )
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 20 }), (file, chunk) => {
        expect(frame(format.framer(options), file, chunk)).toEqual(frame(format.framer(options), file, file.length + 1))
      }),
      { numRuns: 300 },
    )
  })

  test('garbage never throws, and appends to all columns or to none', () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc
        .string({
          unit: fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            '"',
            ':',
            ',',
            '\\',
            'u',
            '0',
            '1',
            'e',
            '-',
            '.',
            'n',
            'x',
            ' ',
            'ok',
            'null',
            'true',
            '\n',
          ),
        })
        .map((s) => new TextEncoder().encode(s)),
    )
    const decoder = format.decoder(COLUMNS, options)
    const writers = COLUMNS.map((column) => createColumnWriter(column.type))
    fc.assert(
      fc.property(garbage, (bytes) => {
        decoder.decode(bytes, 0, bytes.length, writers)
        expect(new Set(writers.map((writer) => writer.length)).size).toBe(1)
        expect(() => format.infer([bytes, bytes], options)).not.toThrow()
      }),
      { numRuns: 500 },
    )
  })
})

test('each option of each format says what it is', () => {
  for (const format of formats) {
    for (const [name, schema] of Object.entries(format.options.shape)) {
      const meta = (schema as { meta(): { title?: string; description?: string } | undefined }).meta()
      expect([format.name, name, meta?.title, meta?.description]).toEqual([format.name, name, expect.any(String), expect.any(String)])
    }
  }
})

test('rowValues sees what a batch was made of', () => {
  expect(rowValues(batchOf(COLUMNS.slice(0, 2), [[true, 1]]), 0)).toEqual([true, 1])
})

function frame(framer: ReturnType<(typeof formats)[0]['framer']>, file: Uint8Array, chunk: number) {
  const records: { line: number; bytes: Uint8Array }[] = []
  let held = new Uint8Array(0)
  let line = 1
  for (let at = 0; at <= file.length; at += chunk) {
    const atEnd = at + chunk > file.length
    held = concat([held, file.subarray(at, Math.min(at + chunk, file.length))])
    // Bytes behind the length do not count.
    const padded = concat([held, Uint8Array.of(10, 34, 10)])
    const into = { starts: [] as number[], ends: [] as number[], lines: [] as number[] }
    const { consumed, nextLine } = framer.cut(padded, held.length, atEnd, line, into)
    for (const [i, start] of into.starts.entries()) records.push({ line: into.lines[i] ?? 0, bytes: held.slice(start, into.ends[i]) })
    held = held.slice(consumed)
    line = nextLine
  }
  return records
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
