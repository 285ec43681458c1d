import type { Document, DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import { sameJson } from '../../pipeline-runtime/spec/json.ts'
import type { CompiledState } from '../state/compiled-store.ts'
import type { ShownRun } from '../state/run-store.ts'

/** Whether the drawing means something else than what runs: names, notes and places of boxes are no difference. */
export function isStale(run: ShownRun | undefined, document: Document, compiled: CompiledState): boolean {
  return run !== undefined && differs(run.document, hashOf(run), document, compiled)
}

export const hashOf = (run: ShownRun | undefined): string | undefined => run?.spec?.hash ?? run?.update?.specHash

export function differs(running: Document, hash: string | undefined, document: Document, compiled: CompiledState): boolean {
  // While it compiles, and where it has errors, there is no hash of what is drawn.
  if (compiled.document !== document || compiled.specHash === undefined) return !meansTheSame(running, document)
  return hash !== undefined && hash !== compiled.specHash
}

/** Asked at every letter that is typed: what was not touched is the same object. */
function meansTheSame(a: Document, b: Document): boolean {
  if (a === b) return true
  return (
    a.timeZone === b.timeZone &&
    a.guarantee === b.guarantee &&
    sameJson(a.start, b.start) &&
    sameJson(a.stop, b.stop) &&
    (a.edges === b.edges || sameJson(a.edges, b.edges)) &&
    a.nodes.length === b.nodes.length &&
    a.nodes.every((node, i) => meansTheSameStep(node, b.nodes[i]))
  )
}

function meansTheSameStep(a: DocumentNode, b: DocumentNode | undefined): boolean {
  return a === b || (b !== undefined && a.id === b.id && a.kind === b.kind && sameJson(a.config, b.config))
}
