import type { Operations } from '../operations/operations.ts'
import type { RunLog } from '../runner/run-options.ts'
import type { LogLines } from './log-lines.ts'

/** A log that makes logs of its own for runs; pino's loggers fit. */
export interface ParentLog {
  child(fields: object): RunLog & { error(details: object, message: string): void }
}

/** Where runs are told of to those who operate the process. */
export interface RunWatch {
  readonly operations?: Operations | undefined
  readonly runLog?: ParentLog | undefined
}

/** What a run says goes to its page, and to the log of the process where there is one. */
export function runLogs(lines: LogLines, parent: ParentLog | undefined, fields: { readonly run: string; readonly pipeline: string }) {
  const log = parent?.child(fields)
  const both = (level: 'info' | 'warn' | 'error') => (details: object, message: string) => {
    lines[level](details, message)
    log?.[level](asLogged(details), message)
  }
  return {
    info: both('info'),
    warn: both('warn'),
    error: both('error'),
    // Pages show what matters to their users.
    debug: (details: object, message: string) => log?.debug?.(details, message),
  }
}

/** A step of the page is a node of the log. */
function asLogged(details: object): object {
  const { nodeId, ...rest } = details as { readonly nodeId?: unknown } // Of log lines only the names are known.
  return nodeId === undefined ? rest : { node: nodeId, ...rest }
}
