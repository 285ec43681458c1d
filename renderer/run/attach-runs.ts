import { isOver, type RunUpdate } from '../../pipeline-runtime/rpc/run-state.ts'
import type { Studio } from '../app/studio.ts'
import { armedAtFirst, type ShownRun } from '../state/run-store.ts'
import { loseRun, stopWatching, watchRun } from './run-watch.ts'

/**
 * Keeps the shown run that of the open document: found again after a reload of the page, after another document was looked at, and after a
 * connection broke; marked as lost where the runtime died. Returns the way to end that.
 */
export function attachRuns(studio: Studio): () => void {
  const { documents, host } = studio
  /** The last run of each document that this page has shown: the runtime keeps the figures, not the drawing. */
  const known = new Map<string, ShownRun>()
  const forgetOthers = studio.runs.subscribe(({ run }) => {
    if (run !== undefined) known.set(run.documentId, run)
  })
  const attach = (): void => void attachRun(studio, known)
  const leaveDocuments = documents.subscribe((state, before) => {
    if (state.documentId === before.documentId) return
    // What was chosen and refused was for the document before. The target stays: it is where the user works.
    const { target } = studio.runs.getState().settings
    studio.runs.configure({ start: undefined, stop: undefined, armed: armedAtFirst(target) })
    studio.runs.refuse(undefined)
    attach()
  })
  const leaveRuntime = host.runtime.onChange((change) => {
    if (change.type === 'ready') {
      if (studio.runs.getState().engineLost !== undefined) studio.announcer.alarm('The engine is back.')
      studio.runs.setState({ engineLost: undefined })
      attach()
    } else {
      stopWatching(studio)
      studio.runs.setState({ engineLost: change.reason })
      if (!loseRun(studio, change.reason)) studio.announcer.alarm(`${change.reason} It is being started again.`)
    }
  })
  if (host.runtime.client !== undefined) attach()
  return () => {
    forgetOthers()
    leaveDocuments()
    leaveRuntime()
    stopWatching(studio)
  }
}

async function attachRun(studio: Studio, known: ReadonlyMap<string, ShownRun>): Promise<void> {
  const { documents, runs, host } = studio
  const { client } = host.runtime
  const { documentId } = documents.getState()
  const shown = runs.getState().run
  if (shown !== undefined && shown.documentId !== documentId) {
    stopWatching(studio)
    runs.show(undefined)
  }
  if (client === undefined) return
  const before = runs.getState().run?.runId
  const isCurrent = (): boolean => {
    const { run, starting } = runs.getState()
    return documents.getState().documentId === documentId && !starting && run?.runId === before
  }
  const found = await client.runs.list().then(
    (list) => newestOf(list.filter((update) => update.documentId === documentId)),
    () => undefined,
  )
  if (found === undefined || !isCurrent()) return
  const last = known.get(documentId)
  const run = last?.runId === found.runId ? last : await rebuilt(studio, found)
  // Another document may be open by now, or another run be shown.
  if (!isCurrent()) return
  if (before !== found.runId) runs.show({ ...run, update: undefined, previous: undefined })
  runs.take(found)
  if (!isOver(found.state)) await watchRun(studio, client, found.runId)
}

function newestOf(updates: readonly RunUpdate[]): RunUpdate | undefined {
  return updates.find(({ state }) => !isOver(state)) ?? updates.at(-1)
}

/** Of a run that this page did not start. */
async function rebuilt(studio: Studio, { runId, documentId, target, armed, state }: RunUpdate): Promise<ShownRun> {
  const { spec, document } = await studio.compiled.settled()
  return { runId, documentId, document, spec, target, armed, state, update: undefined, previous: undefined }
}
