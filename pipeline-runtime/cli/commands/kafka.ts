import { createInterface } from 'node:readline/promises'
import { withTopicAdmin } from '../../connectors/kafka/topic-admin.ts'
import { counted } from '../../data/counted.ts'
import { missingSoftware } from '../../local-kafka/kafka-software.ts'
import { DEFAULT_HEAP_MB } from '../../local-kafka/local-kafka.ts'
import {
  type OwnKafkaStatus,
  ownKafkaLog,
  ownKafkaStatus,
  resetOwnKafka,
  startBoundOwnKafka,
  startOwnKafka,
  stopOwnKafka,
} from '../../local-kafka/own-kafka.ts'
import { isOrphan, ownKafkaFolder } from '../../local-kafka/running-broker.ts'
import { topicSizes } from '../../local-kafka/topic-sizes.ts'
import { LOCAL_KAFKA_MEMORY_MB, type LocalTopic } from '../../rpc/local-kafka-state.ts'
import { defaultDataDir } from '../../runner/data-dir.ts'
import { forgetRunsOn } from '../../runner/snapshot-file.ts'
import { parseArguments, portNumber } from '../arguments.ts'
import { type Command, ExitCode, UsageError } from '../command.ts'
import type { Output } from '../output.ts'

export const kafkaCommand: Command = {
  name: 'kafka',
  usage: 'start|stop|status|reset [--port N] [--foreground] [--json] [--yes] [--data-dir DIR]',
  summary: 'A real Apache Kafka on this machine, for local work: one for this user, for the app and the command line alike.',
  details: `  start              in the background; it goes on until millrace kafka stop. One that runs already is used as it is
    --port N         on 127.0.0.1; 0 takes any free one (default: the one of last time, or a free one from 19092 on)
    --foreground     until Ctrl+C, in this terminal
  stop               ends it, also one that the app started
  status             where it is, its memory, log and topics; --json for programs. Exit code 1 where it does not run
  reset              ends it and deletes all its topics and records. Asks first; --yes does not ask
  --data-dir DIR     where its data is (default: MILLRACE_DATA_DIR or the user's data folder)
  It takes some ${LOCAL_KAFKA_MEMORY_MB} MB of memory and listens on this machine only, without a password.
  A packaged Millrace brings all it needs; else it takes Java 17 or newer, and Maven for the first start (44 MB are fetched).
  Exit codes: 0 done, 1 not running or not confirmed, 2 failed, 64 wrong usage, 130 interrupted.`,
  async run(args, output) {
    const { values, positionals } = parseArguments(args, {
      port: { type: 'string' },
      foreground: { type: 'boolean' },
      json: { type: 'boolean' },
      yes: { type: 'boolean' },
      'data-dir': { type: 'string' },
    })
    const [what = '', ...others] = positionals
    if (others.length > 0) throw new UsageError(`One thing at a time; ${others.join(' ')} is too much.`)
    const dataDir = values['data-dir'] ?? defaultDataDir(process.env)
    const port = portNumber('--port', values.port)
    switch (what) {
      case 'start':
        return values.foreground === true ? runInForeground(dataDir, port, output) : start(dataDir, port, output)
      case 'stop':
        return stop(dataDir, output)
      case 'status':
        return status(dataDir, values.json === true, output)
      case 'reset':
        return reset(dataDir, values.yes === true, output)
      default:
        throw new UsageError(what === '' ? 'What to do is missing: start, stop, status or reset.' : `There is no millrace kafka ${what}.`)
    }
  },
}

async function start(dataDir: string, port: number | undefined, output: Output): Promise<ExitCode> {
  const log = (line: string): void => output.say(line)
  const { bootstrap, pid, isNew } = await startOwnKafka({ dataDir, port, owner: { type: 'command' }, log })
  if (!isNew) output.say(`It runs already (process ${pid}).`)
  output.say(`Memory: some ${LOCAL_KAFKA_MEMORY_MB} MB (heap up to ${DEFAULT_HEAP_MB} MB). Log: ${(await ownKafkaLog(dataDir, 0)).file}`)
  output.say('It goes on in the background; millrace kafka stop ends it. For clients:')
  await output.result(`${bootstrap}\n`)
  return ExitCode.DONE
}

async function runInForeground(dataDir: string, port: number | undefined, output: Output): Promise<ExitCode> {
  const log = (line: string): void => output.say(line)
  const kafka = await startBoundOwnKafka({ dataDir, port, owner: { type: 'program', pid: process.pid }, log })
  output.say('Ctrl+C ends it. For clients:')
  await output.result(`${kafka.bootstrap}\n`)
  let asked = false
  const end = (): void => {
    if (!asked) output.say('Stopping …')
    asked = true
    void stopOwnKafka(dataDir, log)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  await kafka.exited
  // Whoever stops it tidies up behind it; only then it is over.
  await stopOwnKafka(dataDir, log)
  if (asked) return ExitCode.INTERRUPTED
  output.say(`The local Kafka ended. Its log: ${kafka.logFile}`)
  return ExitCode.FAILED
}

async function stop(dataDir: string, output: Output): Promise<ExitCode> {
  const stopped = await stopOwnKafka(dataDir, (line) => output.say(line))
  output.say(stopped ? 'Stopped. What stands in its topics is kept.' : 'It does not run.')
  return ExitCode.DONE
}

async function status(dataDir: string, json: boolean, output: Output): Promise<ExitCode> {
  const found = await ownKafkaStatus(dataDir)
  const missing = found.type === 'stopped' ? await missingSoftware() : []
  const topics = found.type === 'running' ? await topicsOf(found.bootstrap, dataDir) : []
  const { file } = await ownKafkaLog(dataDir, 0)
  const folder = ownKafkaFolder(dataDir)
  if (json) {
    const { type, ...facts } = found
    const whole = { state: type, ...facts, folder, log: file, ...(found.type === 'running' ? { topics } : {}), missing }
    await output.result(`${JSON.stringify(whole)}\n`)
  } else for (const line of [...inWords(found), `Data: ${folder}`, `Log:  ${file}`]) await output.result(`${line}\n`)
  if (!json) {
    for (const topic of topics) await output.result(`${topicLine(topic)}\n`)
    for (const { what, how } of missing) await output.result(`Missing: ${what}. ${how}\n`)
  }
  return found.type === 'running' ? ExitCode.DONE : ExitCode.INVALID
}

async function reset(dataDir: string, yes: boolean, output: Output): Promise<ExitCode> {
  const found = await ownKafkaStatus(dataDir)
  if (!yes && !(await confirmed(dataDir, output))) {
    output.say('Nothing was deleted.')
    return ExitCode.INVALID
  }
  await resetOwnKafka(dataDir, (line) => output.say(line))
  if (found.type === 'running') forgetRunsOn(dataDir, found.bootstrap)
  output.say('The local Kafka is empty; millrace kafka start makes a new one.')
  return ExitCode.DONE
}

async function confirmed(dataDir: string, output: Output): Promise<boolean> {
  if (process.stdin.isTTY !== true) throw new UsageError('reset deletes all topics of the local Kafka. --yes says that you mean it.')
  const lines = createInterface({ input: process.stdin, output: output.errors })
  try {
    const answer = await lines.question(`Delete all topics and records of the local Kafka (${ownKafkaFolder(dataDir)})? Type yes: `)
    return answer.trim().toLowerCase() === 'yes'
  } finally {
    lines.close()
  }
}

async function topicsOf(bootstrap: string, dataDir: string): Promise<readonly LocalTopic[]> {
  const counted = await withTopicAdmin(bootstrap, (admin) => admin.counted())
  const sizes = await topicSizes(dataDir)
  return counted.map((topic) => ({ ...topic, bytes: sizes.get(topic.name) ?? 0 }))
}

function inWords(found: OwnKafkaStatus): readonly string[] {
  switch (found.type) {
    case 'stopped':
      return [found.interrupted ? 'Not running: it ended without being stopped. The next start mends its files.' : 'Not running.']
    case 'starting':
      return ['Starting.']
    case 'running': {
      const { bootstrap, pid, startedMs, memoryBytes, heapMb, owner } = found
      const memory = memoryBytes === undefined ? '' : `${megabytes(memoryBytes)} of memory, `
      const end =
        owner.type === 'program' && !isOrphan(found) ? `process ${owner.pid} ends it when it quits` : 'millrace kafka stop ends it'
      return [
        `Running at ${bootstrap} since ${new Date(startedMs).toISOString()} (process ${pid}, ${memory}heap up to ${heapMb} MB); ${end}.`,
      ]
    }
  }
}

function topicLine({ name, partitions, records, bytes }: LocalTopic): string {
  return `  ${name}: ${records.toLocaleString('en')} records in ${counted(partitions, 'partition')}, ${megabytes(bytes)}`
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3).toLocaleString('en')} kB` : `${Math.round(bytes / 1e6).toLocaleString('en')} MB`
}
