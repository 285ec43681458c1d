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

export function logLevel(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((candidate) => candidate === (text ?? 'warn'))
  if (level === undefined) throw new UsageError(`--log-level ${text} is not one of ${LOG_LEVELS.join(', ')}.`)
  return level
}
