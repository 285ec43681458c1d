import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Compiled } from '../../pipeline-runtime/compiler/compile.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import type { DocumentStore } from './document-store.ts'

export interface CompiledState extends Compiled {
  /** What these issues and schemas are of; behind the document store's while it compiles. */
  readonly document: Document
  /** Counts errors and warnings by node, for the cards. */
  readonly issuesByNode: ReadonlyMap<string, readonly Issue[]>
}

export interface CompileRequest {
  readonly version: number
  readonly document: Document
}

export type CompileAnswer = Compiled & { readonly version: number }

/** Compiles somewhere (a worker in the page, at once in tests); answers may be left out where a newer request is there. */
export interface Compiler {
  compile(request: CompileRequest, answer: (answer: CompileAnswer) => void): void
}

export interface CompiledStore extends StoreApi<CompiledState> {
  /** Resolves when what is compiled is the document of this moment: before a run, before saving a spec. */
  settled(): Promise<CompiledState>
}

/** Compiles after every change, one at a time and always the newest, so that typing never waits. */
export function createCompiledStore(documents: DocumentStore, compiler: Compiler): CompiledStore {
  const first = documents.getState().document
  const store = createStore<CompiledState>(() => ({ document: first, issues: [], outputs: new Map(), issuesByNode: new Map() }))
  let version = 0
  let busy = false
  let wanted: Document | undefined
  let waiting: ((state: CompiledState) => void)[] = []
  const start = (document: Document): void => {
    busy = true
    wanted = undefined
    const request = { version: ++version, document }
    compiler.compile(request, (answer) => {
      if (answer.version !== request.version) return
      busy = false
      const { issues, outputs, spec } = answer
      store.setState({ document, issues, outputs, issuesByNode: byNode(issues), ...(spec === undefined ? {} : { spec }) }, false)
      if (spec === undefined) store.setState(withoutSpec(store.getState()), true)
      if (wanted !== undefined) start(wanted)
      else {
        const done = waiting
        waiting = []
        for (const resolve of done) resolve(store.getState())
      }
    })
  }
  const request = (document: Document): void => {
    if (busy) wanted = document
    else start(document)
  }
  documents.subscribe((state, before) => {
    if (state.document !== before.document) request(state.document)
  })
  start(first)
  return {
    ...store,
    settled: () => (busy ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(store.getState())),
  }
}

function withoutSpec({ spec: _spec, ...state }: CompiledState): CompiledState {
  return state
}

function byNode(issues: readonly Issue[]): Map<string, readonly Issue[]> {
  const found = new Map<string, Issue[]>()
  for (const issue of issues) {
    if (issue.nodeId === undefined) continue
    const list = found.get(issue.nodeId)
    if (list === undefined) found.set(issue.nodeId, [issue])
    else list.push(issue)
  }
  return found
}
