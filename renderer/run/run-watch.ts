import type { RunFailure } from '../../pipeline-runtime/rpc/run-state.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { formatCount } from '../format/figures.ts'
import { formatDuration } from '../format/times.ts'
import type { RuntimeClient } from '../host/host.ts'
import { refusalOf } from '../host/refusal.ts'
import { isUnderWay, type ShownRun } from '../state/run-store.ts'
import { targetName } from './target-name.ts'
import { totalsInWords } from './totals.ts'

const watches = new WeakMap<Studio, AbortController>()

/** Takes in what the runtime says about the run that is shown, until it is over or another one is shown. */
export async function watchRun(studio: Studio, client: RuntimeClient, runId: string): Promise<void> {
  watches.get(studio)?.abort()
  const watch = new AbortController()
  watches.set(studio, watch)
  const isShown = (): boolean => !watch.signal.aborted && studio.runs.getState().run?.runId === runId
  try {
    const updates = await client.runs.watch({ runId }, { signal: watch.signal })
    for await (const update of updates) {
      if (!isShown()) return
      const before = studio.runs.getState().run
      studio.runs.take(update)
      const after = studio.runs.getState().run
      if (before !== undefined && after !== undefined && before.state.type !== after.state.type) announceState(studio, after)
    }
    if (isShown()) loseRun(studio, 'The engine says no more about this run.')
  } catch (error) {
    // Where the runtime itself is gone, `attachRuns` hears of it with the reason.
    if (isShown() && studio.host.runtime.client === client) loseRun(studio, refusalOf(error).message)
  }
}

/** What was under way is no longer heard of; a reason that comes later is the better one. Whether there was a run under way. */
export function loseRun({ runs, announcer }: Studio, reason: string): boolean {
  const { run } = runs.getState()
  const wasUnderWay = isUnderWay(run)
  if (wasUnderWay || run?.state.type === 'lost') runs.become({ type: 'lost', reason })
  if (wasUnderWay) announcer.alarm(`The run is lost. ${reason} Your drawing is untouched.`)
  return wasUnderWay
}

/** Stops listening; the run goes on. */
export function stopWatching(studio: Studio): void {
  watches.get(studio)?.abort()
}

function announceState({ announcer }: Studio, run: ShownRun): void {
  const { state, document } = run
  switch (state.type) {
    case 'starting':
    case 'stopping':
    case 'lost':
      return
    case 'running':
      announcer.say(`Run started on ${targetName(run.target)}.`, 'run')
      return
    case 'ended':
      announcer.say(`Run finished after ${formatDuration(state.durationMs)}: ${totalsInWords(document, run.update)}.`, 'run')
      return
    case 'stopped':
      announcer.say(`Run stopped after ${formatDuration(state.durationMs)}: ${totalsInWords(document, run.update)}.`, 'run')
      return
    case 'failed':
      announcer.alarm(`Run failed. ${failureInWords(state.failure, document)}`)
      return
  }
}

/** Step, row and reason: `Only paid: The row at purchases, partition 0, position 12 …` */
export function failureInWords({ message, nodeId, topic, partition, offset }: RunFailure, document: Document): string {
  const node = document.nodes.find(({ id }) => id === nodeId)
  // Most reasons say themselves which row it was.
  const row = topic === undefined || message.includes(topic) ? [] : [topic, rowInWords(partition, offset)]
  const where = [node === undefined ? nodeId : stepFacts(node).title, ...row].filter((part) => part !== undefined && part !== '')
  return where.length === 0 ? message : `${where.join(', ')}: ${message}`
}

function rowInWords(partition: number | undefined, offset: number | undefined): string {
  const parts = [partition === undefined ? '' : `partition ${partition}`, offset === undefined ? '' : `position ${formatCount(offset)}`]
  return parts.filter((part) => part !== '').join(', ')
}
