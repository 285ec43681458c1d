import { createStore } from 'zustand/vanilla'
import type { RowPage } from '../../pipeline-runtime/rpc/cells.ts'
import type { RowTab } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { RuntimeLink } from '../host/host.ts'
import { refusalOf } from '../host/refusal.ts'
import { pullWhileRunning } from '../run/pull-while-running.ts'
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

/** Rows of one request after the first, which brings all that may be held: a second of a fast stream is no burden. */
const PAGE = 1000
const nothing: ShownRows = { ...emptyRows, runId: undefined, loaded: false }

/** Pulls the rows of a tab while the run goes on. */
export function createRowFeed(runs: RunStore, runtime: RuntimeLink, request: RowsRequest): RowFeed {
  const shown = createStore<ShownRows>(() => nothing)
  const publish = (rows: ShownRows): void => shown.setState(rows, true)
  let following = true
  /** The stream is faster than pages: ask for the newest instead of for what comes next. */
  let overrun = false
  const ask = async (runId: string, frozen: boolean): Promise<RowPage | undefined> => {
    const held = shown.getState()
    const fromSeq = overrun || frozen ? undefined : nextSeq(held)
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
  const pull = async (): Promise<boolean> => {
    const runId = runs.getState().run?.runId
    if (runId === undefined) {
      if (shown.getState().runId !== undefined) publish(nothing)
      return false
    }
    if (shown.getState().runId !== runId) {
      overrun = false
      publish({ ...nothing, runId })
    }
    try {
      const frozen = !following && shown.getState().loaded
      const page = await ask(runId, frozen)
      return page !== undefined && runs.getState().run?.runId === runId && take(page, frozen)
    } catch (error) {
      // Where the runtime is gone the run bar says so, and what is shown stays.
      const isFirst = !shown.getState().loaded && runtime.client !== undefined
      if (isFirst) publish({ ...nothing, runId, loaded: true, refusal: refusalOf(error).message })
      return false
    }
  }
  /** Whether the page did not reach the newest row: it was full, or its rows are long. */
  const take = (page: RowPage, frozen: boolean): boolean => {
    const held = shown.getState()
    // Also a page that was asked for before it was followed again: its one row would leave a gap.
    if (frozen || (!following && held.loaded)) {
      publish({ ...held, total: page.total })
      return false
    }
    const next = nextSeq(held)
    const last = page.rows.at(-1)
    overrun = next !== undefined && page.total - next > PAGE
    publish({ ...withPage(held, page, request.limit), runId: held.runId, loaded: true })
    return last !== undefined && last.seq + 1 < page.total
  }
  const { start, now } = pullWhileRunning(runs, pull)
  return {
    start,
    subscribe: shown.subscribe,
    current: shown.getState,
    follow(on) {
      if (following === on) return
      following = on
      if (on) now()
    },
  }
}
