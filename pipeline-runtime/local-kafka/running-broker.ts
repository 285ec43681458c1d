import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { commandLineOf, isAlive } from '../processes/process-facts.ts'
import { type BrokerFiles, STARTED_LINE } from './broker-config.ts'
import { canConnect } from './free-ports.ts'

/** Who ends a broker: the program with this process id when it quits, or `millrace kafka stop`. */
const brokerOwner = z.discriminatedUnion('type', [
  z.object({ type: z.literal('program'), pid: z.int().positive() }),
  z.object({ type: z.literal('command') }),
])
export type BrokerOwner = z.output<typeof brokerOwner>

/** running.json: the broker that was started last in a folder and was not stopped since. */
const runningBroker = z.object({
  pid: z.int().positive(),
  port: z.int().positive(),
  heapMb: z.int().positive(),
  startedMs: z.number(),
  owner: brokerOwner,
})
export type RunningBroker = z.output<typeof runningBroker>

/** What stands in the folder; undefined where nothing does, or nothing that can be read. */
export async function readRunning(files: BrokerFiles): Promise<RunningBroker | undefined> {
  try {
    return runningBroker.parse(JSON.parse(await readFile(files.running, 'utf8')))
  } catch {
    return undefined
  }
}

/** Whole or not at all: another Millrace may be reading it. */
export async function writeRunning(files: BrokerFiles, running: RunningBroker): Promise<void> {
  const temporary = `${files.running}.${process.pid}.new`
  await writeFile(temporary, JSON.stringify(running))
  await rename(temporary, files.running)
}

export async function removeRunning(files: BrokerFiles): Promise<void> {
  await rm(files.running, { force: true })
}

/** `gone`: the process ended without being stopped, for example with the machine. */
export type BrokerLife = 'gone' | 'starting' | 'serving'

export async function lifeOf(running: RunningBroker, files: BrokerFiles): Promise<BrokerLife> {
  if (!(await isBroker(running.pid, files))) return 'gone'
  const log = await readFile(files.logFile, 'utf8').catch(() => '')
  return STARTED_LINE.test(log) && (await canConnect(running.port)) ? 'serving' : 'starting'
}

/** Whether the process is the broker of this folder, and not another program that got its number since. */
export async function isBroker(pid: number, files: BrokerFiles): Promise<boolean> {
  const words = await commandLineOf(pid)
  return words === '' || (words?.includes(files.properties) ?? false)
}

/** Whether the program that would end the broker is gone, so that nobody would. */
export function isOrphan({ owner }: RunningBroker): boolean {
  return owner.type === 'program' && !isAlive(owner.pid)
}

/** The folder of the user's own local Kafka, one for all of Millrace. */
export function ownKafkaFolder(dataDir: string): string {
  return path.join(path.resolve(dataDir), 'kafka')
}
