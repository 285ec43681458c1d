import { createStore } from 'zustand/vanilla'
import type { LogLine } from '../../pipeline-runtime/rpc/run-state.ts'
import type { RuntimeLink } from '../host/host.ts'
import { pullWhileRunning } from '../run/pull-while-running.ts'
import type { RunStore } from '../state/run-store.ts'

export interface ShownLog {
  readonly runId: string | undefined
  /** Oldest first, the newest that the page holds. */
  readonly lines: readonly LogLine[]
  /** Lines before these, which nobody holds any more. */
  readonly gone: number
}

export interface LogFeed {
  /** Pulls until the returned function is called. */
  start(): () => void
  subscribe(listener: () => void): () => void
  current(): ShownLog
}

const PAGE = 1000
const MOST_LINES = 5000
const nothing: ShownLog = { runId: undefined, lines: [], gone: 0 }

/** Pulls the log of the shown run, a page after the other until it has all, whenever the run says something new. */
export function createLogFeed(runs: RunStore, runtime: RuntimeLink): LogFeed {
  const shown = createStore<ShownLog>(() => nothing)
  const publish = (log: ShownLog): void => shown.setState(log, true)
  const pull = async (): Promise<boolean> => {
    const runId = runs.getState().run?.runId
    if (runId !== shown.getState().runId) publish({ ...nothing, runId })
    if (runId === undefined) return false
    try {
      const held = shown.getState().lines
      const fromSeq = (held.at(-1)?.seq ?? -1) + 1
      const page = await runtime.client?.runs.logs({ runId, fromSeq, limit: PAGE })
      const last = page?.lines.at(-1)
      if (page === undefined || last === undefined || runs.getState().run?.runId !== runId) return false
      const lines = [...held, ...page.lines].slice(-MOST_LINES)
      publish({ runId, lines, gone: lines[0]?.seq ?? 0 })
      return last.seq + 1 < page.total
    } catch {
      // Where the runtime is gone the run bar says so, and what is shown stays.
      return false
    }
  }
  const { start } = pullWhileRunning(runs, pull)
  return { start, subscribe: shown.subscribe, current: shown.getState }
}
