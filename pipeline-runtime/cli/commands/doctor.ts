import path from 'node:path'
import type { ConnectionStep } from '../../connectors/connection-kind.ts'
import { kafkaConnection } from '../../connectors/kafka/connection.ts'
import { examine } from '../../connectors/kafka/doctor/examine.ts'
import { type KafkaTarget, readConnectionsFile } from '../../runner/connections-file.ts'
import { hasErrors, type Issue } from '../../spec/issue.ts'
import { oneFile, parseArguments } from '../arguments.ts'
import { type Command, ExitCode, UsageError } from '../command.ts'
import { sayIssues } from '../files.ts'
import type { Output } from '../output.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  usage: 'NAME|HOST:PORT [--topic T] [--group G] [--connections FILE] [--json]',
  summary: 'Tests a connection to Kafka step by step, and names the step that fails and what to try.',
  details: `  NAME                 a connection of connections.json in this folder
  --connections FILE   another such file
  --topic T            also: may this sign-in read and write it?
  --group G            also: may it read under this name?
  --json               the steps as JSON
  Steps: find the host, connect, encrypt the line (TLS), sign in (SASL), ask Kafka, reach each broker, topic, group.
  Nothing is read or written. Secrets come from the environment: "password": "\${env:NAME}" in connections.json.
  Exit codes: 0 all passed, 1 the connection cannot be used as it is written, 2 a step failed, 64 wrong usage.`,
  async run(args, output) {
    const { values, positionals } = parseArguments(args, {
      topic: { type: 'string' },
      group: { type: 'string' },
      connections: { type: 'string' },
      json: { type: 'boolean' },
    })
    const named = oneFile(positionals, 'NAME or HOST:PORT')
    const target = findTarget(named, values.connections, output)
    if (target === undefined) return ExitCode.INVALID
    const { bootstrap } = target.config
    let steps: readonly ConnectionStep[] = []
    let said = 0
    for await (const now of examine({ bootstrap, signIn: target.signIn ?? {}, topic: values.topic, group: values.group })) {
      steps = now
      const done = now.filter(({ state }) => state !== 'running')
      if (values.json !== true) for (const step of done.slice(said)) await output.result(lineOf(step))
      said = done.length
    }
    const passed = steps.every(({ state }) => state === 'passed' || state === 'warned')
    if (values.json === true) await output.result(`${JSON.stringify({ connection: named, bootstrap, passed, steps }, null, 2)}\n`)
    return passed ? ExitCode.DONE : ExitCode.FAILED
  },
}

function findTarget(named: string, file: string | undefined, output: Output): KafkaTarget | undefined {
  const issues: Issue[] = []
  const connectionsFile = path.resolve(file ?? 'connections.json')
  const connections = readConnectionsFile(connectionsFile, { environment: process.env, required: file !== undefined }, issues)
  const target = connections.target(named)
  sayIssues(output, path.basename(connectionsFile), issues)
  if (hasErrors(issues)) return undefined
  if (target?.type === 'kafka') return target
  if (target?.type === 'sample') throw new UsageError(`${named} is sample data; there is nothing to connect to.`)
  const config = kafkaConnection.parseTarget?.(named)
  if (config !== undefined) return { type: 'kafka', name: named, config }
  const known = connections.names.length === 0 ? `${connectionsFile} has none` : `${connectionsFile} has ${connections.names.join(', ')}`
  throw new UsageError(`${named} is neither HOST:PORT nor the name of a connection; ${known}.`)
}

const MARKS = { passed: 'ok  ', warned: 'warn', failed: 'FAIL', running: '... ' } as const

function lineOf({ name, state, message, advice, elapsedMs }: ConnectionStep): string {
  const first = `${MARKS[state]}  ${name} (${elapsedMs ?? 0} ms)  ${message}\n`
  return advice === undefined ? first : `${first}      ${state === 'failed' ? 'try: ' : ''}${advice}\n`
}
