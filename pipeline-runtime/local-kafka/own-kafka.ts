import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../data/error-code.ts'
import { memoryOf } from '../processes/process-facts.ts'
import { isLocked, takeLock } from '../processes/process-lock.ts'
import { type BrokerFiles, brokerFiles } from './broker-config.ts'
import { type LocalKafka, startLocalKafka } from './local-kafka.ts'
import { LocalKafkaError } from './local-kafka-error.ts'
import {
  type BrokerOwner,
  isBroker,
  isOrphan,
  lifeOf,
  ownKafkaFolder,
  type RunningBroker,
  readRunning,
  removeRunning,
  writeRunning,
} from './running-broker.ts'

/**
 * The user's own local Kafka: one for all of Millrace, with its data in the user's data folder. Whoever starts it, app and command line
 * find the same one by the `running.json` of its folder.
 */
export type OwnKafkaStatus =
  /** `interrupted`: it ended without being stopped. Kafka mends its files at the next start. */
  | { readonly type: 'stopped'; readonly interrupted: boolean }
  | { readonly type: 'starting' }
  | (RunningBroker & { readonly type: 'running'; readonly bootstrap: string; readonly memoryBytes: number | undefined })

export interface StartOwnKafka {
  readonly dataDir: string
  readonly owner: BrokerOwner
  /** Absent: the one of last time where it is free, else a free one. */
  readonly port?: number | undefined
  readonly log: (line: string) => void
}

export interface StartedOwnKafka extends RunningBroker {
  readonly bootstrap: string
  /** False: it ran already. */
  readonly isNew: boolean
}

/** Where a first start looks for a port, so that other programs find it again; these are nobody's, and outgoing connections do not take them. */
const USUAL_PORTS = Array.from({ length: 100 }, (_, i) => 19_092 + i)
const STOP_TIMEOUT_MS = 15_000
const KILL_TIMEOUT_MS = 5_000
const START_TIMEOUT_MS = 60_000
const ASK_MS = 100

/** The one that runs, or a new one, which lives on until somebody stops it. Throws LocalKafkaError. */
export async function startOwnKafka({ dataDir, owner, port, log }: StartOwnKafka): Promise<StartedOwnKafka> {
  return withLock(dataDir, log, async (files) => {
    const running = await servingBroker(files, log)
    if (running !== undefined) {
      if (port !== undefined && port !== 0 && port !== running.port) throw runsElsewhere(running)
      return { ...running, bootstrap: bootstrapOf(running), isNew: false }
    }
    await start(dataDir, files, { owner, port, log, life: 'detached' })
    const started = await readRunning(files)
    if (started === undefined) throw ended(files)
    return { ...started, bootstrap: bootstrapOf(started), isNew: true }
  })
}

/** A new one that ends with this process. Throws LocalKafkaError, also where one runs already. */
export async function startBoundOwnKafka({ dataDir, owner, port, log }: StartOwnKafka): Promise<LocalKafka> {
  return withLock(dataDir, log, async (files) => {
    const running = await servingBroker(files, log)
    if (running !== undefined) throw runsElsewhere(running)
    return start(dataDir, files, { owner, port, log, life: 'bound' })
  })
}

/** Asks it to stop and waits. False: there was none. Throws LocalKafkaError where it does not end. */
export async function stopOwnKafka(dataDir: string, log: (line: string) => void): Promise<boolean> {
  return withLock(dataDir, log, stop)
}

/** Ends what runs and deletes all topics, records and positions. */
export async function resetOwnKafka(dataDir: string, log: (line: string) => void): Promise<void> {
  await withLock(dataDir, log, async (files) => {
    await stop(files)
    await rm(path.dirname(files.records), { recursive: true, force: true, maxRetries: 5 })
  })
}

/** Stops it where this program is the one that has to. */
export async function stopOwnKafkaOf(pid: number, dataDir: string, log: (line: string) => void): Promise<void> {
  const { owner } = (await readRunning(brokerFiles(ownKafkaFolder(dataDir)))) ?? {}
  if (owner?.type === 'program' && owner.pid === pid) await stopOwnKafka(dataDir, log)
}

/** A Kafka whose program crashed goes on; the next program that stays takes care of it. */
export async function adoptOwnKafka(pid: number, dataDir: string): Promise<void> {
  const files = brokerFiles(ownKafkaFolder(dataDir))
  const running = await readRunning(files)
  if (running === undefined || !isOrphan(running) || !(await isBroker(running.pid, files))) return
  await writeRunning(files, { ...running, owner: { type: 'program', pid } })
}

export async function ownKafkaStatus(dataDir: string): Promise<OwnKafkaStatus> {
  const files = brokerFiles(ownKafkaFolder(dataDir))
  const running = await readRunning(files)
  const life = running === undefined ? 'gone' : await lifeOf(running, files)
  if (running !== undefined && life === 'serving')
    return { type: 'running', ...running, bootstrap: bootstrapOf(running), memoryBytes: await memoryOf(running.pid) }
  if (life === 'starting' || isLocked(lockFile(dataDir))) return { type: 'starting' }
  return { type: 'stopped', interrupted: running !== undefined }
}

/** The last lines that the broker printed, oldest first. */
export async function ownKafkaLog(dataDir: string, lines: number): Promise<{ readonly file: string; readonly lines: readonly string[] }> {
  const { logFile } = brokerFiles(ownKafkaFolder(dataDir))
  const text = await readFile(logFile, 'utf8').catch(() => '')
  return { file: logFile, lines: text === '' ? [] : text.trimEnd().split('\n').slice(-lines) }
}

interface Starting extends Omit<StartOwnKafka, 'dataDir'> {
  readonly life: 'bound' | 'detached'
}

async function start(dataDir: string, files: BrokerFiles, { owner, port, log, life }: Starting): Promise<LocalKafka> {
  await removeRunning(files)
  const lastPort = await portOfLastTime(files)
  return startLocalKafka({
    dataDir: ownKafkaFolder(dataDir),
    ...(port === undefined ? { usualPorts: lastPort === undefined ? USUAL_PORTS : [lastPort, ...USUAL_PORTS] } : { port }),
    owner,
    life,
    log,
  })
}

/** What runs remember is bound to the address, so it should not change. */
async function portOfLastTime({ properties }: BrokerFiles): Promise<number | undefined> {
  const text = await readFile(properties, 'utf8').catch(() => '')
  const port = /^advertised\.listeners=PLAINTEXT:\/\/127\.0\.0\.1:(\d+)$/m.exec(text)?.[1]
  return port === undefined ? undefined : Number(port)
}

/** The broker that runs; one that is still starting (whoever started it was killed meanwhile) is waited for. */
async function servingBroker(files: BrokerFiles, log: (line: string) => void): Promise<RunningBroker | undefined> {
  const deadlineMs = Date.now() + START_TIMEOUT_MS
  for (let round = 0; ; round++) {
    const running = await readRunning(files)
    const life = running === undefined ? 'gone' : await lifeOf(running, files)
    if (running === undefined || life === 'gone') return undefined
    if (life === 'serving') return running
    if (round === 0) log('The local Kafka is starting already; waiting for it ...')
    if (Date.now() > deadlineMs) {
      throw new LocalKafkaError(
        'BROKER_NOT_STARTED',
        `A local Kafka (process ${running.pid}) was started and does not answer. Stop it and start it again. Its log: ${files.logFile}`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_MS))
  }
}

async function stop(files: BrokerFiles): Promise<boolean> {
  const running = await readRunning(files)
  if (running === undefined) return false
  const wasThere = await isBroker(running.pid, files)
  if (wasThere) {
    signal(running.pid, 'SIGTERM')
    if (!(await hasEnded(running.pid, files, STOP_TIMEOUT_MS))) {
      signal(running.pid, 'SIGKILL')
      if (!(await hasEnded(running.pid, files, KILL_TIMEOUT_MS)))
        throw new LocalKafkaError('BROKER_NOT_STOPPED', `The local Kafka (process ${running.pid}) does not end. Its log: ${files.logFile}`)
    }
  }
  await removeRunning(files)
  return wasThere
}

async function hasEnded(pid: number, files: BrokerFiles, timeoutMs: number): Promise<boolean> {
  for (const deadlineMs = Date.now() + timeoutMs; Date.now() < deadlineMs; ) {
    if (!(await isBroker(pid, files))) return true
    await new Promise((resolve) => setTimeout(resolve, ASK_MS))
  }
  return false
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error // It has ended by itself.
  }
}

/** One start, stop or reset at a time, of all processes of the user. */
async function withLock<T>(dataDir: string, log: (line: string) => void, work: (files: BrokerFiles) => Promise<T>): Promise<T> {
  const file = lockFile(dataDir)
  try {
    if (!existsSync(dataDir)) await mkdir(dataDir, { recursive: true })
  } catch (error) {
    throw new LocalKafkaError('DATA_DIR_NOT_USABLE', `The data folder ${dataDir} cannot be made: ${String(error)}.`, { cause: error })
  }
  const release = await takeLock(file, () => log('Another Millrace is starting or stopping the local Kafka; waiting for it ...'))
  try {
    return await work(brokerFiles(ownKafkaFolder(dataDir)))
  } finally {
    release()
  }
}

function lockFile(dataDir: string): string {
  return `${ownKafkaFolder(dataDir)}.lock`
}

function bootstrapOf({ port }: RunningBroker): string {
  return `127.0.0.1:${port}`
}

function runsElsewhere(running: RunningBroker): LocalKafkaError {
  return new LocalKafkaError(
    'RUNS_ALREADY',
    `The local Kafka runs already at ${bootstrapOf(running)} (process ${running.pid}). Use that one, or stop it first.`,
  )
}

function ended(files: BrokerFiles): LocalKafkaError {
  return new LocalKafkaError('BROKER_NOT_STARTED', `The local Kafka ended right after its start. Its log: ${files.logFile}`)
}
