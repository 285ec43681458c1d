import type { RunStore } from '../state/run-store.ts'

export interface Pulling {
  /** Pulls now and whenever the shown run says something new, until the returned function is called. */
  start(): () => void
  /** Once more than that. */
  now(): void
}

/**
 * Calls `pull` four times a second while the run goes on and once after; never twice at once, so a slow runtime is not flooded. `pull`
 * answers whether there is more to be had at once.
 */
export function pullWhileRunning(runs: RunStore, pull: () => Promise<boolean>): Pulling {
  let started = false
  let busy = false
  let again = false
  const work = async (): Promise<void> => {
    again = true
    if (busy) return
    busy = true
    try {
      do {
        again = false
        const more = await pull()
        again ||= more
      } while (again && started)
    } finally {
      busy = false
    }
  }
  const now = (): void => void work()
  return {
    start() {
      started = true
      const stop = runs.onFigures(now)
      now()
      return () => {
        started = false
        stop()
      }
    },
    now,
  }
}
