import type { StartRun } from '../../pipeline-runtime/rpc/runtime-api.ts'
import { hasErrors } from '../../pipeline-runtime/spec/issue.ts'
import type { Spec, StartPosition } from '../../pipeline-runtime/spec/spec.ts'
import type { Studio } from '../app/studio.ts'
import { dataFolder } from '../files/data-folder.ts'
import type { RuntimeClient } from '../host/host.ts'
import { refusalOf } from '../host/refusal.ts'
import { isUnderWay, type RunSettings } from '../state/run-store.ts'
import { offerToAllow } from './file-permission.ts'
import { watchRun } from './run-watch.ts'
import { isStale } from './stale.ts'
import { waitForEngine } from './wait-for-engine.ts'
import { writesTopics } from './writes-topics.ts'

/**
 * Run: starts what is drawn, or says what stands in the way. An older run of the document that differs from the drawing is stopped first.
 * `startOver`: from the beginning of what there is, also where saved state could be continued.
 */
export async function startRun(studio: Studio, options: { readonly startOver?: boolean } = {}): Promise<void> {
  const { runs, compiled, documents, announcer } = studio
  const { run, starting, settings } = runs.getState()
  if (starting) return
  if (isUnderWay(run)) {
    if (isStale(run, documents.getState().document, compiled.getState())) return restartRun(studio)
    announcer.say('It runs already.', 'run')
    return
  }
  const { documentId } = documents.getState()
  // Whoever opens another document meanwhile does not mean to run that one.
  const isOpen = (): boolean => documents.getState().documentId === documentId
  const goesOn = (): boolean => isOpen() && !runs.getState().stopAsked
  runs.refuse(undefined)
  runs.setStarting(true)
  try {
    const { spec, issues, document } = await compiled.settled()
    if (!goesOn()) return
    if (spec === undefined || hasErrors(issues)) {
      showProblems(studio, issues.filter(({ severity }) => severity === 'error').length)
      return
    }
    const client = await waitForEngine(studio.host.runtime)
    if (!goesOn()) return
    if (client === undefined) {
      const reason = studio.host.runtime.lostReason
      refuse(studio, { code: 'NO_ENGINE', message: reason ?? 'The engine is not there yet. It is being started; try again in a moment.' })
      return
    }
    const start: StartPosition | undefined = options.startOver === true ? { type: 'earliest' } : settings.start
    // With nothing to write a run is a look, also where writing is on.
    const armed = settings.armed && writesTopics(document)
    const runId = await begin(studio, client, { documentId, spec, settings: { ...settings, start, armed } })
    if (runId === undefined) return
    if (!isOpen()) {
      // Another document was opened meanwhile: what runs in the same window ends with its own.
      await client.runs.stop({ runId }).catch(() => undefined)
      return
    }
    runs.show({
      runId,
      documentId,
      document,
      spec,
      target: settings.target,
      armed,
      state: { type: 'starting', step: 'starting' },
      update: undefined,
      previous: undefined,
    })
    void watchRun(studio, client, runId)
    if (runs.getState().stopAsked) await askToStop(studio)
  } finally {
    runs.setStarting(false)
  }
}

/** Asks the run to stop after the batch at hand; one that is just starting does not begin, or ends as soon as it has. */
export async function stopRun(studio: Studio): Promise<void> {
  const restart = restarts.get(studio)
  // It is stopping already: what is called off is the start after it.
  if (restart?.calledOff === false) restart.calledOff = true
  else if (studio.runs.getState().starting) studio.runs.askToStop()
  else await askToStop(studio)
}

/** False: it was refused, which is shown. */
async function askToStop(studio: Studio): Promise<boolean> {
  const { runs, host } = studio
  const { run } = runs.getState()
  if (run === undefined || !isUnderWay(run) || host.runtime.client === undefined) return true
  try {
    await host.runtime.client.runs.stop({ runId: run.runId })
    return true
  } catch (error) {
    refuse(studio, refusalOf(error))
    return false
  }
}

const restarts = new WeakMap<Studio, { calledOff: boolean }>()

/** Stops what runs and starts what is drawn by now, unless Stop is pressed meanwhile. */
export async function restartRun(studio: Studio): Promise<void> {
  if (restarts.has(studio)) return
  const restart = { calledOff: false }
  restarts.set(studio, restart)
  try {
    if (!(await endForRestart(studio)) || restart.calledOff) return
  } finally {
    restarts.delete(studio)
  }
  await startRun(studio)
}

/** Whether the run is over and what is drawn can be started. */
async function endForRestart(studio: Studio): Promise<boolean> {
  const { runs, compiled, documents } = studio
  const { documentId } = documents.getState()
  const { spec, issues } = await compiled.settled()
  if (spec === undefined) {
    showProblems(studio, issues.filter(({ severity }) => severity === 'error').length)
    return false
  }
  // Asked twice, a run lets go of everything at once.
  if (runs.getState().run?.state.type !== 'stopping' && !(await askToStop(studio))) return false
  await runOver(studio)
  return documents.getState().documentId === documentId
}

function runOver({ runs }: Studio): Promise<void> {
  return new Promise((resolve) => {
    if (!isUnderWay(runs.getState().run)) return resolve()
    const unsubscribe = runs.subscribe(({ run }) => {
      if (isUnderWay(run)) return
      unsubscribe()
      resolve()
    })
  })
}

interface Beginning {
  readonly documentId: string
  readonly spec: Spec
  readonly settings: RunSettings
}

/** The id of the run; undefined where it was refused, which is then shown. */
async function begin(studio: Studio, client: RuntimeClient, { documentId, spec, settings }: Beginning): Promise<string | undefined> {
  const { target, armed, start, stop } = settings
  const request: StartRun = {
    spec,
    documentId,
    target,
    armed: armed && target.type !== 'sample',
    folder: dataFolder(studio),
    ...(start === undefined ? {} : { start }),
    ...(stop === undefined ? {} : { stop }),
  }
  for (;;) {
    try {
      return (await client.runs.start(request)).runId
    } catch (error) {
      const refusal = refusalOf(error)
      const isOpen = (): boolean => studio.documents.getState().documentId === documentId
      if ((await offerToAllow(studio, refusal, spec)) && isOpen()) continue
      if (isOpen()) refuse(studio, refusal)
      return undefined
    }
  }
}

function refuse({ runs, announcer }: Studio, refusal: ReturnType<typeof refusalOf>): void {
  runs.refuse(refusal)
  announcer.alarm(`Not started. ${refusal.message}`)
}

function showProblems({ view, announcer, focus }: Studio, errors: number): void {
  view.setState({ dockTab: 'problems' })
  announcer.say(errors === 1 ? 'Not started: 1 problem.' : `Not started: ${errors} problems.`, 'run')
  // The panel has to be on screen before it can take the focus.
  setTimeout(() => focus.go('dock'))
}
