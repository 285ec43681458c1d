import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createKafkaPort, type KafkaPortOptions } from '../../pipeline-runtime/connectors/kafka/kafka-log-port.ts'
import type { LogError, LogEvent, LogPort, LogReader, ReadOptions } from '../../pipeline-runtime/connectors/log-port.ts'
import { keyBytes, valueBytes } from '../../pipeline-runtime/data/log-records.ts'
import type { OutgoingRecord } from '../../pipeline-runtime/engine/operator.ts'
import { startLocalKafka } from '../../pipeline-runtime/local-kafka/local-kafka.ts'
import { closeSharedKafka, type KafkaFixture, sharedKafka } from './kafka-fixture.ts'

let kafka: KafkaFixture
const lines: string[] = []
const ports: LogPort[] = []
let groups = 0

beforeAll(async () => {
  kafka = await sharedKafka()
}, 120_000)
afterAll(closeSharedKafka, 60_000)
afterEach(async () => {
  await Promise.all(ports.splice(0).map((port) => port.close()))
  lines.length = 0
})

function openPort(options: Partial<KafkaPortOptions> = {}): LogPort {
  const port = createKafkaPort({ bootstrap: kafka.bootstrap, log: (line) => lines.push(line), ...options })
  ports.push(port)
  return port
}

function readOptions(topics: string[], options: Partial<ReadOptions> = {}): ReadOptions {
  return {
    group: `group-${++groups}`,
    topics,
    positions: [],
    start: { type: 'earliest' },
    stop: { type: 'end' },
    bufferBytes: 8 << 20,
    ...options,
  }
}

type Row = readonly [partition: number, offset: number, key: string | null, value: string | null]

const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString())

function rowsOf(events: readonly LogEvent[]): Row[] {
  return events.flatMap((event) => {
    if (event.type !== 'records') return []
    const { records, partition } = event
    return Array.from(
      { length: records.count },
      (_, i): Row => [partition, records.offsets[i] ?? -1, text(keyBytes(records, i)), text(valueBytes(records, i))],
    )
  })
}

/** Polls until enough is there. */
async function pollUntil(reader: LogReader, done: (events: readonly LogEvent[]) => boolean, timeoutMs = 20_000): Promise<LogEvent[]> {
  const events: LogEvent[] = []
  const deadline = Date.now() + timeoutMs
  while (!done(events)) {
    if (Date.now() > deadline)
      throw new Error(`not there after ${timeoutMs} ms; events: ${events.map(({ type }) => type).join(' ')}; log: ${lines.join(' | ')}`)
    events.push(...(await reader.poll(200)))
  }
  return events
}

const countOf = (events: readonly LogEvent[], type: LogEvent['type']) => events.filter((event) => event.type === type).length
const record = (key: string | null, value: string | null, timestamp = 1_000): OutgoingRecord => ({
  key: key === null ? null : Buffer.from(key),
  value: value === null ? null : Buffer.from(value),
  timestamp,
})

test('reads to the end: tombstones, null keys, headers, timestamps, gzip', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(2)
  await kafka.produce(topic, [
    { key: 'a', value: 'one', partition: 0, timestamp: 42, headers: { h: 'x' } },
    { key: 'a', value: null, partition: 0 },
    { key: null, value: 'three', partition: 0 },
  ])
  await kafka.produce(topic, [{ key: 'z', value: 'packed', partition: 1 }], { gzip: true })
  const reader = await openPort().read(readOptions([topic]))
  const events = await pollUntil(reader, (all) => countOf(all, 'ended') === 2)
  expect(events.slice(0, 2)).toEqual([
    { type: 'assigned', topic, partition: 0, offset: 0 },
    { type: 'assigned', topic, partition: 1, offset: 0 },
  ])
  expect(rowsOf(events).sort((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual([
    [0, 0, 'a', 'one'],
    [0, 1, 'a', null],
    [0, 2, null, 'three'],
    [1, 0, 'z', 'packed'],
  ])
  const first = events.find((event) => event.type === 'records' && event.partition === 0)
  if (first?.type !== 'records') throw new Error('no records')
  expect(first.records.timestamps[0]).toBe(42)
  expect(first.records.headers?.[0]?.map(([name, value]) => [name, text(value)])).toEqual([['h', 'x']])
  expect(first.highWatermark).toBe(3)
  expect(reader.highWatermarks()).toEqual([
    { topic, partition: 0, offset: 3 },
    { topic, partition: 1, offset: 1 },
  ])
})

test('reads what the broker has packed with each codec', { timeout: 60_000 }, async () => {
  // Text with near and far repetitions, and bytes that do not compress, over several blocks.
  const values = Array.from({ length: 300 }, (_, i) =>
    Array.from({ length: 80 }, (_, j) => `${(i * 7919 + j * j * 104_729) % 1_000_003} aaaaaaaa`).join(i % 3 === 0 ? 'é' : ''),
  )
  for (const codec of ['gzip', 'snappy', 'lz4', 'zstd']) {
    const topic = await kafka.createTopic(1, { 'compression.type': codec })
    await kafka.produce(
      topic,
      values.map((value) => ({ value })),
    )
    const reader = await openPort().read(readOptions([topic]))
    if (codec === 'zstd' && !('zstdDecompressSync' in zlib)) {
      await expect(pollUntil(reader, () => false)).rejects.toMatchObject({
        code: 'COMPRESSION_UNSUPPORTED',
        message: expect.stringContaining('zstd'),
      })
      continue
    }
    const rows = rowsOf(await pollUntil(reader, (all) => countOf(all, 'ended') === 1))
    expect(rows.map(([, , , value]) => value)).toEqual(values)
  }
})

test('starts at positions in hand, latest and a time; stops before a time', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(1)
  await kafka.produce(
    topic,
    [10, 20, 30, 40].map((timestamp) => ({ value: `at ${timestamp}`, timestamp })),
  )
  const port = openPort()
  const offsetsOf = async (options: Partial<ReadOptions>) => {
    const reader = await port.read(readOptions([topic], options))
    const events = await pollUntil(reader, (all) => countOf(all, 'ended') === 1)
    await reader.close()
    return rowsOf(events).map(([, offset]) => offset)
  }
  expect(await offsetsOf({ positions: [{ topic, partition: 0, offset: 2 }], start: { type: 'latest' } })).toEqual([2, 3])
  expect(await offsetsOf({ start: { type: 'latest' } })).toEqual([])
  expect(await offsetsOf({ start: { type: 'time', timeMs: 25 } })).toEqual([2, 3])
  expect(await offsetsOf({ stop: { type: 'time', timeMs: 30 } })).toEqual([0, 1])
})

test('says once that it has caught up, after the last record was handed out, and again after new ones', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(1)
  await kafka.produce(topic, [{ value: '1' }])
  const reader = await openPort().read(readOptions([topic], { stop: { type: 'never' } }))
  const first = await pollUntil(reader, (all) => countOf(all, 'caught-up') === 1)
  expect(first.map(({ type }) => type)).toEqual(['assigned', 'records', 'caught-up'])
  expect(await reader.poll(500)).toEqual([])
  await kafka.produce(topic, [{ value: '2' }])
  const second = await pollUntil(reader, (all) => countOf(all, 'caught-up') === 1)
  expect(second.map(({ type }) => type)).toEqual(['records', 'caught-up'])
})

test('reads partitions that are added while it runs from their first record', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(1)
  const reader = await openPort({ metadataEveryMs: 1_000 }).read(
    readOptions([topic], { start: { type: 'latest' }, stop: { type: 'never' } }),
  )
  await kafka.admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] })
  await expect
    .poll(async () =>
      kafka.produce(topic, [{ value: 'new', partition: 1 }]).then(
        () => 'sent',
        () => 'not yet',
      ),
    )
    .toBe('sent')
  const events = await pollUntil(reader, (all) => countOf(all, 'records') === 1)
  expect(events).toContainEqual({ type: 'assigned', topic, partition: 1, offset: 0 })
  expect(rowsOf(events)).toEqual([[1, 0, null, 'new']])
})

test('holds no more unpolled than its bound', { timeout: 90_000 }, async () => {
  const topic = await kafka.createTopic(2)
  const value = Buffer.alloc(10_000, 'v')
  for (let i = 0; i < 20; i++)
    await kafka.produce(
      topic,
      Array.from({ length: 50 }, (_, j) => ({ value, partition: j % 2 })),
    )
  const bufferBytes = 1 << 20
  const reader = await openPort().read(readOptions([topic], { bufferBytes }))
  await new Promise((resolve) => setTimeout(resolve, 2_000)) // nothing is polled
  let held = 0
  const bytesOf = (events: readonly LogEvent[]) =>
    events.reduce((sum, event) => sum + (event.type === 'records' ? event.records.data.byteLength : 0), 0)
  // Polls that do not wait leave the event loop no turn in which a fetch could be answered: this is what was held.
  for (let events = await reader.poll(0); events.length > 0; events = await reader.poll(0)) held += bytesOf(events)
  expect(held).toBeGreaterThan(bufferBytes / 4)
  expect(held).toBeLessThanOrEqual(bufferBytes)
  const rest = await pollUntil(reader, (all) => countOf(all, 'ended') === 2, 60_000)
  expect(held + bytesOf(rest)).toBeGreaterThanOrEqual(1_000 * 10_000)
})

test('goes past compacted and control batches', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(1)
  const { Kafka, logLevel } = await import('kafkajs')
  const producer = new Kafka({ brokers: [kafka.bootstrap], logLevel: logLevel.NOTHING }).producer({
    transactionalId: `tx-${topic}`,
    idempotent: true,
    maxInFlightRequests: 1,
  })
  await producer.connect()
  for (const end of ['commit', 'abort'] as const) {
    const transaction = await producer.transaction()
    await transaction.send({ topic, messages: [{ value: end }] })
    await transaction[end]()
  }
  await producer.disconnect()
  const reader = await openPort().read(readOptions([topic]))
  const events = await pollUntil(reader, (all) => countOf(all, 'ended') === 1)
  expect(rowsOf(events)).toEqual([[0, 0, null, 'commit']]) // the aborted one is left out
  const last = events.filter((event) => event.type === 'records').at(-1)
  expect(last?.type === 'records' && last.records.nextOffset).toBe(4)
})

test('writes what another client reads back, keys where the Java client would put them', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(3)
  const writer = await openPort().write()
  const keys = Array.from({ length: 200 }, (_, i) => `key-${i % 40}`)
  await writer.append(
    topic,
    keys.map((key, i) => ({ ...record(key, `v${i}`, i), headers: [['n', Buffer.from(String(i))]] })),
  )
  await writer.append(topic, [record('key-0', null, 0), record(null, 'no key', 5)])
  await writer.flush()
  const twin = await kafka.createTopic(3)
  await kafka.produce(
    twin,
    keys.map((key) => ({ key, value: key })),
  )
  const [ours, theirs] = [await kafka.consume(topic, 202), await kafka.consume(twin, 200)]
  const partitionOf = new Map(theirs.map(({ key, partition }) => [key?.toString(), partition]))
  for (const { key, partition } of ours) if (key !== null) expect(partition).toBe(partitionOf.get(key.toString()))
  const tombstone = ours.find(({ value }) => value === null)
  expect(tombstone).toMatchObject({ key: Buffer.from('key-0'), timestamp: 0 })
  const seventh = ours.find(({ value }) => value?.toString() === 'v7')
  expect(seventh).toMatchObject({ timestamp: 7, headers: { n: Buffer.from('7') } })
  const ofOneKey = ours.filter(({ key }) => key?.toString() === 'key-3').map(({ value }) => value?.toString())
  expect(ofOneKey).toEqual(['v3', 'v43', 'v83', 'v123', 'v163'])
})

test('writing errors say what and where', { timeout: 60_000 }, async () => {
  const small = await kafka.createTopic(1, { 'max.message.bytes': '2000', 'retention.ms': '60000' })
  const compacted = await kafka.createTopic(1, { 'cleanup.policy': 'compact' })
  const port = openPort()
  const fails = async (topic: string, records: OutgoingRecord[]) => {
    const writer = await port.write()
    await writer.append(topic, records)
    await writer.flush()
  }
  await expect(fails(`${small}x`, [record('a', 'b')])).rejects.toMatchObject({
    code: 'TOPIC_NOT_FOUND',
    message: expect.stringContaining(`"${small}"`),
  })
  await expect(fails(small, [record('a', 'x'.repeat(3_000))])).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE', topic: small })
  await expect(fails(small, [record('a', 'b', Date.now() + 7_200_000)])).rejects.toMatchObject({ code: 'INVALID_TIMESTAMP' })
  await expect(fails(compacted, [record(null, 'b')])).rejects.toMatchObject({ code: 'INVALID_RECORD' })
  await fails(
    small,
    Array.from({ length: 100 }, (_, i) => record('a', `${i} ${'x'.repeat(500)}`)),
  ) // each fits, all together do not
  expect(await kafka.consume(small, 100)).toHaveLength(100)
  expect(await port.describe(small)).toEqual({
    partitions: 1,
    compacted: false,
    maxMessageBytes: 2000,
    maxAheadMs: 3_600_000,
    retentionMs: 60_000,
  })
  expect(await port.describe(compacted)).toMatchObject({ compacted: true })
  expect(await port.describe('nowhere')).toBeUndefined()
})

test('reading errors: topic not there, offset out of range, broker not there', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(1)
  await kafka.produce(topic, [{ value: 'x' }])
  const port = openPort()
  await expect(port.read(readOptions([topic.toUpperCase()]))).rejects.toMatchObject({
    code: 'TOPIC_NOT_FOUND',
    message: expect.stringContaining(`Did you mean "${topic}"`),
  })
  const reader = await port.read(readOptions([topic], { positions: [{ topic, partition: 0, offset: 99 }], stop: { type: 'never' } }))
  await expect(pollUntil(reader, () => false)).rejects.toMatchObject({
    code: 'OFFSET_OUT_OF_RANGE',
    message: expect.stringContaining('offset 99'),
  })
  const nowhere = openPort({ bootstrap: '127.0.0.1:1' })
  await expect(nowhere.describe('t')).rejects.toMatchObject({ code: 'KAFKA_UNREACHABLE', message: expect.stringContaining('127.0.0.1:1') })
  expect(lines.every((line) => !line.includes('\n'))).toBe(true)
})

test('one reader per group; positions can be committed and seen; a dead reader is waited for', { timeout: 90_000 }, async () => {
  const topic = await kafka.createTopic(2)
  await kafka.produce(topic, [{ value: '1', partition: 0 }])
  const options = readOptions([topic], { group: 'only-one', stop: { type: 'never' } })
  const first = await openPort({ clientId: 'first-run', sessionTimeoutMs: 6_000 }).read(options)
  await pollUntil(first, (all) => countOf(all, 'records') === 1)
  expect(await first.commit([{ topic, partition: 0, offset: 1 }])).toBe('committed')
  const second = openPort({ sessionTimeoutMs: 6_000 })
  await expect(second.read(options)).rejects.toMatchObject({
    code: 'GROUP_IN_USE',
    message: expect.stringContaining('"first-run" on host 127.0.0.1'),
  })
  expect(lines.some((line) => line.includes('waiting for it'))).toBe(true)
  const [committed] = await kafka.admin.fetchOffsets({ groupId: 'only-one', topics: [topic] })
  expect(committed?.partitions.find(({ partition }) => partition === 0)?.offset).toBe('1')

  const waiting = second.read(options)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await first.close()
  const reader = await waiting
  expect((await reader.poll(0)).map(({ type }) => type).slice(0, 2)).toEqual(['assigned', 'assigned'])
  expect(await first.commit([{ topic, partition: 0, offset: 1 }])).toBe('refused')
})

test('a broker that dies and comes back: reading and writing go on, nothing is lost', { timeout: 180_000 }, async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'millrace-kafka-restart-'))
  const silent = { dataDir, heapMb: 256, log: () => {} }
  let broker = await startLocalKafka(silent)
  const port = openPort({ bootstrap: broker.bootstrap })
  try {
    const { Kafka, logLevel } = await import('kafkajs')
    const admin = new Kafka({ brokers: [broker.bootstrap], logLevel: logLevel.NOTHING }).admin()
    await admin.connect()
    await admin.createTopics({ topics: [{ topic: 't', numPartitions: 2, replicationFactor: 1 }], waitForLeaders: true })
    await admin.disconnect()
    const reader = await port.read(readOptions(['t'], { stop: { type: 'never' } }))
    const writer = await port.write()
    const seen = new Set<string>()
    const readUntil = async (count: number) => {
      const deadline = Date.now() + 60_000
      while (seen.size < count && Date.now() < deadline) for (const [, , , value] of rowsOf(await reader.poll(200))) seen.add(value ?? '')
      expect(seen.size).toBe(count)
    }
    await writer.append(
      't',
      Array.from({ length: 100 }, (_, i) => record(`k${i}`, `before ${i}`)),
    )
    await writer.flush()
    await readUntil(100)

    await broker.kill9()
    await writer.append(
      't',
      Array.from({ length: 100 }, (_, i) => record(`k${i}`, `while away ${i}`)),
    )
    const flushed = writer.flush()
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    const waits = lines.filter((line) => line.includes('is waiting for the broker'))
    expect(waits.length).toBeGreaterThanOrEqual(2)
    expect(waits.length).toBeLessThanOrEqual(6)
    broker = await startLocalKafka({ ...silent, port: Number(broker.bootstrap.split(':')[1]) })
    await flushed
    await readUntil(200)
    expect(lines.some((line) => line.includes('goes on after'))).toBe(true)
    await expect.poll(() => reader.commit([{ topic: 't', partition: 0, offset: 1 }]), { timeout: 20_000 }).toBe('committed')

    await broker.kill9()
    await writer.append('t', [record('k', 'never written')])
    const given = writer.flush().then(
      () => 'written',
      (error: LogError) => error.code,
    )
    expect(await reader.commit([{ topic: 't', partition: 0, offset: 2 }])).toBe('unknown')
    const closing = Date.now()
    await port.close()
    expect(Date.now() - closing).toBeLessThan(8_000)
    expect(await given).toBe('WRITER_CLOSED')
  } finally {
    await port.close()
    await broker.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
