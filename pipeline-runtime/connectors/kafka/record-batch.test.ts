import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { keyBytes, valueBytes } from '../../data/log-records.ts'
import type { OutgoingRecord } from '../../engine/operator.ts'
import { crc32c } from './crc32c.ts'
import { decodeRecordBatches } from './record-batch-decode.ts'
import { encodeRecordBatch, recordSizeBound } from './record-batch-encode.ts'

const bytes = (text: string) => Buffer.from(text)
const records: OutgoingRecord[] = [
  { key: bytes('a'), value: bytes('one'), timestamp: 0 },
  {
    key: null,
    value: bytes('two'),
    timestamp: 8_000_000_000_000,
    headers: [
      ['h', bytes('x')],
      ['h', null],
      ['é', new Uint8Array()],
    ],
  },
  { key: bytes(''), value: null, timestamp: -5 },
  { key: bytes('k'), value: new Uint8Array(300), timestamp: 7 },
]

interface Header {
  readonly baseOffset?: number
  readonly attributes?: number
  readonly producerId?: bigint
  readonly lastOffsetDelta?: number
  readonly empty?: boolean
}

/** A batch as a broker would hand it out: other header fields, the checksum made anew. */
function stored(source: readonly OutgoingRecord[], header: Header = {}): Buffer {
  const plain = encodeRecordBatch(source)
  const body = header.empty ? Buffer.alloc(0) : (header.attributes ?? 0) & 1 ? gzipSync(plain.subarray(61)) : plain.subarray(61)
  const batch = Buffer.concat([plain.subarray(0, 61), body])
  batch.writeBigInt64BE(BigInt(header.baseOffset ?? 0), 0)
  batch.writeInt32BE(batch.length - 12, 8)
  batch.writeInt16BE(header.attributes ?? 0, 21)
  if (header.lastOffsetDelta !== undefined) batch.writeInt32BE(header.lastOffsetDelta, 23)
  batch.writeBigInt64BE(header.producerId ?? -1n, 43)
  if (header.empty) batch.writeInt32BE(0, 57)
  batch.writeUInt32BE(crc32c(batch, 21, batch.length), 17)
  return batch
}

function read(batches: Buffer[], position = 0, aborted: { producerId: bigint; firstOffset: bigint }[] = [], maxRecords = 1000) {
  const decoded = decodeRecordBatches(Buffer.concat(batches), position, aborted, 't-0', maxRecords)
  const offsets = decoded.chunks.flatMap((chunk) => [...chunk.offsets])
  return { ...decoded, offsets }
}

test('what is written is read back, nulls, headers and odd timestamps included', () => {
  for (const attributes of [0, 1]) {
    const { chunks, nextOffset } = read([stored(records, { baseOffset: 2 ** 40, attributes })])
    const [chunk] = chunks
    if (chunk === undefined) throw new Error('no records')
    const text = (part: Uint8Array | null) => (part === null ? null : Buffer.from(part).toString())
    expect([...chunk.offsets]).toEqual([0, 1, 2, 3].map((i) => 2 ** 40 + i))
    expect([...chunk.timestamps]).toEqual(records.map(({ timestamp }) => timestamp))
    expect(records.map((_, i) => text(keyBytes(chunk, i)))).toEqual(['a', null, '', 'k'])
    expect(records.map((_, i) => text(valueBytes(chunk, i)))).toEqual(['one', 'two', null, '\0'.repeat(300)])
    expect(chunk.headers?.[1]?.map(([name, value]) => [name, text(value)])).toEqual([
      ['h', 'x'],
      ['h', null],
      ['é', ''],
    ])
    expect(chunk.headers?.[0]).toBeUndefined()
    expect(nextOffset).toBe(2 ** 40 + 4)
    expect(chunk.nextOffset).toBe(nextOffset)
  }
})

test('the bytes are a copy: the fetch buffer may be used again', () => {
  const buffer = stored(records)
  const { chunks } = decodeRecordBatches(buffer, 0, [], 't-0', 1000)
  buffer.fill(0xff)
  expect(chunks[0] && valueBytes(chunks[0], 0)).toEqual(new Uint8Array(bytes('one')))
})

test('batches are split, a start in the middle and a cut end are passed over', () => {
  const cut = stored(records, { baseOffset: 8 })
  const result = read([stored(records), stored(records, { baseOffset: 4 }), cut.subarray(0, cut.length - 1)], 2, [], 3)
  expect(result.offsets).toEqual([2, 3, 4, 5, 6, 7])
  expect(result.chunks.map(({ count, nextOffset }) => [count, nextOffset])).toEqual([
    [2, 4],
    [3, 7],
    [1, 8],
  ])
  expect(result.nextOffset).toBe(8)
})

test('batches without records for us move the position', () => {
  expect(read([stored(records, { empty: true, lastOffsetDelta: 9 })])).toMatchObject({ chunks: [], nextOffset: 10 })
  expect(read([stored(records.slice(0, 1), { attributes: 0x30 })])).toMatchObject({ chunks: [], nextOffset: 1 })
  const withGap = read([stored(records, { lastOffsetDelta: 20 })])
  expect(withGap.chunks[0]?.nextOffset).toBe(21)
})

test('aborted transactions of several producers are left out, whatever the order of the list', () => {
  const one = records.slice(0, 1)
  const data = (baseOffset: number, producerId: bigint) => stored(one, { baseOffset, producerId, attributes: 0x10 })
  const marker = (baseOffset: number, producerId: bigint) => stored(one, { baseOffset, producerId, attributes: 0x30 })
  const log = [data(0, 1n), data(1, 2n), marker(2, 2n), data(3, 2n), marker(4, 1n), data(5, 1n), stored(one, { baseOffset: 6 })]
  const aborted = [
    { producerId: 2n, firstOffset: 1n },
    { producerId: 1n, firstOffset: 0n },
  ]
  expect(read(log, 0, aborted).offsets).toEqual([3, 5, 6])
})

test('a changed byte, an unknown codec and an old format are refused by name', () => {
  const changed = stored(records)
  changed[70] = (changed[70] ?? 0) ^ 1
  expect(() => read([changed])).toThrow(/t-0, offset 0: the checksum/)
  expect(() => read([stored(records, { attributes: 5 })])).toThrow(/codec 5/)
  expect(() => read([stored(records, { attributes: 3 })])).toThrow(/cannot be unpacked: this is no LZ4 frame/)
  const old = stored(records)
  old[16] = 1
  expect(() => read([old])).toThrow(/record format 1/)
})

test('a record takes no more than its bound says', () => {
  for (const record of records)
    expect(encodeRecordBatch([records[0] ?? record, record]).length - encodeRecordBatch([records[0] ?? record]).length).toBeLessThanOrEqual(
      recordSizeBound(record),
    )
})
