import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { connectionKinds } from '../connectors/connections.ts'
import { type KafkaConfig, kafkaConnection } from '../connectors/kafka/connection.ts'
import { type KafkaSignIn, type ResolvedSignIn, resolveSignIn } from '../connectors/kafka/sign-in.ts'
import type { Issue } from '../spec/issue.ts'

const entries = z.record(z.string(), z.looseObject({ kind: z.string() }))
type Entry = z.output<typeof entries>[string]

type Environment = Readonly<Record<string, string | undefined>>

export interface KafkaTarget {
  readonly type: 'kafka'
  readonly name: string
  /** Secrets are references. */
  readonly config: KafkaConfig
  /** Secrets in hand; absent: without TLS and without sign-in. */
  readonly signIn?: KafkaSignIn
}

type NamedTarget = { readonly type: 'sample' | 'local' } | KafkaTarget

/** A `connections.json` as the command line reads it. Only the entries that are asked for have to be right. */
export interface ConnectionsFile {
  readonly names: readonly string[]
  /** Undefined where there is none of this name, or where it cannot be used, which is an issue. */
  target(name: string): NamedTarget | undefined
}

export interface FileSources {
  readonly environment: Environment
  /** Whether it was asked for by name, so that it has to be there. */
  readonly required: boolean
}

export function readConnectionsFile(file: string, { environment, required }: FileSources, issues: Issue[]): ConnectionsFile {
  const found = readEntries(file, required, issues)
  const known = new Map<string, NamedTarget | undefined>()
  return {
    names: Object.keys(found),
    target(name) {
      const entry = Object.hasOwn(found, name) ? found[name] : undefined
      if (entry !== undefined && !known.has(name)) known.set(name, targetOf(name, entry, file, environment, issues))
      return known.get(name)
    },
  }
}

function readEntries(file: string, required: boolean, issues: Issue[]): Readonly<Record<string, Entry>> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // fs throws nothing else
    if (code !== 'ENOENT' || required)
      issues.push(problem('CONNECTIONS_UNREADABLE', `${required ? file : nameOf(file)} cannot be read: ${code}.`))
    return {}
  }
  try {
    return entries.parse(JSON.parse(text))
  } catch (error) {
    const isJson = !(error instanceof SyntaxError)
    const wanted = '{ "NAME": { "kind": "kafka", "bootstrap": "HOST:PORT" } }'
    issues.push(
      problem(
        'CONNECTIONS_INVALID',
        isJson ? `${nameOf(file)} holds ${wanted}, one entry a connection.` : `${nameOf(file)} is not JSON; it holds ${wanted}.`,
      ),
    )
    return {}
  }
}

function targetOf(
  name: string,
  { kind, ...rest }: Entry,
  file: string,
  environment: Environment,
  issues: Issue[],
): NamedTarget | undefined {
  if (kind === 'sample' || kind === 'local') return { type: kind }
  if (kind !== kafkaConnection.kind) {
    const kinds = connectionKinds.map((known) => known.kind).join(', ')
    issues.push(problem('CONNECTIONS_INVALID', `${nameOf(file)}: ${name} has the kind ${kind}; there is ${kinds}.`))
    return undefined
  }
  const { config: substituted, missing } = withVariables(rest, environment)
  for (const { field, variable } of missing)
    issues.push(
      problem('MISSING_VARIABLE', `${nameOf(file)}: ${name}.${field} asks for the environment variable ${variable}, which is not set.`),
    )
  if (missing.length > 0) return undefined
  const config = kafkaConnection.config.safeParse(substituted)
  if (!config.success) {
    for (const { path: where, message } of config.error.issues)
      issues.push(problem('CONNECTIONS_INVALID', `${nameOf(file)}: ${name}: ${where.join('.')}: ${message}`))
    return undefined
  }
  const { signIn, problems } = signInOf(config.data, path.dirname(file), environment)
  for (const { code, message } of problems) issues.push(problem(code, `${nameOf(file)}: ${name}: ${message}`))
  return problems.length > 0 ? undefined : { type: 'kafka', name, config: config.data, ...withSignIn(signIn) }
}

/** Secrets from the environment, certificates and keys from files beside `folder`. */
function signInOf(config: KafkaConfig, folder: string, environment: Environment): ResolvedSignIn {
  return resolveSignIn(config, { environment, readFile: (name) => readFileSync(path.resolve(folder, name)) })
}

/** A target without sign-in has no such field. */
export function withSignIn(signIn: ResolvedSignIn['signIn']): Pick<KafkaTarget, 'signIn'> {
  return Object.keys(signIn).length === 0 ? {} : { signIn }
}

/** `${env:NAME}` stands for an environment variable in any field; secrets stay references, so that nothing that is printed holds one. */
export function withVariables(
  config: Readonly<Record<string, unknown>>,
  environment: Environment,
): {
  readonly config: Readonly<Record<string, unknown>>
  readonly missing: readonly { readonly field: string; readonly variable: string }[]
} {
  const missing: { field: string; variable: string }[] = []
  const replaced = Object.entries(config).map(([field, value]) => {
    if (typeof value !== 'string' || kafkaConnection.secretFields.includes(field)) return [field, value] as const
    const text = value.replaceAll(/\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, variable: string) => {
      const found = environment[variable]
      if (found === undefined) missing.push({ field, variable })
      return found ?? whole
    })
    return [field, text] as const
  })
  return { config: Object.fromEntries(replaced), missing }
}

function nameOf(file: string): string {
  return path.basename(file)
}

function problem(code: string, message: string): Issue {
  return { code, severity: 'error', path: '', message }
}
