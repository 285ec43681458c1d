import type { Studio } from '../app/studio.ts'
import type { CompiledState } from '../state/compiled-store.ts'
import type { DocumentState } from '../state/document-store.ts'
import { graphIndex } from '../state/graph-index.ts'
import { isUnderWay, type RunStore, type ShownRun } from '../state/run-store.ts'
import { staleSteps } from './stale-steps.ts'
import { IDLE, type StepState, stepState } from './step-state.ts'
import { titleIn } from './title-in.ts'

/** The state of a step of the document that is open, with the run that is shown. */
export function stepStateOf(studio: Studio, nodeId: string): StepState {
  const run = runOf(studio.documents.getState(), studio.runs.getState().run)
  return stateIn(studio.documents.getState(), studio.compiled.getState(), studio.runs, run, nodeId)
}

/** The run that is shown, if it is one of the document that is open. */
export function runOf({ documentId }: Pick<DocumentState, 'documentId'>, run: ShownRun | undefined): ShownRun | undefined {
  return run?.documentId === documentId ? run : undefined
}

function stateIn(documents: DocumentState, compiled: CompiledState, runs: RunStore, run: ShownRun | undefined, nodeId: string): StepState {
  const { document } = documents
  const node = graphIndex(document).nodes.get(nodeId)
  if (node === undefined) return IDLE
  return stepState({
    node,
    issues: compiled.issuesByNode.get(nodeId) ?? [],
    failed: run?.state.type === 'failed' && run.state.failure.nodeId === nodeId,
    figures: run === undefined ? undefined : runs.figuresOf(nodeId),
    underWay: isUnderWay(run),
    slow: run === undefined ? undefined : slowStep(run, document),
    stale: run !== undefined && staleOf(run, document).has(nodeId),
  })
}

/** From this share of its time on the whole run waits for one step. */
const WAITED_FOR = 0.5

type Slow = { readonly nodeId: string; readonly title: string; readonly share: number } | undefined
const slowByUpdate = new WeakMap<object, Slow>()

/** The step that holds the others back in two updates in a row, so that a single slow moment colours nothing. */
function slowStep({ update, previous }: ShownRun, document: Parameters<typeof titleIn>[0]): Slow {
  if (update?.figures === undefined || previous?.figures === undefined) return undefined
  if (slowByUpdate.has(update)) return slowByUpdate.get(update)
  let slow: Slow
  for (const { nodeId, waitShare = 0 } of update.figures.nodes) {
    if (waitShare < WAITED_FOR) continue
    const before = previous.figures.nodes.find((node) => node.nodeId === nodeId)?.waitShare ?? 0
    const share = Math.min(waitShare, before)
    if (share >= WAITED_FOR && share > (slow?.share ?? 0)) slow = { nodeId, title: titleIn(document, nodeId), share }
  }
  slowByUpdate.set(update, slow)
  return slow
}

const stale = new WeakMap<object, WeakMap<object, ReadonlySet<string>>>()

/** Which steps are stale; worked out once per document and run. */
function staleOf(run: ShownRun, document: Parameters<typeof titleIn>[0]): ReadonlySet<string> {
  let byDocument = stale.get(run.document)
  if (byDocument === undefined) {
    byDocument = new WeakMap()
    stale.set(run.document, byDocument)
  }
  let steps = byDocument.get(document)
  if (steps === undefined) {
    steps = staleSteps(run.document, document)
    byDocument.set(document, steps)
  }
  return steps
}
