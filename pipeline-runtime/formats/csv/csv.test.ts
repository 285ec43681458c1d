import { describe, expect, test } from 'vitest'
import { createColumnWriter } from '../../data/column.ts'
import { array, BIGINT, BOOLEAN, DOUBLE, STRING, TIMESTAMP } from '../../data/types.ts'
import type { Value } from '../../data/value.ts'
import type { DecodeProblem, Decoder, SourceColumn } from '../format.ts'
import { csvFormat } from './format.ts'
import { csvOptions } from './options.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

function read(file: string, columns: readonly SourceColumn[], config: object = {}, decoder?: Decoder) {
  const options = csvOptions.parse({ type: 'csv', ...config })
  const bytes = bytesOf(file)
  const into = { starts: [] as number[], ends: [] as number[], lines: [] as number[] }
  csvFormat.framer(options).cut(bytes, bytes.length, true, 1, into)
  const used = decoder ?? csvFormat.decoder(columns, options)
  return into.starts.map((start, i): Value[] | DecodeProblem | 'header' => {
    const writers = columns.map((column) => createColumnWriter(column.type))
    const outcome = used.decode(bytes, start, into.ends[i] ?? 0, writers)
    if (outcome === undefined) return writers.map((writer) => writer.finish().value(0))
    expect(writers.every((writer) => writer.length === 0)).toBe(true)
    return outcome
  })
}

const A_B = [
  { name: 'a', type: STRING },
  { name: 'b', type: BIGINT },
]

describe('CSV', () => {
  test('quotes, doubled quotes, line breaks in quotes, CRLF, byte order mark, columns by name', () => {
    expect(read('\ufeffx, b ,a\r\n1,2,"say ""hi"""\r\n,"3","two\r\nlines"\n0,,""', A_B)).toEqual([
      'header',
      ['say "hi"', 2],
      ['two\r\nlines', 3],
      ['', null],
    ])
  })

  test('NULL is the text for it where unquoted', () => {
    expect(read('NULL;1\n"NULL";1\n;1', A_B, { delimiter: ';', header: false, null: 'NULL' })).toEqual([
      [null, 1],
      ['NULL', 1],
      ['', 1],
    ])
  })

  test('wrong number of fields, a quote never closed, text behind a quote, a value that is none', () => {
    expect(read('a,b\n1\n"x" y,2\nx,1.5\n"x,2\n', A_B).slice(1)).toEqual([
      { code: 'UNDECODABLE_CSV', message: '1 field, but the header has 2' },
      { code: 'UNDECODABLE_CSV', message: 'field 1 has text behind its closing quote' },
      { code: 'UNDECODABLE_VALUE', message: 'column b: "1.5" is not a BIGINT' },
      { code: 'UNDECODABLE_CSV', message: 'field 1 starts with a quote that is never closed' },
    ])
  })

  test('a declared column that the header does not have', () => {
    expect(read('a,c\n1,2\n', A_B)).toEqual(['header', { code: 'UNDECODABLE_CSV', message: 'the header has no column b; it has a, c' }])
  })

  test('blank lines are no rows, unless a row has one field', () => {
    expect(read('a,b\n\nx,1\n\n', A_B)).toEqual(['header', 'header', ['x', 1], 'header'])
    expect(read('a\n\nx\n', A_B.slice(0, 1))).toEqual(['header', [null], ['x']])
  })

  test('the header survives a restart', () => {
    const options = csvOptions.parse({ type: 'csv' })
    const before = csvFormat.decoder(A_B, options)
    read('b,a\n', A_B, {}, before)
    const after = csvFormat.decoder(A_B, options)
    after.restore?.(before.snapshot?.() ?? null)
    expect(read('1,x\n', A_B, {}, after)).toEqual([['x', 1]])
  })

  test('bytes that are no UTF-8 in a text', () => {
    const decoder = csvFormat.decoder(A_B, csvOptions.parse({ type: 'csv', header: false }))
    const bytes = Uint8Array.of(0xfc, 44, 49)
    expect(
      decoder.decode(
        bytes,
        0,
        3,
        A_B.map((column) => createColumnWriter(column.type)),
      ),
    ).toMatchObject({ code: 'UNDECODABLE_CSV' })
  })

  test('lists stand as JSON in their field', () => {
    expect(read('l\n"[1,2]"\n"[1"\n', [{ name: 'l', type: array(BIGINT) }])).toEqual([
      'header',
      [[1, 2]],
      { code: 'UNDECODABLE_VALUE', message: 'column l: "[1" is not JSON' },
    ])
  })

  test('infers columns', () => {
    const records = ['id,zip,amount,ok,at,mixed', '1,01067,1.5,true,2026-01-01T00:00:00Z,1', '2,80331,2,false,2026-01-01 00:00:01,x'].map(
      bytesOf,
    )
    expect(csvFormat.infer(records, csvOptions.parse({ type: 'csv' }))).toEqual([
      { name: 'id', type: BIGINT },
      { name: 'zip', type: STRING, note: 'the samples disagree: whole numbers, texts' },
      { name: 'amount', type: DOUBLE },
      { name: 'ok', type: BOOLEAN },
      { name: 'at', type: TIMESTAMP, unit: 'iso' },
      { name: 'mixed', type: STRING, note: 'the samples disagree: whole numbers, texts' },
    ])
  })

  test.each([
    { delimiter: '"' },
    { delimiter: '\n' },
    { delimiter: ',,' },
    { null: '"' },
    { null: 'a,b' },
    { delimiter: ';', null: ';' },
    { other: 1 },
  ])('refuses the option %j', (config) => {
    expect(csvOptions.safeParse({ type: 'csv', ...config }).success).toBe(false)
  })
})
