import path from 'node:path'
import { kafkaConnection } from '../connectors/kafka/connection.ts'
import type { Issue } from '../spec/issue.ts'
import { type ConnectionsFile, type KafkaTarget, readConnectionsFile } from './connections-file.ts'

/** What a connection name means in one run. */
export type Target = { readonly type: 'sample' } | KafkaTarget

/** The user's own Kafka on this machine: where it is becomes known when it runs. */
export interface LocalTarget {
  readonly type: 'local'
}

/** On the screen, in the log, and as the name of its connection. */
const LOCAL_KAFKA_NAME = 'Local Kafka'

/** The local Kafka as a cluster like any other, as soon as it runs. */
export function localKafkaAt(bootstrap: string): Target {
  return { type: 'kafka', name: LOCAL_KAFKA_NAME, config: { bootstrap } }
}

export interface TargetSources {
  /** Values of `--target`, in order: `sample`, `local`, `HOST:PORT`, `NAME`, or `CONNECTION=` with one of these behind it. */
  readonly targetOptions: readonly string[]
  /** The folder that may hold `connections.json`. */
  readonly folder: string
  /** In place of that one. */
  readonly connectionsFile?: string | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface BoundTargets {
  readonly targets: ReadonlyMap<string, Target | LocalTarget>
  /** True where nothing binds any of the connections, so that the run is on sample data for want of something else. */
  readonly unbound: boolean
  readonly issues: readonly Issue[]
}

/**
 * Binds connection names: `--target` first, then `connections.json` beside the document, then the environment
 * (`MILLRACE_CONNECTION_SHOP=HOST:PORT`); what none of them binds is on sample data.
 */
export function bindTargets(connections: readonly string[], sources: TargetSources): BoundTargets {
  const issues: Issue[] = []
  const file = sources.connectionsFile ?? path.join(sources.folder, 'connections.json')
  const named = readConnectionsFile(file, { environment: sources.environment, required: sources.connectionsFile !== undefined }, issues)
  const byConnection = new Map<string, string>()
  let forAll: string | undefined
  for (const option of sources.targetOptions) {
    const match = /^([a-z][a-z0-9_-]*)=(.+)$/.exec(option)
    if (match === null) {
      if (forAll !== undefined && forAll !== option) {
        issues.push(
          problem('TARGET_TWICE', `--target names both ${forAll} and ${option} for all connections; use --target CONNECTION=… for each.`),
        )
      }
      forAll = option
    } else {
      const [, connection = '', value = ''] = match
      if (!connections.includes(connection)) {
        issues.push(problem('UNKNOWN_CONNECTION', `--target ${option}: the document has no connection ${connection}${itHas(connections)}.`))
      }
      byConnection.set(connection, value)
    }
  }
  const options = new Set([...byConnection.values(), ...(forAll === undefined ? [] : [forAll])])
  const resolved = new Map([...options].map((option) => [option, resolve(option, named, issues)] as const))
  const targets = new Map<string, Target | LocalTarget>()
  let bound = 0
  for (const connection of connections) {
    const option = byConnection.get(connection) ?? forAll
    const target =
      option === undefined ? (named.target(connection) ?? fromEnvironment(connection, sources.environment, issues)) : resolved.get(option)
    if (target !== undefined) bound++
    targets.set(connection, target ?? { type: 'sample' })
  }
  return { targets, unbound: connections.length > 0 && bound === 0, issues }
}

function resolve(option: string, named: ConnectionsFile, issues: Issue[]): Target | LocalTarget | undefined {
  if (option === 'sample' || option === 'local') return { type: option }
  if (named.names.includes(option)) return named.target(option)
  const target = parseAddress(option)
  if (target !== undefined) return target
  const known =
    named.names.length === 0 ? '; there is no connections.json beside the document' : `; connections.json has ${named.names.join(', ')}`
  issues.push(problem('UNKNOWN_TARGET', `--target ${option} is neither sample, local, HOST:PORT nor the name of a connection${known}.`))
  return undefined
}

function parseAddress(text: string): Target | undefined {
  const config = kafkaConnection.parseTarget?.(text)
  return config === undefined ? undefined : { type: 'kafka', name: text, config }
}

function fromEnvironment(connection: string, environment: TargetSources['environment'], issues: Issue[]): Target | LocalTarget | undefined {
  const name = `MILLRACE_CONNECTION_${connection.toUpperCase().replaceAll('-', '_')}`
  const value = environment[name]
  if (value === undefined || value === '') return undefined
  const target = value === 'sample' || value === 'local' ? ({ type: value } as const) : parseAddress(value)
  if (target === undefined)
    issues.push(problem('UNKNOWN_TARGET', `The environment variable ${name} is neither sample, local nor HOST:PORT.`))
  return target
}

function problem(code: string, message: string): Issue {
  return { code, severity: 'error', path: '', message }
}

function itHas(names: readonly string[]): string {
  return names.length === 0 ? '' : `; it has ${names.join(', ')}`
}
