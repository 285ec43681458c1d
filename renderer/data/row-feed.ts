import type { RowPage } from '../../pipeline-runtime/rpc/cells.ts'
import type { RowTab } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { RuntimeLink } from '../host/host.ts'
import { refusalOf } from '../run/refusal.ts'
import type { RunStore } from '../state/run-store.ts'
import { emptyRows, nextSeq, type RowBuffer, withPage } from './row-buffer.ts'

export interface RowsRequest {
  readonly nodeId: string
  readonly tab: RowTab
  /** Out port, where the step has several. */
  readonly port?: string | undefined
  /** Most rows to hold, up to 5,000. */
  readonly limit: number
}

export interface ShownRows extends RowBuffer {
  /** The run that they are of; undefined before the first run. */
  readonly runId: string | undefined
  /** False until the runtime has answered. */
  readonly loaded: boolean
  /** Why there are none: the step came after the run began, or the run is forgotten. */
  readonly refusal?: string
}

export interface RowFeed {
  /** Pulls until the returned function is called. */
  start(): () => void
  subscribe(listener: () => void): () => void
  current(): ShownRows
  /** Off: what is shown stays, and only the total goes on. */
  follow(following: boolean): void
}

/** Rows of one request: so many that the first answer is quick, and that a second of a fast stream is no burden. */
const PAGE = 1000
const nothing: ShownRows = { ...emptyRows, runId: undefined, loaded: false }

/**
 * Pulls the rows of a tab whenever figures of the run come, so four times a second while it runs and once after; never two pulls at once,
 * so a slow runtime is not flooded.
 */
export function createRowFeed(runs: RunStore, runtime: RuntimeLink, request: RowsRequest): RowFeed {
  const listeners = new Set<() => void>()
  let shown = nothing
  let following = true
  let busy = false
  let again = false
  /** The stream is faster than pages: ask for the newest instead of for what comes next. */
  let overrun = false
  const publish = (rows: ShownRows): void => {
    shown = rows
    for (const listener of listeners) listener()
  }
  const ask = async (runId: string): Promise<RowPage | undefined> => {
    const frozen = !following && shown.loaded
    const fromSeq = overrun || frozen ? undefined : nextSeq(shown)
    const limit = frozen ? 1 : Math.min(request.limit, fromSeq === undefined && !overrun ? request.limit : PAGE)
    const { nodeId, tab, port } = request
    return runtime.client?.runs.rows({
      runId,
      nodeId,
      tab,
      limit,
      ...(port === undefined ? {} : { port }),
      ...(fromSeq === undefined ? {} : { fromSeq }),
    })
  }
  const pull = async (): Promise<void> => {
    const runId = runs.getState().run?.runId
    if (runId === undefined) {
      if (shown.runId !== undefined) publish(nothing)
      return
    }
    if (busy) {
      again = true
      return
    }
    busy = true
    if (shown.runId !== runId) {
      overrun = false
      publish({ ...nothing, runId })
    }
    try {
      const page = await ask(runId)
      if (page !== undefined && runs.getState().run?.runId === runId) take(page)
    } catch (error) {
      // Where the runtime is gone the run bar says so, and what is shown stays.
      if (!shown.loaded && runtime.client !== undefined) publish({ ...nothing, runId, loaded: true, refusal: refusalOf(error).message })
    } finally {
      busy = false
    }
    if (again && listeners.size > 0) {
      again = false
      await pull()
    }
  }
  const take = (page: RowPage): void => {
    if (!following && shown.loaded) {
      publish({ ...shown, total: page.total })
      return
    }
    const next = nextSeq(shown)
    const last = page.rows.at(-1)
    overrun = next !== undefined && page.total - next > PAGE
    publish({ ...withPage(shown, page, request.limit), runId: shown.runId, loaded: true })
    // The page did not reach the newest row: it was full, or its rows are long.
    if (last !== undefined && last.seq + 1 < page.total) again = true
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
    follow(on) {
      if (following === on) return
      following = on
      if (on) void pull()
    },
  }
}
