import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import kafkajs from 'kafkajs'
import { expect, test } from 'vitest'
import { createKafkaPort } from '../../pipeline-runtime/connectors/kafka/kafka-log-port.ts'
import { freePorts } from '../../pipeline-runtime/local-kafka/free-ports.ts'
import { startLocalKafka } from '../../pipeline-runtime/local-kafka/local-kafka.ts'
import { startMillrace } from '../e2e/command-line.ts'
import { until } from './kafka-fixture.ts'

const START = Date.UTC(2026, 0, 1)

/** One record a minute: each closes the time window before it. */
const minute = (i: number) => ({
  value: JSON.stringify({ n: i, at: START + i * 60_000 }),
  partition: 0,
  timestamp: String(START + i * 60_000),
})

test('a broker that is killed and comes back: the run goes on, and no window is missing or has another value', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-outage-'))
  const options = { dataDir: path.join(folder, 'kafka'), heapMb: 256, log: () => {} }
  let broker = await startLocalKafka({ ...options, port: 0 })
  const port = Number(broker.bootstrap.split(':')[1])
  const kafka = new kafkajs.Kafka({
    brokers: [broker.bootstrap],
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 30, maxRetryTime: 2_000 },
  })
  const admin = kafka.admin()
  const producer = kafka.producer()
  const stop = async () => {
    await Promise.allSettled([admin.disconnect(), producer.disconnect()])
    await broker.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await admin.connect()
    await producer.connect()
    const configEntries = [{ name: 'retention.ms', value: '-1' }]
    await admin.createTopics({
      topics: ['in', 'out'].map((topic) => ({ topic, numPartitions: 1, replicationFactor: 1, configEntries })),
      waitForLeaders: true,
    })
    const file = path.join(folder, 'outage.millrace.json')
    writeFileSync(file, JSON.stringify(pipeline()))
    const [metricsPort = 0] = await freePorts(1)
    const rest = ['--data-dir', path.join(folder, 'data'), '--metrics-port', String(metricsPort)]
    const run = startMillrace(['run', file, '--target', broker.bootstrap, ...rest])
    const ask = (address: string) => fetch(`http://127.0.0.1:${metricsPort}${address}`)
    await producer.send({ topic: 'in', messages: [0, 1, 2, 3].map(minute) })
    await until(async () => (await written(admin)) >= 2)
    expect((await ask('/readyz')).status).toBe(200)
    await broker.kill9()
    await until(async () => (await (await ask('/readyz')).text()).includes(`${broker.bootstrap} does not answer, reading waits for it`))
    // Starting the run again would not bring the broker back.
    expect((await ask('/healthz')).status).toBe(200)
    expect(await (await ask('/metrics')).text()).toMatch(/^millrace_cluster_unreachable\{.*activity="reading"\} 1$/m)
    broker = await startLocalKafka({ ...options, port })
    await producer.send({ topic: 'in', messages: [4, 5, 6, 7].map(minute) })
    await until(async () => (await written(admin)) >= 6)
    await until(async () => (await ask('/readyz')).status === 200)
    run.child.kill('SIGINT')
    const finished = await run.finished
    expect(finished.stderr).toContain('Stopped after')
    expect(finished.stderr).not.toMatch(/\n\s+at /)
    expect(finished.code).toBe(130)
    const rows = await readAll(kafka, await written(admin))
    const counts = new Map<string, Set<number>>()
    for (const { window_start, records, total } of rows)
      counts.set(window_start, (counts.get(window_start) ?? new Set()).add(records * 1000 + total))
    const windows = Array.from({ length: 6 }, (_, i) => new Date(START + i * 60_000).toISOString())
    for (const [i, start] of windows.entries()) expect(counts.get(start), start).toEqual(new Set([1000 + i]))
  } finally {
    await stop()
  }
})

test('rule 8: partitions of a broker that does not answer are lost, and assigned again when it is back', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-outage-'))
  const options = { dataDir: path.join(folder, 'kafka'), heapMb: 256, log: () => {} }
  let broker = await startLocalKafka({ ...options, port: 0 })
  const kafka = new kafkajs.Kafka({ brokers: [broker.bootstrap], logLevel: kafkajs.logLevel.NOTHING })
  const admin = kafka.admin()
  const port = createKafkaPort({ bootstrap: broker.bootstrap, log: () => {} })
  try {
    await admin.connect()
    await admin.createTopics({ topics: [{ topic: 'in', numPartitions: 2 }], waitForLeaders: true })
    await admin.disconnect()
    const start = { type: 'earliest' } as const
    const reader = await port.read({ group: 'g', topics: ['in'], positions: [], start, stop: { type: 'never' }, bufferBytes: 1 << 20 })
    const seen: string[] = []
    const untilSeen = async (wanted: readonly string[]) => {
      for (let tries = 0; tries < 300 && !wanted.every((event) => seen.includes(event)); tries++)
        for (const { type, partition } of await reader.poll(200)) seen.push(`${type} ${partition}`)
      expect(seen).toEqual(expect.arrayContaining([...wanted]))
    }
    await untilSeen(['assigned 0', 'assigned 1', 'caught-up 0', 'caught-up 1'])
    await broker.kill9()
    await untilSeen(['lost 0', 'lost 1'])
    seen.length = 0
    broker = await startLocalKafka({ ...options, port: Number(broker.bootstrap.split(':')[1]) })
    await untilSeen(['assigned 0', 'assigned 1', 'caught-up 0', 'caught-up 1'])
    expect(seen.indexOf('assigned 0')).toBeLessThan(seen.indexOf('caught-up 0'))
    await reader.close()
  } finally {
    await port.close()
    await broker.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

function pipeline(): object {
  const columns = [
    { name: 'n', type: 'BIGINT' },
    { name: 'at', type: 'TIMESTAMP_LTZ(3)' },
  ]
  return {
    format: 1,
    kinds: { 'kafka-sink': 1, 'kafka-source': 1, 'window-aggregate': 1 },
    name: 'Outage',
    nodes: [
      { id: 'read', kind: 'kafka-source', config: { connection: 'shop', topic: 'in', columns, eventTime: 'at' } },
      {
        id: 'per_minute',
        kind: 'window-aggregate',
        config: {
          window: { type: 'tumbling', sizeMs: 60_000 },
          aggregates: [
            { as: 'records', function: 'count' },
            { as: 'total', function: 'sum', of: 'n' },
          ],
          emit: 'final',
        },
      },
      { id: 'write', kind: 'kafka-sink', config: { connection: 'shop', topic: 'out' } },
    ],
    edges: [
      { from: 'read.out', to: 'per_minute.in' },
      { from: 'per_minute.out', to: 'write.in' },
    ],
  }
}

async function written(admin: kafkajs.Admin): Promise<number> {
  const offsets = await admin.fetchTopicOffsets('out')
  return offsets.reduce((sum, { high }) => sum + Number(high), 0)
}

interface Row {
  readonly window_start: string
  readonly records: number
  readonly total: number
}

async function readAll(kafka: kafkajs.Kafka, count: number): Promise<Row[]> {
  const consumer = kafka.consumer({ groupId: 'peer', maxWaitTimeInMs: 100 })
  await consumer.connect()
  const rows: Row[] = []
  try {
    await consumer.subscribe({ topic: 'out', fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      const take = async ({ message }: kafkajs.EachMessagePayload) => {
        rows.push(JSON.parse(String(message.value)) as Row)
        if (rows.length >= count) resolve()
      }
      consumer.run({ autoCommit: false, eachMessage: take }).catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
  return rows
}
