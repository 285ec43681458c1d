import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunUpdate } from '../../pipeline-runtime/rpc/run-state.ts'
import type { RunTarget } from '../../pipeline-runtime/rpc/run-target.ts'
import { compiled, openTestRuntime, refusalOf } from '../../pipeline-runtime/server/test-runtime.contract.ts'
import type { Spec } from '../../pipeline-runtime/spec/spec.ts'
import { ROOT } from '../e2e/command-line.ts'
import { closeSharedKafka, type KafkaFixture, sharedKafka, until } from './kafka-fixture.ts'

const START = Date.UTC(2026, 0, 1)
const MINUTE_MS = 60_000

let kafka: KafkaFixture
let target: RunTarget
let t: ReturnType<typeof openTestRuntime>
beforeAll(async () => {
  kafka = await sharedKafka()
  target = { type: 'kafka', name: 'shop', config: { bootstrap: kafka.bootstrap } }
})
afterAll(() => closeSharedKafka())
beforeEach(() => {
  t = openTestRuntime()
})
afterEach(async () => {
  await t.close()
  expect(t.faults).toEqual([])
})

/** A record a second. */
async function fill(topic: string, count: number, from = 0): Promise<void> {
  const messages = Array.from({ length: count }, (_, k) => {
    const i = from + k
    return { value: JSON.stringify({ n: i, name: `N${i % 3}`, at: START + i * 1000 }), partition: i % 2, timestamp: START + i * 1000 }
  })
  for (let i = 0; i < count; i += 5_000) await kafka.produce(topic, messages.slice(i, i + 5_000))
}

const newTopic = (partitions = 2) => kafka.createTopic(partitions, { 'retention.ms': '-1' })

function perMinute(input: string, output: string, name = 'Per minute'): Spec {
  const columns = [
    { name: 'n', type: 'BIGINT' },
    { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' },
  ]
  const window = { type: 'tumbling', sizeMs: MINUTE_MS }
  const aggregates = [{ as: 'rows', function: 'count' }]
  return compiled({
    format: 1,
    kinds: { 'kafka-sink': 1, 'kafka-source': 1, 'window-aggregate': 1 },
    name,
    nodes: [
      { id: 'read', kind: 'kafka-source', config: { connection: 'shop', topic: input, columns, eventTime: 'at' } },
      { id: 'minute', kind: 'window-aggregate', config: { groupBy: [], window, aggregates, emit: 'final' } },
      { id: 'write', kind: 'kafka-sink', config: { connection: 'shop', topic: output } },
    ],
    edges: [
      { from: 'read.out', to: 'minute.in' },
      { from: 'minute.out', to: 'write.in' },
    ],
  })
}

async function countOf(topic: string): Promise<number> {
  return (await kafka.admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0)
}

async function ourGroups(): Promise<string[]> {
  return (await kafka.admin.listGroups()).groups.map(({ groupId }) => groupId).filter((group) => group.startsWith('millrace'))
}

function counted(last: RunUpdate): Record<string, number[]> {
  return Object.fromEntries((last.figures?.nodes ?? []).map((node) => [node.nodeId, [node.in, node.out, node.written]]))
}

describe('looking at a cluster', () => {
  test('topics by name, with their parts', async () => {
    const topic = await newTopic(3)
    expect(await t.client.data.topics({ target })).toContainEqual({ name: topic, partitions: 3 })
    expect((await t.client.data.topics({ target })).filter(({ name }) => name.startsWith('__'))).toEqual([])
    expect(await t.client.data.topics({ target: { type: 'sample' } })).toEqual([])
  })

  test('the newest records of a topic: format, columns, time, rows with origin, and no group', async () => {
    const topic = await newTopic()
    await fill(topic, 50)
    const before = await ourGroups()
    const sampled = await t.client.data.sampleTopic({ target, topic, limit: 20 })
    expect(sampled).toMatchObject({ format: { type: 'json' }, eventTime: 'at', records: 20 })
    expect(sampled.columns.map(({ name, type, unit }) => [name, type, unit])).toEqual([
      ['n', 'BIGINT', undefined],
      ['name', 'STRING', undefined],
      ['at', 'TIMESTAMP_LTZ(3)', 'ms'],
    ])
    expect(sampled.page.rows.map(({ cells }) => Number(cells[0]))).toEqual(Array.from({ length: 20 }, (_, i) => 30 + i))
    expect(sampled.page.rows[19]).toMatchObject({ eventTimeMs: START + 49_000, origin: { topic, partition: 1, offset: 24 } })
    expect(await ourGroups()).toEqual(before)
  })

  test('CSV with semicolons, a topic that is not there, one that is empty', async () => {
    const topic = await newTopic()
    await kafka.produce(topic, [{ value: 'a;1;2026-01-01T00:00:00Z' }, { value: 'b;2.5;2026-01-01T00:00:01Z' }])
    const { format, columns, eventTime } = await t.client.data.sampleTopic({ target, topic, limit: 10 })
    expect(format).toMatchObject({ type: 'csv', delimiter: ';', header: false })
    expect([columns.map(({ type }) => type), eventTime]).toEqual([['STRING', 'DOUBLE', 'TIMESTAMP_LTZ(3)'], 'column_3'])
    const sample = (name: string) => refusalOf(t.client.data.sampleTopic({ target, topic: name, limit: 10 }))
    expect(await sample('no-such-topic')).toMatchObject({ code: 'TOPIC_NOT_FOUND' })
    expect(await sample(await newTopic())).toMatchObject({ code: 'TOPIC_EMPTY' })
  })

  test('a connection that works says so step by step', async () => {
    let steps: readonly object[] = []
    for await (const now of await t.client.data.testConnection({ target })) steps = now
    expect(steps).toMatchObject([
      { name: 'Find the host', state: 'passed' },
      { name: 'Connect', state: 'passed', message: expect.stringContaining(kafka.bootstrap) },
      { name: 'Ask Kafka', state: 'passed', message: expect.stringContaining('one broker') },
      { name: `Broker ${kafka.bootstrap}`, state: 'passed' },
    ])
  })
})

describe('writing', () => {
  test('is counted and thrown away until it is armed, and an unarmed run leaves no trace in the cluster', async () => {
    const [input, output] = [await newTopic(), await newTopic(1)]
    await fill(input, 600)
    const before = await ourGroups()
    const spec = perMinute(input, output)
    const run = async (armed: boolean) => t.finish((await t.start(spec, { target, armed, stop: { type: 'end' } })).runId)
    const preview = await run(false)
    expect(preview.state.type).toBe('ended')
    expect(counted(preview)).toEqual({ read: [600, 600, 0], minute: [600, 10, 0], write: [10, 0, 10] })
    expect(preview.figures?.partitions.map(({ position, highWatermark }) => [position, highWatermark])).toEqual([
      [300, 300],
      [300, 300],
    ])
    expect(await countOf(output)).toBe(0)
    expect(await ourGroups()).toEqual(before)
    const real = await run(true)
    expect(counted(real)).toEqual(counted(preview))
    expect(await countOf(output)).toBe(10)
    const [group] = (await ourGroups()).filter((name) => !before.includes(name))
    expect(group).toMatch(/^millrace-dev-[0-9a-f]{8}-per-minute-until-end$/)
  })

  test('a topic that is missing is a warning before writing is armed, and a reason why the run cannot start after', async () => {
    const input = await newTopic()
    await fill(input, 60)
    const spec = perMinute(input, 'not-made-yet')
    const { runId } = await t.start(spec, { target, armed: false, stop: { type: 'end' } })
    expect((await t.finish(runId)).state.type).toBe('ended')
    const { lines } = await t.client.runs.logs({ runId, fromSeq: 0, limit: 100 })
    expect(lines.map(({ level, message }) => `${level} ${message}`)).toContainEqual(expect.stringMatching(/^warn .*not there/))
    const armed = await t.finish((await t.start(spec, { target, armed: true })).runId)
    expect(armed.state).toMatchObject({ type: 'failed', failure: { code: 'TOPIC_NOT_FOUND', nodeId: 'write' } })
  })
})

test('a runtime that is killed: the next one goes on from the saved state at once, previews between them change nothing', async () => {
  const [input, output] = [await newTopic(), await newTopic(1)]
  const spec = perMinute(input, output, `Killed ${randomUUID().slice(0, 8)}`)
  await fill(input, 1_200)
  const child = runInChild(spec)
  await until(async () => (await countOf(output)) >= 15)
  // Long enough for a save after what was written.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  child.kill('SIGKILL')
  const written = await countOf(output)
  await fill(input, 600, 1_200)
  const preview = await t.finish((await t.start(spec, { target, armed: false, stop: { type: 'end' } })).runId)
  expect(counted(preview).read).toEqual([1_800, 1_800, 0])
  expect(await countOf(output)).toBe(written)

  const startedMs = Date.now()
  const { runId } = await t.start(spec, { target, armed: true, start: { type: 'continue' } })
  await until(async () => (await countOf(output)) >= 29)
  // Without waiting for the broker to find out by its silence that the first one is dead.
  expect(Date.now() - startedMs).toBeLessThan(8_000)
  await t.client.runs.stop({ runId })
  const last = await t.finish(runId)
  expect(last.state.type).toBe('stopped')
  // The figures go on where the first run was, so that nothing was read anew.
  expect(counted(last).read).toEqual([1_800, 1_800, 0])
  const { lines } = await t.client.runs.logs({ runId, fromSeq: 0, limit: 100 })
  expect(lines.map(({ message }) => message)).toContain('continuing from saved state')
  const rows = (await kafka.consume(output, await countOf(output))).map(
    ({ value }) => JSON.parse(String(value)) as { window_start: string; rows: number },
  )
  expect(rows.map((row) => row.rows)).toEqual(rows.map(() => 60))
  const starts = rows.map((row) => (Date.parse(row.window_start) - START) / MINUTE_MS)
  expect(starts).toEqual(Array.from({ length: 29 }, (_, i) => i))
})

test('a document that was changed cannot go on with what it remembers, and says so without naming options of a command line', async () => {
  const [input, output, other] = [await newTopic(), await newTopic(1), await newTopic(1)]
  const name = `Changed ${randomUUID().slice(0, 8)}`
  await fill(input, 120)
  const { runId } = await t.start(perMinute(input, output, name), { target, armed: true })
  await until(async () => (await countOf(output)) >= 1)
  await t.client.runs.stop({ runId })
  await t.finish(runId)
  const changed = perMinute(input, other, name)
  const { state } = await t.finish((await t.start(changed, { target, armed: true })).runId)
  expect(state).toMatchObject({ type: 'failed', failure: { code: 'STATE_OF_OTHER_SPEC', message: expect.not.stringContaining('--') } })
  const again = await t.start(changed, { target, armed: true, start: { type: 'earliest' } })
  await until(async () => (await countOf(other)) >= 1)
  await t.client.runs.stop({ runId: again.runId })
  expect((await t.finish(again.runId)).state.type).toBe('stopped')
})

/** The same run in a process of its own, which can be killed. */
function runInChild(spec: Spec): ChildProcess {
  const request = { spec, documentId: 'a', target, armed: true, folder: t.folder }
  const script = `
    import { createRouterClient } from '@orpc/server'
    import { createRuntime } from './dist/pipeline-runtime/server/runtime.js'
    const { dataDir, folder, request } = JSON.parse(process.argv[1])
    const runtime = createRuntime({ dataDir, version: '0.0.0', log: console.error })
    runtime.allow(folder)
    const client = createRouterClient(runtime.router)
    const { runId } = await client.runs.start(request)
    for await (const update of await client.runs.watch({ runId })) if (update.state.type === 'failed') console.error(update.state)
  `
  const { dataDir, folder } = t
  const args = ['--input-type=module', '-e', script, JSON.stringify({ dataDir, folder, request })]
  return spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
}
