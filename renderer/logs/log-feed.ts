import type { LogLine } from '../../pipeline-runtime/rpc/run-state.ts'
import type { RuntimeLink } from '../host/host.ts'
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
  const listeners = new Set<() => void>()
  let shown = nothing
  let busy = false
  let again = false
  const publish = (log: ShownLog): void => {
    shown = log
    for (const listener of listeners) listener()
  }
  const pull = async (): Promise<void> => {
    const runId = runs.getState().run?.runId
    if (runId !== shown.runId) publish({ ...nothing, runId })
    if (runId === undefined) return
    if (busy) {
      again = true
      return
    }
    busy = true
    try {
      const fromSeq = (shown.lines.at(-1)?.seq ?? -1) + 1
      const page = await runtime.client?.runs.logs({ runId, fromSeq, limit: PAGE })
      if (page !== undefined && shown.runId === runId && page.lines.length > 0) {
        const lines = [...shown.lines, ...page.lines].slice(-MOST_LINES)
        publish({ runId, lines, gone: lines[0]?.seq ?? 0 })
        again ||= (page.lines.at(-1)?.seq ?? 0) + 1 < page.total
      }
    } catch {
      // Where the runtime is gone the run bar says so, and what is shown stays.
    } finally {
      busy = false
    }
    if (again && listeners.size > 0) {
      again = false
      await pull()
    }
  }
  return {
    start() {
      const stop = runs.onFigures(() => void pull())
      void pull()
      return stop
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    current: () => shown,
  }
}
