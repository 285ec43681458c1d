import { type Logger, pino } from 'pino'
import type { Output } from './output.ts'

export type { Logger }

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Logs go to stderr: one JSON object a line with `--log-format json`, else a line for people. */
export function createLogger(output: Output, options: { readonly level: LogLevel; readonly json: boolean }): Logger {
  const write = options.json ? (line: string) => output.errors.write(line) : (line: string) => output.errors.write(readable(line))
  return pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    { write },
  )
}

/** With JSON lines everything that is said is a line of the log, so that a collector can read all of stderr. */
export function loggedOutput(output: Output, log: Logger): Output {
  return { ...output, log, say: (line) => log.info(line) }
}

function readable(line: string): string {
  const { level, time, msg, ...rest } = JSON.parse(line) as Record<string, unknown>
  const details = Object.entries(rest).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${[msg, ...details].join(' ')}\n`
}
