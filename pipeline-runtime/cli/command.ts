import type { Output } from './output.ts'

/** One command of `millrace`, one file each; `commands.ts` lists them. */
export interface Command {
  readonly name: string
  /** What stands behind the name: `FILE|SPEC [--until-end]`. */
  readonly usage: string
  readonly summary: string
  /** More lines for `millrace NAME --help`. */
  readonly details?: string
  run(args: readonly string[], output: Output): Promise<ExitCode>
}

export const ExitCode = { DONE: 0, INVALID: 1, FAILED: 2, USAGE: 64, INTERRUPTED: 130 } as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

/** Wrong usage: printed with the command's usage, exit code 64. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
