import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import kafkajs from 'kafkajs'
import { expect, test } from 'vitest'
import { startLocalKafka } from '../../pipeline-runtime/local-kafka/local-kafka.ts'
import type { RunUpdate } from '../../pipeline-runtime/rpc/run-state.ts'
import { compiled, openTestRuntime } from '../../pipeline-runtime/server/test-runtime.contract.ts'
import { until } from './kafka-fixture.ts'

const START = Date.UTC(2026, 0, 1)

test('a broker that is killed: the run goes on and says what it waits for; asked to stop twice it lets go', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-runtime-outage-'))
  const options = { dataDir: path.join(folder, 'kafka'), heapMb: 256, log: () => {} }
  let broker = await startLocalKafka({ ...options, port: 0 })
  const { bootstrap } = broker
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 30, maxRetryTime: 2_000 } })
  const [admin, producer, t] = [kafka.admin(), kafka.producer(), openTestRuntime()]
  const high = async (topic: string) => (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0)
  const produce = (from: number, count: number) =>
    producer.send({
      topic: 'in',
      messages: Array.from({ length: count }, (_, i) => ({
        value: JSON.stringify({ n: from + i }),
        partition: 0,
        timestamp: String(START + (from + i) * 1000),
      })),
    })
  try {
    await Promise.all([admin.connect(), producer.connect()])
    const configEntries = [{ name: 'retention.ms', value: '-1' }]
    const topics = ['in', 'out'].map((topic) => ({ topic, numPartitions: 1, replicationFactor: 1, configEntries }))
    await admin.createTopics({ topics, waitForLeaders: true })
    const start = { target: { type: 'kafka', name: 'shop', config: { bootstrap } }, armed: true } as const
    await produce(0, 100)
    const { runId } = await t.start(copy(), start)
    const said = async () => (await t.client.runs.logs({ runId, fromSeq: 0, limit: 1000 })).lines.map(({ message }) => message)
    const latest = async () => (await t.client.runs.list()).find((run) => run.runId === runId)
    await until(async () => (await high('out')) === 100)

    await broker.kill9()
    await until(async () => (await said()).some((message) => message.includes('is waiting for the broker')), 20_000)
    expect((await latest())?.state.type).toBe('running')
    broker = await startLocalKafka({ ...options, port: Number(bootstrap.split(':')[1]) })
    await produce(100, 100)
    await until(async () => (await high('out')) >= 200)
    expect((await said()).some((message) => /goes on after [\d.]+ s/.test(message))).toBe(true)

    await t.client.runs.stop({ runId })
    expect((await t.finish(runId)).state.type).toBe('stopped')
    expect(new Set(await read(kafka, await high('out'))).size).toBe(200)

    // A sink that does not answer holds the run back, and must not keep it from stopping.
    writeFileSync(path.join(t.folder, 'in.jsonl'), '{"n":1}\n'.repeat(3_000_000))
    const toTopic = await t.start(copy('file'), start)
    await until(async () => (await high('out')) > 1_000)
    await broker.kill9()
    const waiting = async () => (await t.client.runs.list()).find((run) => run.runId === toTopic.runId)
    await until(async () => waitShare(await waiting()) > 0.9, 30_000)
    await t.client.runs.stop(toTopic)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect((await waiting())?.state.type).toBe('stopping')
    await t.client.runs.stop(toTopic)
    expect((await t.finish(toTopic.runId)).state.type).toBe('stopped')
  } finally {
    await Promise.allSettled([admin.disconnect(), producer.disconnect()])
    await t.close()
    await broker.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

function waitShare(update: RunUpdate | undefined): number {
  return update?.figures?.nodes.find(({ nodeId }) => nodeId === 'write')?.waitShare ?? 0
}

function copy(from: 'topic' | 'file' = 'topic') {
  const columns = [{ name: 'n', type: 'BIGINT' }]
  const source =
    from === 'topic'
      ? { kind: 'kafka-source', config: { connection: 'shop', topic: 'in', columns } }
      : { kind: 'file-source', config: { path: 'in.jsonl', columns } }
  return compiled({
    format: 1,
    kinds: { 'kafka-sink': 1, [source.kind]: 1 },
    name: 'Copy',
    nodes: [
      { id: 'read', ...source },
      { id: 'write', kind: 'kafka-sink', config: { connection: 'shop', topic: 'out' } },
    ],
    edges: [{ from: 'read.out', to: 'write.in' }],
  })
}

/** Values of the topic: at least once, so some may be there twice. */
async function read(kafka: kafkajs.Kafka, count: number): Promise<number[]> {
  const consumer = kafka.consumer({ groupId: `peer-${Date.now()}`, maxWaitTimeInMs: 100 })
  await consumer.connect()
  const values: number[] = []
  try {
    await consumer.subscribe({ topic: 'out', fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: kafkajs.EachMessagePayload) => {
        values.push((JSON.parse(String(message.value)) as { n: number }).n)
        if (values.length >= count) resolve()
      }
      consumer.run({ autoCommit: false, eachMessage }).catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
  return values
}
