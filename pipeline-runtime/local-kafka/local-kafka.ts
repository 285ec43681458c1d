import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { run } from '../processes/run-command.ts'
import {
  type BrokerFiles,
  type BrokerPorts,
  brokerArguments,
  brokerFiles,
  brokerProperties,
  clusterIdOf,
  formatArguments,
  LOG_CONFIG,
  propertiesText,
  STARTED_LINE,
} from './broker-config.ts'
import { type BrokerProcess, spawnBound, spawnDetached } from './broker-process.ts'
import { canConnect, freePorts, isPortFree } from './free-ports.ts'
import { ensureKafkaSoftware, type KafkaSoftware } from './kafka-software.ts'
import { LocalKafkaError } from './local-kafka-error.ts'
import { type BrokerOwner, lifeOf, readRunning, writeRunning } from './running-broker.ts'

export interface LocalKafkaOptions {
  /** Holds the records, the broker's configuration and its log; made if absent. A folder used before is continued. */
  readonly dataDir: string
  /** Port for clients on 127.0.0.1; 0 or absent: a free one. */
  readonly port?: number
  /** Of these the first free one is taken where `port` names none; any free one where none is. */
  readonly usualPorts?: readonly number[]
  readonly heapMb?: number
  /** `detached`: the broker lives on when this process ends. Default `bound`: it ends with it. */
  readonly life?: 'bound' | 'detached'
  /** Who ends it; noted in the folder for everybody else. Default: this process. */
  readonly owner?: BrokerOwner
  readonly log: (line: string) => void
  /** Broker properties over the defaults of broker-config.ts. */
  readonly properties?: Readonly<Record<string, string>>
  readonly startTimeoutMs?: number
}

export interface LocalKafka {
  /** HOST:PORT for clients. */
  readonly bootstrap: string
  readonly pid: number
  readonly logFile: string
  /** Resolves when the broker ends, for whatever reason. */
  readonly exited: Promise<void>
  /** Asks the broker to stop and waits; after 15 s it is killed. A second call waits for the same end. */
  stop(): Promise<void>
  /** Ends the broker as a crash would: no flush, no goodbye to clients. For tests. */
  kill9(): Promise<void>
}

/** Enough for local work: see docs/decisions/2026-11-26-local-kafka.md. */
export const DEFAULT_HEAP_MB = 256
const LEAST_FREE_BYTES = 256 << 20
const STOP_TIMEOUT_MS = 15_000
const LOCK_REFUSED = /Failed to acquire lock on file/

/**
 * Starts a real Apache Kafka on this machine, one node, reachable from this machine only, and waits until it serves.
 * Throws LocalKafkaError.
 */
export async function startLocalKafka(options: LocalKafkaOptions): Promise<LocalKafka> {
  const software = await ensureKafkaSoftware(options.log)
  const dataDir = path.resolve(options.dataDir)
  await prepareFolder(dataDir)
  // Before anything is written: the log and the configuration of a broker that runs stay as they are.
  if (await runsAlready(brokerFiles(dataDir))) throw dataDirInUse(dataDir)
  const fixedPort = options.port !== undefined && options.port !== 0 ? options.port : undefined
  if (fixedPort !== undefined && !(await isPortFree(fixedPort))) throw portInUse(fixedPort)

  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce({ software, dataDir, fixedPort, options })
    } catch (error) {
      // A free port that we picked can be taken before the broker binds it; then others are tried.
      const another = error instanceof LocalKafkaError && error.code === 'PORT_IN_USE' && fixedPort === undefined && attempt < 3
      if (!another) throw error
    }
  }
}

interface Start {
  readonly software: KafkaSoftware
  readonly dataDir: string
  readonly fixedPort: number | undefined
  readonly options: LocalKafkaOptions
}

async function startOnce({ software, dataDir, fixedPort, options }: Start): Promise<LocalKafka> {
  const startedMs = Date.now()
  const { heapMb = DEFAULT_HEAP_MB, life = 'bound', owner = { type: 'program', pid: process.pid }, log } = options
  const ports = await choosePorts(fixedPort ?? (await firstFree(options.usualPorts ?? [])))
  const files = brokerFiles(dataDir)
  await writeFile(files.logConfig, LOG_CONFIG)
  await writeFile(files.properties, propertiesText(brokerProperties(ports, files.records, options.properties)))
  if (!existsSync(path.join(files.records, 'meta.properties'))) {
    log('Making an empty Kafka ...')
    await format(software, files)
  }
  log(`Starting Apache Kafka on port ${ports.client} ...`)
  await keepLastLog(files)
  const output = await open(files.logFile, 'w')
  const spawn = life === 'bound' ? spawnBound : spawnDetached
  let broker: BrokerProcess
  try {
    broker = await spawn(software.java, brokerArguments(software.jars, files, heapMb), dataDir, output.fd)
  } finally {
    await output.close()
  }
  // Should we be killed now, the next start finds what we began.
  const endNow = () => broker.kill('SIGKILL')
  process.once('exit', endNow)
  try {
    await writeRunning(files, { pid: broker.pid, port: ports.client, heapMb, startedMs, owner })
    await untilStarted(broker, files, ports, options.startTimeoutMs ?? 60_000)
  } catch (error) {
    broker.kill('SIGKILL')
    await broker.exited
    throw error
  } finally {
    process.off('exit', endNow)
  }
  const bootstrap = `127.0.0.1:${ports.client}`
  log(
    `Apache Kafka serves ${bootstrap}, started in ${((Date.now() - startedMs) / 1000).toFixed(1)} s (process ${broker.pid}, log ${files.logFile})`,
  )
  return { bootstrap, pid: broker.pid, logFile: files.logFile, exited: broker.exited, stop: () => stop(broker), kill9: () => kill9(broker) }
}

async function choosePorts(fixedPort: number | undefined): Promise<BrokerPorts> {
  const [first, second] = await freePorts(2)
  if (first === undefined || second === undefined)
    throw new LocalKafkaError('PORT_IN_USE', 'No free port on 127.0.0.1. Close programs that hold many connections.')
  return { client: fixedPort ?? first, controller: second }
}

async function firstFree(ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) if (await isPortFree(port)) return port
  return undefined
}

/** Why the broker before this one ended may still be asked. */
async function keepLastLog({ logFile }: BrokerFiles): Promise<void> {
  if (existsSync(logFile)) await rename(logFile, `${logFile}.last`)
}

async function prepareFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    await writeFile(path.join(dataDir, '.write-test'), '')
  } catch (error) {
    throw new LocalKafkaError(
      'DATA_DIR_NOT_USABLE',
      `The local Kafka cannot write to its data folder ${dataDir}: ${error instanceof Error ? error.message : String(error)}. Choose a folder that you may write to.`,
      { cause: error },
    )
  }
  const { bavail, bsize } = await statfs(dataDir)
  if (bavail * bsize < LEAST_FREE_BYTES) throw diskFull(dataDir)
}

async function format({ java, jars }: KafkaSoftware, files: BrokerFiles): Promise<void> {
  const result = await run(java, formatArguments(jars, files, clusterIdOf(randomBytes(16))))
  if (result.kind !== 'ok') throw brokerError(result.output, files, undefined)
}

async function untilStarted(broker: BrokerProcess, files: BrokerFiles, ports: BrokerPorts, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const text = await readFile(files.logFile, 'utf8')
    // A broker without the lock of its folder does not always end by itself.
    if (broker.hasExited() || LOCK_REFUSED.test(text)) throw brokerError(text, files, ports)
    if (STARTED_LINE.test(text) && (await canConnect(ports.client))) return
    if (Date.now() > deadline) {
      throw new LocalKafkaError(
        'BROKER_NOT_STARTED',
        `Apache Kafka did not start within ${timeoutMs / 1000} s; it was ended. Is the machine busy or short of memory? Its log: ${files.logFile}`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Finds the known reasons in what the broker printed. */
export function brokerError(output: string, files: BrokerFiles, ports: BrokerPorts | undefined): LocalKafkaError {
  if (/No space left on device/.test(output)) return diskFull(files.records)
  if (ports !== undefined && /Address already in use/.test(output))
    return portInUse(output.includes(String(ports.controller)) ? ports.controller : ports.client)
  if (LOCK_REFUSED.test(output)) return dataDirInUse(path.dirname(files.records))
  const telling = output.split('\n').filter((line) => /ERROR|FATAL|Exception|Error occurred|OutOfMemory|Could not/.test(line))
  const lines = (telling.length > 0 ? telling : output.trim().split('\n')).slice(0, 3).join(' | ')
  return new LocalKafkaError('BROKER_NOT_STARTED', `Apache Kafka ended while starting. It said: ${lines} (all of it: ${files.logFile})`)
}

/** Whether the broker that was started last in this folder is there. */
async function runsAlready(files: BrokerFiles): Promise<boolean> {
  const running = await readRunning(files)
  return running !== undefined && (await lifeOf(running, files)) !== 'gone'
}

function dataDirInUse(dataDir: string): LocalKafkaError {
  return new LocalKafkaError(
    'DATA_DIR_IN_USE',
    `Another Kafka is using the data folder ${dataDir}. Stop it, or give this one another folder.`,
  )
}

function portInUse(port: number): LocalKafkaError {
  return new LocalKafkaError(
    'PORT_IN_USE',
    `Port ${port} on 127.0.0.1 is in use by another program. Stop that, or choose another port (0 takes a free one).`,
  )
}

function diskFull(folder: string): LocalKafkaError {
  return new LocalKafkaError(
    'DISK_FULL',
    `Too little free space for the local Kafka in ${folder}: it wants ${LEAST_FREE_BYTES >> 20} MB. Free some, or choose another folder.`,
  )
}

async function stop(broker: BrokerProcess): Promise<void> {
  if (broker.hasExited()) return
  broker.kill('SIGTERM')
  const timer = setTimeout(() => broker.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await broker.exited
  clearTimeout(timer)
}

async function kill9(broker: BrokerProcess): Promise<void> {
  if (broker.hasExited()) return
  broker.kill('SIGKILL')
  await broker.exited
}
