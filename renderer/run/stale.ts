import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { CompiledState } from '../state/compiled-store.ts'
import type { ShownRun } from '../state/run-store.ts'

/** Whether the drawing means something else than what runs: names, notes and places of boxes are no difference. */
export function isStale(run: ShownRun | undefined, document: Document, compiled: CompiledState): boolean {
  return run !== undefined && differs(run.document, hashOf(run), document, compiled)
}

export const hashOf = (run: ShownRun | undefined): string | undefined => run?.spec?.hash ?? run?.update?.specHash

export function differs(running: Document, hash: string | undefined, document: Document, compiled: CompiledState): boolean {
  // While it compiles, and where it has errors, there is no hash of what is drawn.
  if (compiled.document !== document || compiled.spec === undefined) return !meansTheSame(running, document)
  return hash !== undefined && hash !== compiled.spec.hash
}

function meansTheSame(a: Document, b: Document): boolean {
  if (a === b) return true
  return meaning(a) === meaning(b)
}

function meaning({ nodes, edges, timeZone, guarantee, start, stop }: Document): string {
  return JSON.stringify({ nodes: nodes.map(({ id, kind, config }) => ({ id, kind, config })), edges, timeZone, guarantee, start, stop })
}
