import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import ts from 'typescript'
import { afterEach, expect, test } from 'vitest'
import { ensureKafkaJars } from '../../pipeline-runtime/local-kafka/kafka-jars.ts'
import { type LocalKafka, startLocalKafka } from '../../pipeline-runtime/local-kafka/local-kafka.ts'
import { startKafkaFixture } from './kafka-fixture.ts'

const opened: { stop(): Promise<unknown> }[] = []
const folders: string[] = []

afterEach(async () => {
  for (const broker of opened.splice(0)) await broker.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function freshFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-local-kafka-'))
  folders.push(folder)
  return folder
}

async function start(dataDir: string, port = 0): Promise<LocalKafka> {
  const broker = await startLocalKafka({ dataDir, port, heapMb: 256, log: () => {} })
  opened.push(broker)
  return broker
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('jars are fetched once by two who want them at the same time', { timeout: 180_000 }, async () => {
  const cacheDir = freshFolder()
  const lines: string[] = []
  const want = () => ensureKafkaJars({ cacheDir, log: (line) => lines.push(line) })
  const [one, two] = await Promise.all([want(), want()])
  expect(one).toBe(two)
  expect(lines.filter((line) => line.startsWith('Fetching'))).toHaveLength(1)
  expect(readdirSync(one).filter((name) => /^kafka_2\.13-.*\.jar$/.test(name))).toHaveLength(1)
  expect(readdirSync(cacheDir)).toHaveLength(1)
  console.log(lines.join('\n'))
})

test('a broker starts, takes records, gives them back and stops', { timeout: 180_000 }, async () => {
  const started = Date.now()
  const kafka = await startKafkaFixture()
  opened.push({ stop: () => kafka.close() })
  console.log(`local Kafka started in ${Date.now() - started} ms`)
  const topic = await kafka.createTopic(2)
  await kafka.produce(topic, [
    { key: 'a', value: 'one', partition: 0, timestamp: 5 },
    { key: null, value: 'two', partition: 1 },
    { key: 'a', value: null, partition: 0 },
  ])
  const records = await kafka.consume(topic, 3)
  expect(records.map(({ partition, key, value }) => [partition, key?.toString() ?? null, value?.toString() ?? null])).toEqual([
    [0, 'a', 'one'],
    [0, 'a', null],
    [1, null, 'two'],
  ])
  expect(records[0]?.timestamp).toBe(5)
  await expect(kafka.admin.fetchTopicMetadata({ topics: ['no-such-topic'] })).rejects.toThrow()
  expect(await kafka.admin.listTopics()).not.toContain('no-such-topic') // asking makes none
  await kafka.broker.stop()
  expect(isAlive(kafka.broker.pid)).toBe(false)
})

test('a data folder is continued after a kill -9, on the same port; a folder and a port in use are refused', {
  timeout: 180_000,
}, async () => {
  const dataDir = freshFolder()
  const first = await start(dataDir)
  const port = Number(first.bootstrap.split(':')[1])
  await expect(start(freshFolder(), port)).rejects.toMatchObject({ code: 'PORT_IN_USE', message: expect.stringContaining(String(port)) })
  const inUse = { code: 'DATA_DIR_IN_USE', message: expect.stringContaining(dataDir) }
  await expect(start(dataDir)).rejects.toMatchObject(inUse)
  // The same of a broker that somebody else started there.
  rmSync(path.join(dataDir, 'running.json'))
  await expect(start(dataDir)).rejects.toMatchObject(inUse)
  await first.kill9()
  await first.exited
  const second = await start(dataDir, port)
  expect(second.bootstrap).toBe(first.bootstrap)
})

test('the broker ends with its parent, even if that is killed with -9', { timeout: 180_000 }, async () => {
  const source = readFileSync(new URL('../../pipeline-runtime/local-kafka/broker-process.ts', import.meta.url), 'utf8')
  const module = path.join(freshFolder(), 'broker-process.mjs')
  const compilerOptions = { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 }
  writeFileSync(module, ts.transpileModule(source, { compilerOptions }).outputText) // Node 20 does not read TypeScript
  // A long-lived child stands in for the broker: the binding of lives is the same and the test is quick.
  const script = `import { spawnBound } from ${JSON.stringify(module)}
const child = await spawnBound('sleep', ['600'], '/', 1)
console.log('PID ' + child.pid)
setInterval(() => {}, 1000)`
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(/PID (\d+)/.exec(String(line))?.[1])
    expect(isAlive(pid)).toBe(true)
    parent.kill(signal)
    await once(parent, 'exit')
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  }
})
