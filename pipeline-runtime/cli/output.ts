import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { Logger } from 'pino'

/** Where a command prints: results to stdout, everything about the work to stderr. */
export interface Output {
  /** Result text; waits where the reader of stdout is slower. */
  result(text: string): Promise<void>
  /** A line for the person at the screen. */
  say(line: string): void
  /** Where it is there, what is said goes into this log instead of stderr. */
  readonly log?: Logger
  readonly errors: Writable & { readonly isTTY?: boolean }
  readonly columns: number
}

export function processOutput(): Output {
  // A reader that went away (`| head`) ends the program as it ends every other one.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return {
    async result(text) {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain')
    },
    say(line) {
      process.stderr.write(`${line}\n`)
    },
    errors: process.stderr,
    columns: process.stdout.columns ?? 120,
  }
}
