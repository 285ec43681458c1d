import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { connectionKinds } from '../connectors/connections.ts'
import { kafkaConnection } from '../connectors/kafka/connection.ts'
import type { Issue } from '../spec/issue.ts'

/** What a connection name means in one run. */
export type Target =
  | { readonly type: 'sample' }
  | { readonly type: 'kafka'; readonly name: string; readonly config: z.output<typeof kafkaConnection.config> }

/** The user's own Kafka on this machine: where it is becomes known when it runs. */
export interface LocalTarget {
  readonly type: 'local'
}

/** On the screen, in the log, and as the name of its connection. */
export const LOCAL_KAFKA_NAME = 'Local Kafka'

/** The local Kafka as a cluster like any other, as soon as it runs. */
export function localKafkaAt(bootstrap: string): Target {
  return { type: 'kafka', name: LOCAL_KAFKA_NAME, config: { bootstrap } }
}

export interface TargetSources {
  /** Values of `--target`, in order: `sample`, `local`, `HOST:PORT`, `NAME`, or `CONNECTION=` with one of these behind it. */
  readonly targetOptions: readonly string[]
  /** The folder that may hold `connections.json`. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface BoundTargets {
  readonly targets: ReadonlyMap<string, Target | LocalTarget>
  /** True where nothing binds any of the connections, so that the run is on sample data for want of something else. */
  readonly unbound: boolean
  readonly issues: readonly Issue[]
}

const connectionsFile = z.record(z.string(), z.looseObject({ kind: z.string() }))

/**
 * Binds connection names: `--target` first, then `connections.json` beside the document, then the environment
 * (`MILLRACE_CONNECTION_SHOP=HOST:PORT`); what none of them binds is on sample data.
 */
export function bindTargets(connections: readonly string[], sources: TargetSources): BoundTargets {
  const issues: Issue[] = []
  const named = readConnectionsFile(path.join(sources.folder, 'connections.json'), sources.environment, issues)
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
        issues.push(
          problem('UNKNOWN_CONNECTION', `--target ${option}: the document has no connection ${connection}${listed(connections)}.`),
        )
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
      option === undefined ? (named.get(connection) ?? fromEnvironment(connection, sources.environment, issues)) : resolved.get(option)
    if (target !== undefined) bound++
    targets.set(connection, target ?? { type: 'sample' })
  }
  return { targets, unbound: connections.length > 0 && bound === 0, issues }
}

function resolve(option: string, named: ReadonlyMap<string, Target | LocalTarget>, issues: Issue[]): Target | LocalTarget | undefined {
  if (option === 'sample' || option === 'local') return { type: option }
  const target = named.get(option) ?? parseAddress(option)
  if (target !== undefined) return target
  const known =
    named.size === 0 ? '; there is no connections.json beside the document' : `; connections.json has ${[...named.keys()].join(', ')}`
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

function readConnectionsFile(file: string, environment: TargetSources['environment'], issues: Issue[]): Map<string, Target | LocalTarget> {
  const named = new Map<string, Target | LocalTarget>()
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      issues.push(problem('CONNECTIONS_UNREADABLE', `connections.json cannot be read: ${(error as NodeJS.ErrnoException).code}.`))
    }
    return named
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    issues.push(
      problem('CONNECTIONS_INVALID', 'connections.json is not JSON; it holds { "NAME": { "kind": "kafka", "bootstrap": "HOST:PORT" } }.'),
    )
    return named
  }
  const parsed = connectionsFile.safeParse(json)
  if (!parsed.success) {
    issues.push(
      problem(
        'CONNECTIONS_INVALID',
        'connections.json holds { "NAME": { "kind": "kafka", "bootstrap": "HOST:PORT" } }, one entry a connection.',
      ),
    )
    return named
  }
  for (const [name, { kind, ...rest }] of Object.entries(parsed.data)) {
    if (kind === 'sample' || kind === 'local') {
      named.set(name, { type: kind })
      continue
    }
    if (kind !== kafkaConnection.kind) {
      issues.push(
        problem(
          'CONNECTIONS_INVALID',
          `connections.json: ${name} has the kind ${kind}; there is ${connectionKinds.map((k) => k.kind).join(', ')}.`,
        ),
      )
      continue
    }
    const config = kafkaConnection.config.safeParse(substituteEnvironment(rest, environment, name, issues))
    if (config.success) named.set(name, { type: 'kafka', name, config: config.data })
    else {
      const first = config.error.issues[0]
      issues.push(problem('CONNECTIONS_INVALID', `connections.json: ${name}: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}.`))
    }
  }
  return named
}

/** `${env:NAME}` stands for an environment variable, so that no file holds a secret. */
function substituteEnvironment(
  config: Readonly<Record<string, unknown>>,
  environment: TargetSources['environment'],
  connection: string,
  issues: Issue[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([field, value]) => {
      if (typeof value !== 'string') return [field, value]
      const replaced = value.replaceAll(/\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, variable: string) => {
        const found = environment[variable]
        if (found === undefined)
          issues.push(
            problem(
              'MISSING_VARIABLE',
              `connections.json: ${connection}.${field} asks for the environment variable ${variable}, which is not set.`,
            ),
          )
        return found ?? ''
      })
      return [field, replaced]
    }),
  )
}

function problem(code: string, message: string): Issue {
  return { code, severity: 'error', path: '', message }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? '' : `; it has ${names.join(', ')}`
}
