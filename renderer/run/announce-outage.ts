import type { Studio } from '../app/studio.ts'

/** Tells when the cluster of the shown run stops to answer, and when it is back. Returns the way to end that. */
export function announceOutage({ runs, announcer }: Studio): () => void {
  return runs.subscribe(({ run }, { run: earlier }) => {
    const [now, before] = [run?.update?.outage, earlier?.update?.outage]
    if (run === undefined || run.runId !== earlier?.runId || (now === undefined) === (before === undefined)) return
    if (now !== undefined) announcer.alarm(`The connection to ${now.bootstrap} is lost. The run waits for it.`)
    else if (before !== undefined && run.state.type === 'running') announcer.alarm(`The connection to ${before.bootstrap} is back.`)
  })
}
