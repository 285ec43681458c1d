import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTopicAdmin } from '../../pipeline-runtime/connectors/kafka/topic-admin.ts'
import { adoptOwnKafka, ownKafkaStatus, stopOwnKafka, stopOwnKafkaOf } from '../../pipeline-runtime/local-kafka/own-kafka.ts'
import { isAlive } from '../../pipeline-runtime/processes/process-facts.ts'
import type { LocalKafkaState } from '../../pipeline-runtime/rpc/local-kafka-state.ts'
import { compiled, openTestRuntime, refusalOf } from '../../pipeline-runtime/server/test-runtime.contract.ts'
import { type Finished, millrace, ROOT } from '../e2e/command-line.ts'

// One local Kafka for the whole file, as one user has it: each test finds it as the one before left it.

const START = Date.UTC(2026, 0, 1)
let folder = ''
let dataDir = ''
let document = ''

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-own-kafka-'))
  dataDir = path.join(folder, 'data')
  document = path.join(folder, 'per-minute.millrace.json')
  writeFileSync(path.join(folder, 'rows.jsonl'), rows().join('\n'))
  writeFileSync(document, JSON.stringify(perMinute()))
})

afterAll(async () => {
  await stopOwnKafka(dataDir, () => {})
  rmSync(folder, { recursive: true, force: true })
})

/** With stragglers, so that the number of late rows says whether the order is kept, too. */
function rows(): readonly string[] {
  return Array.from({ length: 900 }, (_, i) =>
    JSON.stringify({ n: i, name: `N${i % 3}`, at: START + (i % 50 === 0 ? Math.max(0, i - 130) : i) * 1000 }),
  )
}

function perMinute() {
  const columns = [
    { name: 'n', type: 'BIGINT' },
    { name: 'name', type: 'STRING' },
    { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' },
  ]
  const window = { type: 'tumbling', sizeMs: 60_000 }
  const aggregates = [
    { as: 'rows', function: 'count' },
    { as: 'total', function: 'sum', of: 'n' },
  ]
  const read = { connection: 'shop', topic: 'readings', columns, eventTime: 'at', sample: { file: 'rows.jsonl' } }
  return {
    format: 1,
    kinds: { 'kafka-sink': 1, 'kafka-source': 1, 'window-aggregate': 1 },
    name: 'Per minute',
    nodes: [
      { id: 'read', kind: 'kafka-source', config: read },
      { id: 'minute', kind: 'window-aggregate', config: { groupBy: ['name'], window, aggregates, emit: 'final' } },
      { id: 'write', kind: 'kafka-sink', config: { connection: 'shop', topic: 'per-minute' } },
    ],
    edges: [
      { from: 'read.out', to: 'minute.in' },
      { from: 'minute.out', to: 'write.in' },
    ],
  }
}

const call = (...args: readonly string[]): Promise<Finished> => millrace([...args, '--data-dir', dataDir])

async function status(): Promise<Record<string, unknown>> {
  return JSON.parse((await call('kafka', 'status', '--json')).stdout) as Record<string, unknown>
}

/** Rows of the sink and the table of figures, without what differs from run to run. */
async function results(target: string) {
  const run = await call('run', document, '--target', target, '--until-end', '--json')
  expect(run.code, run.stderr).toBe(0)
  return {
    rows: run.stdout.trimEnd().split('\n').sort(),
    figures: run.stderr.split('\n').filter((line) => /^(read|minute|write) /.test(line)),
  }
}

test('a run on the local Kafka gives what sample data gives, once feed has filled it; both find the one that runs', async () => {
  expect(await call('kafka', 'status')).toMatchObject({ code: 1, stdout: expect.stringMatching(/^Not running\./) })
  const fed = await call('feed', document, '--target', 'local')
  expect(fed.code, fed.stderr).toBe(0)
  expect(fed.stderr).toMatch(/Started the local Kafka at 127\.0\.0\.1:\d+\. It goes on when this is done/)
  expect(fed.stderr).toContain('read: 900 records written to readings.')
  const onSamples = await results('sample')
  expect(onSamples.rows.length).toBeGreaterThan(40)
  expect(onSamples.figures.join('\n')).toMatch(/^minute +900 +\d+ +0 +[1-9]/m) // some are late
  expect(await results('local')).toEqual(onSamples)
  const found = await status()
  expect(found).toMatchObject({ state: 'running', owner: { type: 'command' }, log: path.join(dataDir, 'kafka', 'broker.log'), missing: [] })
  expect(found.topics).toMatchObject([
    { name: 'per-minute', partitions: 4, records: onSamples.rows.length },
    { name: 'readings', partitions: 1, records: 900 },
  ])
  if (process.platform === 'linux') expect(found.memoryBytes).toBeGreaterThan(50e6)
  const again = await call('kafka', 'start')
  expect(again).toMatchObject({ code: 0, stdout: `${String(found.bootstrap)}\n` })
  expect(again.stderr).toContain(`It runs already (process ${String(found.pid)}).`)
  expect(await call('kafka', 'start', '--port', '1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('The local Kafka runs already at'),
  })
  expect(await call('kafka', 'start', '--foreground')).toMatchObject({ code: 2, stderr: expect.stringContaining('runs already') })
})

test('stopped, it keeps what stands in it; a run from the app starts it at the same address, and closing ends it', async () => {
  const { bootstrap } = await status()
  expect(await call('kafka', 'stop')).toMatchObject({ code: 0, stderr: 'Stopped. What stands in its topics is kept.\n' })
  expect(await call('kafka', 'stop')).toMatchObject({ code: 0, stderr: 'It does not run.\n' })
  const t = openTestRuntime({ dataDir })
  t.runtime.allow(folder)
  const states: LocalKafkaState[] = []
  const watching = new AbortController()
  const watched = (async () => {
    for await (const state of await t.client.localKafka.watch(undefined, { signal: watching.signal })) states.push(state)
  })()
  try {
    const target = { type: 'local' } as const
    expect(await refusalOf(t.client.data.topics({ target }))).toMatchObject({ code: 'LOCAL_KAFKA_STOPPED' })
    const spec = compiled(perMinute())
    const { runId } = await t.start(spec, { target, armed: true, folder, stop: { type: 'end' } })
    const steps = new Set<string>()
    let last: unknown
    for await (const update of await t.client.runs.watch({ runId })) {
      if (update.state.type === 'starting') steps.add(update.state.step)
      last = update
    }
    expect(last).toMatchObject({ state: { type: 'ended' }, target, armed: true })
    expect([...steps].join('\n')).toMatch(/^starting Apache Kafka on port \d+$/m)
    await expect.poll(() => states.at(-1)).toMatchObject({ type: 'running', bootstrap, endsWithUs: true })
    expect(states.map(({ type }) => type)).toContain('starting')
    const records = async () => Object.fromEntries((await t.client.localKafka.topics()).map((topic) => [topic.name, topic.records]))
    expect((await records()).readings).toBe(900)
    const filled = []
    for await (const progress of await t.client.localKafka.fill({ spec, folder, replace: true })) filled.push(progress)
    expect(filled.at(-1)).toEqual({ type: 'done', topics: [{ nodeId: 'read', topic: 'readings', records: 900 }] })
    expect((await records()).readings).toBe(900)
    expect((await t.client.data.sampleTopic({ target, topic: 'readings', limit: 10 })).columns.map(({ name }) => name)).toEqual([
      'n',
      'name',
      'at',
    ])
    const log = await t.client.localKafka.log({ limit: 5 })
    expect(log.lines.join('\n')).toContain('Kafka Server started')
  } finally {
    watching.abort()
    await watched.catch(() => undefined)
    await t.runtime.close()
  }
  expect(await ownKafkaStatus(dataDir)).toEqual({ type: 'stopped', interrupted: false })
  expect(t.faults).toEqual([])
})

test('it survives a crash of the program that started it; the next one takes care of it', async () => {
  const module = pathToFileURL(path.join(ROOT, 'dist/pipeline-runtime/local-kafka/own-kafka.js')).href
  const script = `import { startOwnKafka } from ${JSON.stringify(module)}
const { pid } = await startOwnKafka({ dataDir: ${JSON.stringify(dataDir)}, owner: { type: 'program', pid: process.pid }, log: () => {} })
console.log('PID ' + pid)
setInterval(() => {}, 1000)`
  const program: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (program.stdout === null) throw new Error('no pipe')
  const [line] = await once(program.stdout, 'data')
  const pid = Number(/PID (\d+)/.exec(String(line))?.[1])
  program.kill('SIGKILL')
  await once(program, 'exit')
  expect(await ownKafkaStatus(dataDir)).toMatchObject({ type: 'running', pid, owner: { type: 'program', pid: program.pid } })
  // Not ours yet: whoever quits now ends nothing.
  await stopOwnKafkaOf(process.pid, dataDir, () => {})
  expect(isAlive(pid)).toBe(true)
  await adoptOwnKafka(process.pid, dataDir)
  expect(await ownKafkaStatus(dataDir)).toMatchObject({ owner: { type: 'program', pid: process.pid } })
  // Nor is one that has its program taken away from it.
  await adoptOwnKafka(1, dataDir)
  expect(await ownKafkaStatus(dataDir)).toMatchObject({ owner: { type: 'program', pid: process.pid } })
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => ownKafkaStatus(dataDir)).toEqual({ type: 'stopped', interrupted: true })
})

test('reset deletes everything, and asks where nobody said yes', async () => {
  expect(existsSync(path.join(dataDir, 'kafka', 'records'))).toBe(true)
  expect(await call('kafka', 'reset')).toMatchObject({ code: 64, stderr: expect.stringContaining('--yes says that you mean it') })
  expect(existsSync(path.join(dataDir, 'kafka', 'records'))).toBe(true)
  expect(await call('kafka', 'reset', '--yes')).toMatchObject({ code: 0 })
  expect(existsSync(path.join(dataDir, 'kafka'))).toBe(false)
})

test('in the foreground it ends with Ctrl+C; a topic that nobody filled is named with what fills it', async () => {
  const args = ['kafka', 'start', '--foreground', '--data-dir', dataDir]
  const kafka = spawn(process.execPath, [path.join(ROOT, 'dist/pipeline-runtime/cli/main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(kafka.stdout, 'data')
  const bootstrap = String(line).trim()
  expect(await call('run', document, '--target', 'local')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('read: The topic readings is not in the local Kafka yet. millrace feed FILE --target local fills it'),
  })
  // What the run would have written was made.
  expect(await withTopicAdmin(bootstrap, (topics) => topics.counted())).toMatchObject([{ name: 'per-minute', records: 0 }])
  expect(readFileSync(path.join(dataDir, 'kafka', 'broker.log'), 'utf8')).toContain('Kafka Server started')
  kafka.kill('SIGINT')
  const [code] = await once(kafka, 'exit')
  expect(code).toBe(130)
  expect(await ownKafkaStatus(dataDir)).toEqual({ type: 'stopped', interrupted: false })
})
