import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { hasErrors, type Issue } from '../../pipeline-runtime/spec/issue.ts'
import { sameJson } from '../../pipeline-runtime/spec/json.ts'
import type { Spec } from '../../pipeline-runtime/spec/spec.ts'
import type { CompileAnswer, Compiler } from './compiler.ts'
import type { DocumentStore } from './document-store.ts'

export interface CompiledState extends Omit<CompileAnswer, 'version'> {
  /** What these issues and schemas are of; behind the document store's while it compiles. */
  readonly document: Document
  /** Issues of each step, for the cards; the same list as before where nothing in it changed. */
  readonly issuesByNode: ReadonlyMap<string, readonly Issue[]>
  /** Of the spec of `document`; absent with errors, and for a moment after each change. */
  readonly specHash?: string | undefined
}

export interface Settled extends CompiledState {
  /** Absent where there are errors. */
  readonly spec: Spec | undefined
}

export interface CompiledStore extends StoreApi<CompiledState> {
  /** Resolves when what is compiled is the document of this moment: before a run, before saving a spec. */
  settled(): Promise<Settled>
}

/** The hash tells whether a drawing means the same as a run: nobody waits for it while typing. */
const HASH_AFTER_MS = 400

/** Compiles after every change, one at a time and always the newest, so that typing never waits. */
export function createCompiledStore(documents: DocumentStore, compiler: Compiler): CompiledStore {
  const first = documents.getState().document
  const store = createStore<CompiledState>(() => ({ document: first, issues: [], outputs: new Map(), issuesByNode: new Map() }))
  let version = 0
  let busy = false
  let wanted: Document | undefined
  let waiting: (() => void)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const start = (document: Document): void => {
    clearTimeout(timer)
    busy = true
    wanted = undefined
    const request = { version: ++version, document }
    compiler.compile(request, ({ version: answered, issues, outputs }) => {
      if (answered !== request.version) return
      busy = false
      const before = store.getState()
      const issuesByNode = issues === before.issues ? before.issuesByNode : byNode(issues, before.issuesByNode)
      store.setState({ document, issues, outputs, issuesByNode }, true)
      if (wanted !== undefined) return start(wanted)
      const done = waiting
      waiting = []
      for (const go of done) go()
      timer = setTimeout(hash, HASH_AFTER_MS)
    })
  }
  const hash = async (): Promise<void> => {
    const { document, issues, specHash } = store.getState()
    if (specHash !== undefined || hasErrors(issues)) return
    const found = await compiler.specHash()
    if (store.getState().document === document) store.setState({ specHash: found })
  }
  documents.subscribe(({ document }, before) => {
    if (document === before.document) return
    if (busy) wanted = document
    else start(document)
  })
  start(first)
  const settled = async (): Promise<Settled> => {
    if (busy) await new Promise<void>((resolve) => waiting.push(resolve))
    const compiled = store.getState()
    const spec = await compiler.spec()
    // What was typed meanwhile is of the next one who asks.
    return { ...compiled, spec: hasErrors(compiled.issues) ? undefined : spec }
  }
  return { ...store, settled }
}

function byNode(issues: readonly Issue[], before: CompiledState['issuesByNode']): Map<string, readonly Issue[]> {
  const found = new Map<string, readonly Issue[]>()
  for (const issue of issues) {
    if (issue.nodeId !== undefined) found.set(issue.nodeId, [...(found.get(issue.nodeId) ?? []), issue])
  }
  for (const [id, list] of found) {
    const known = before.get(id)
    if (known !== undefined && sameJson(known, list)) found.set(id, known)
  }
  return found
}
