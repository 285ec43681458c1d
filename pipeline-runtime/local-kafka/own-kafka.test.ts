import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { commandLineOf, isAlive, memoryOf } from '../processes/process-facts.ts'
import { isLocked, takeLock } from '../processes/process-lock.ts'
import { brokerFiles } from './broker-config.ts'
import { missingSoftware } from './kafka-software.ts'
import { adoptOwnKafka, ownKafkaLog, ownKafkaStatus, stopOwnKafka, stopOwnKafkaOf } from './own-kafka.ts'
import { ownKafkaFolder } from './running-broker.ts'
import { topicSizes } from './topic-sizes.ts'

let dataDir = ''
let stranger: ChildProcess
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'millrace-own-'))
  stranger = spawn('sleep', ['600'])
  await once(stranger, 'spawn')
})
afterEach(() => {
  stranger.kill()
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true, force: true })
})

const files = () => brokerFiles(ownKafkaFolder(dataDir))
const quiet = () => {}

function leave(running: object | string): void {
  mkdirSync(ownKafkaFolder(dataDir), { recursive: true })
  writeFileSync(files().running, typeof running === 'string' ? running : JSON.stringify(running))
}

function broker(pid: number | undefined, owner: object = { type: 'command' }) {
  return { pid, port: 19092, heapMb: 256, startedMs: 1, owner }
}

test('nothing was ever started: stopped, nothing to stop, no log', async () => {
  expect(await ownKafkaStatus(dataDir)).toEqual({ type: 'stopped', interrupted: false })
  expect(await stopOwnKafka(dataDir, quiet)).toBe(false)
  expect(await ownKafkaLog(dataDir, 10)).toEqual({ file: files().logFile, lines: [] })
})

test('a process number that another program has by now is not believed, and that program is left alone', async () => {
  leave(broker(stranger.pid))
  expect(await ownKafkaStatus(dataDir)).toEqual({ type: 'stopped', interrupted: true })
  expect(await stopOwnKafka(dataDir, quiet)).toBe(false)
  expect(isAlive(stranger.pid ?? 0)).toBe(true)
  expect(existsSync(files().running)).toBe(false)
})

test.each(['', '{"pid":', '{"pid":-1,"port":1}'])('a file that is no such file is passed over: %j', async (text) => {
  leave(text)
  expect(await ownKafkaStatus(dataDir)).toEqual({ type: 'stopped', interrupted: false })
})

/** A process that looks like the broker of the folder. */
async function standIn(owner: object): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', files().properties])
  await once(child, 'spawn')
  leave(broker(child.pid, owner))
  return child
}

test('one that is there and has not said yet that it started is starting; its owner alone ends it', async () => {
  const child = await standIn({ type: 'program', pid: process.pid })
  try {
    expect(await ownKafkaStatus(dataDir)).toEqual({ type: 'starting' })
    await stopOwnKafkaOf(stranger.pid ?? 0, dataDir, quiet)
    expect(isAlive(child.pid ?? 0)).toBe(true)
    const ended = once(child, 'exit')
    await stopOwnKafkaOf(process.pid, dataDir, quiet)
    await ended
    expect(await ownKafkaStatus(dataDir)).toEqual({ type: 'stopped', interrupted: false })
  } finally {
    child.kill('SIGKILL')
  }
})

test('an owner that is gone is replaced, one that lives and the command line are not', async () => {
  const gone = spawn('true')
  await once(gone, 'exit')
  const ownerIn = () => (JSON.parse(readFileSync(files().running, 'utf8')) as { owner: unknown }).owner
  const child = await standIn({ type: 'program', pid: gone.pid })
  try {
    await adoptOwnKafka(process.pid, dataDir)
    expect(ownerIn()).toEqual({ type: 'program', pid: process.pid })
    await adoptOwnKafka(stranger.pid ?? 0, dataDir)
    expect(ownerIn()).toEqual({ type: 'program', pid: process.pid })
    leave(broker(child.pid))
    await adoptOwnKafka(process.pid, dataDir)
    expect(ownerIn()).toEqual({ type: 'command' })
  } finally {
    child.kill('SIGKILL')
  }
})

test('a lock is waited for, said once, and taken from a process that is dead', async () => {
  const file = path.join(dataDir, 'a.lock')
  const waits: string[] = []
  const release = await takeLock(file, () => waits.push('first'))
  expect(isLocked(file)).toBe(true)
  const second = takeLock(file, () => waits.push('second'))
  await expect.poll(() => waits).toEqual(['second'])
  release()
  ;(await second)()
  expect(isLocked(file)).toBe(false)
  const gone = spawn('true')
  await once(gone, 'exit')
  for (const left of [JSON.stringify({ pid: gone.pid }), JSON.stringify({ pid: process.pid, began: '1' }), '', '12']) {
    writeFileSync(file, left)
    expect(isLocked(file)).toBe(false)
    const releaseAgain = await takeLock(file, quiet)
    expect(isLocked(file)).toBe(true)
    releaseAgain()
  }
  expect(readdirSync(dataDir).filter((name) => name.startsWith('a.lock'))).toEqual([])
})

test('what is missing is named before a start, with how to get it', async () => {
  vi.stubEnv('JAVA_HOME', path.join(dataDir, 'no-java'))
  expect(await missingSoftware()).toContainEqual({ what: 'Java 17', how: expect.stringContaining('openjdk-17-jre-headless') })
  vi.stubEnv('MILLRACE_KAFKA_DIR', dataDir)
  expect(await missingSoftware()).toEqual([{ what: 'the packaged Kafka', how: expect.stringContaining('MILLRACE_KAFKA_DIR') }])
  // A package brings its own Java.
  mkdirSync(path.join(dataDir, 'jars'))
  mkdirSync(path.join(dataDir, 'java', 'bin'), { recursive: true })
  writeFileSync(path.join(dataDir, 'java', 'bin', process.platform === 'win32' ? 'java.exe' : 'java'), '')
  expect(await missingSoftware()).toEqual([])
})

test('bytes of a topic are those of its records, over all partitions', async () => {
  const put = (folder: string, name: string, bytes: number) => {
    mkdirSync(path.join(files().records, folder), { recursive: true })
    writeFileSync(path.join(files().records, folder, name), Buffer.alloc(bytes))
  }
  put('shop-orders-0', '00000000000000000000.log', 100)
  put('shop-orders-1', '00000000000000000000.log', 20)
  put('shop-orders-1', '00000000000000000000.index', 5000)
  put('other-0', '00000000000000000000.log', 3)
  expect(await topicSizes(dataDir)).toEqual(
    new Map([
      ['other', 3],
      ['shop-orders', 120],
    ]),
  )
})

test('a process is known by how it was started, and its memory is known', async () => {
  expect(await commandLineOf(stranger.pid ?? 0)).toContain('sleep')
  expect(await memoryOf(process.pid)).toBeGreaterThan(1e6)
  const ended = once(stranger, 'exit')
  stranger.kill()
  await ended
  expect(await commandLineOf(stranger.pid ?? 0)).toBeUndefined()
})
