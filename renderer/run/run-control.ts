import type { StartRun } from '../../pipeline-runtime/rpc/runtime-api.ts'
import { hasErrors } from '../../pipeline-runtime/spec/issue.ts'
import type { Spec, StartPosition } from '../../pipeline-runtime/spec/spec.ts'
import type { Studio } from '../app/studio.ts'
import { dataFolder } from '../files/data-folder.ts'
import type { RuntimeClient } from '../host/host.ts'
import { isUnderWay } from '../state/run-store.ts'
import { offerToAllow } from './file-permission.ts'
import { refusalOf } from './refusal.ts'
import { watchRun } from './run-watch.ts'
import { isStale } from './stale.ts'
import { waitForEngine } from './wait-for-engine.ts'

/**
 * Run: starts what is drawn, or says what stands in the way. An older run of the document that differs from the drawing is stopped first.
 * `startOver`: from the beginning of what there is, also where saved state could be continued.
 */
export async function startRun(studio: Studio, options: { readonly startOver?: boolean } = {}): Promise<void> {
  const { runs, compiled, documents, announcer } = studio
  const { run, starting } = runs.getState()
  if (starting) return
  if (isUnderWay(run)) {
    if (isStale(run, documents.getState().document, compiled.getState())) return restartRun(studio)
    announcer.say('It runs already.', 'run')
    return
  }
  runs.refuse(undefined)
  runs.setStarting(true)
  try {
    const { spec, issues, document } = await compiled.settled()
    if (spec === undefined || hasErrors(issues)) {
      showProblems(studio, issues.filter(({ severity }) => severity === 'error').length)
      return
    }
    const client = await waitForEngine(studio.host.runtime)
    if (client === undefined) {
      const reason = studio.host.runtime.lostReason
      refuse(studio, { code: 'NO_ENGINE', message: reason ?? 'The engine is not there yet. It is being started; try again in a moment.' })
      return
    }
    const runId = await begin(studio, client, spec, options.startOver === true ? { type: 'earliest' } : runs.getState().settings.start)
    if (runId === undefined) return
    const { settings } = runs.getState()
    runs.show({
      runId,
      documentId: documents.getState().documentId,
      document,
      spec,
      target: settings.target,
      armed: settings.armed,
      state: { type: 'starting', step: 'starting' },
      update: undefined,
      previous: undefined,
    })
    void watchRun(studio, client, runId)
  } finally {
    runs.setStarting(false)
  }
}

/** Asks the run to stop after the batch at hand. */
export async function stopRun(studio: Studio): Promise<void> {
  const { runs, host } = studio
  const { run } = runs.getState()
  if (run === undefined || !isUnderWay(run) || host.runtime.client === undefined) return
  try {
    await host.runtime.client.runs.stop({ runId: run.runId })
  } catch (error) {
    refuse(studio, refusalOf(error))
  }
}

/** Stops what runs and starts what is drawn by now. */
export async function restartRun(studio: Studio): Promise<void> {
  const { runs, compiled } = studio
  const { spec, issues } = await compiled.settled()
  if (spec === undefined) {
    showProblems(studio, issues.filter(({ severity }) => severity === 'error').length)
    return
  }
  await stopRun(studio)
  await new Promise<void>((resolve) => {
    if (!isUnderWay(runs.getState().run)) resolve()
    else {
      const unsubscribe = runs.subscribe(({ run }) => {
        if (isUnderWay(run)) return
        unsubscribe()
        resolve()
      })
    }
  })
  await startRun(studio)
}

/** The id of the run; undefined where it was refused, which is then shown. */
async function begin(studio: Studio, client: RuntimeClient, spec: Spec, start: StartPosition | undefined): Promise<string | undefined> {
  const { documents, runs } = studio
  const { documentId } = documents.getState()
  const { target, armed, stop } = runs.getState().settings
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
      if (await offerToAllow(studio, refusal, spec)) continue
      refuse(studio, refusal)
      return undefined
    }
  }
}

function refuse({ runs, announcer }: Studio, refusal: ReturnType<typeof refusalOf>): void {
  runs.refuse(refusal)
  announcer.alarm(`Not started. ${refusal.message}`)
}

function showProblems({ view, announcer, focus }: Studio, errors: number): void {
  view.setState({ dockOpen: true, dockTab: 'problems' })
  announcer.say(errors === 1 ? 'Not started: 1 problem.' : `Not started: ${errors} problems.`, 'run')
  // The panel has to be on screen before it can take the focus.
  setTimeout(() => focus.go('dock'))
}
