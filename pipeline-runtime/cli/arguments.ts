import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './command.ts'
import { LOG_LEVELS, type LogLevel } from './logging.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>>

/** Node's own parser; what it refuses is wrong usage. */
export function parseArguments<O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\. To specify.*$/s, '.'))
  }
}

export function oneFile(positionals: readonly string[], what = 'FILE'): string {
  const [file, ...others] = positionals
  if (file === undefined) throw new UsageError(`${what} is missing.`)
  if (others.length > 0) throw new UsageError(`One ${what} at a time; ${others.join(' ')} is too much.`)
  return file
}

export function someFiles(positionals: readonly string[]): readonly string[] {
  if (positionals.length === 0) throw new UsageError('FILE is missing.')
  return positionals
}

export function logLevel(text: string | undefined, usual: LogLevel = 'warn'): LogLevel {
  const level = LOG_LEVELS.find((candidate) => candidate === (text ?? usual))
  if (level === undefined) throw new UsageError(`--log-level ${text} is not one of ${LOG_LEVELS.join(', ')}.`)
  return level
}

/** Options of commands that work for a while. */
export const LOG_OPTIONS = { 'log-level': { type: 'string' }, 'log-format': { type: 'string' }, 'log-json': { type: 'boolean' } } as const

export const LOG_DETAILS = `  --log-level ${LOG_LEVELS.join('|')}   default: warn, with --log-format json info
  --log-format text | json             json: everything on stderr is one JSON object a line; --log-json is the same`

interface LogValues {
  readonly 'log-level'?: string | undefined
  readonly 'log-format'?: string | undefined
  readonly 'log-json'?: boolean | undefined
}

/** Text is for a person who looks on, JSON for a collector that keeps it: the latter gets more. */
export function logOptions(values: LogValues): { readonly level: LogLevel; readonly json: boolean } {
  const format = values['log-format'] ?? (values['log-json'] === true ? 'json' : 'text')
  if (format !== 'json' && format !== 'text') throw new UsageError(`--log-format ${format} is neither json nor text.`)
  if (format === 'text' && values['log-json'] === true) throw new UsageError('--log-json and --log-format text exclude each other.')
  return { level: logLevel(values['log-level'], format === 'json' ? 'info' : 'warn'), json: format === 'json' }
}

/** Undefined where none was given. */
export function portNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new UsageError(`${option} ${text} is not a port: a whole number from 1 to 65535, or 0 for any free one.`)
  return port
}
