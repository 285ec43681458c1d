import { ExitCode } from './command.ts'
import type { Output } from './output.ts'

/** How long a run that has not begun may take to let go. */
const START_PATIENCE_MS = 500

/** Ctrl+C and SIGTERM, from the time when they are listened to until `close`. */
export interface Interruption {
  /** The first one, whatever it came into. */
  readonly asked: AbortSignal
  /** It came before the run was over: the batch at hand is finished, and the state saved. */
  readonly stop: AbortSignal
  /** It came before anything was read: nothing is worth waiting for. */
  readonly letGo: AbortSignal
  /** From now on there is something to save. */
  begun(): void
  over(): void
  close(): void
}

export function interruptionOfRun(output: Output): Interruption {
  const [asked, stop, letGo] = [new AbortController(), new AbortController(), new AbortController()]
  let hasBegun = false
  let isOver = false
  const onSignal = () => {
    asked.abort()
    if (isOver) return
    if (stop.signal.aborted) {
      output.say('Stopped at once: what was done since the last save is done again by the next run.')
      process.exit(ExitCode.INTERRUPTED)
    }
    stop.abort()
    if (hasBegun) return output.say('Stopping: finishing the batch at hand and saving. Once more stops at once.')
    output.say('Stopping. Nothing was read yet.')
    letGo.abort()
    // A cluster that does not answer keeps what was asked of it waiting.
    setTimeout(() => process.exit(ExitCode.INTERRUPTED), START_PATIENCE_MS).unref()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    asked: asked.signal,
    stop: stop.signal,
    letGo: letGo.signal,
    begun: () => {
      hasBegun = true
    },
    over: () => {
      isOver = true
    },
    close() {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}
