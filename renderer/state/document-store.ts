import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Document, documentSchema } from '../../pipeline-runtime/spec/document.ts'
import { afterPaint } from './after-paint.ts'
import { applyChange, type Change } from './change.ts'
import type { Item } from './item.ts'

/** What the user does at once: one entry of the history. */
export interface Act {
  /** Completes "Undone: …": `add Filter`, `move 3 steps`. */
  readonly label: string
  readonly changes: readonly Change[]
  /** What has the focus after undo and redo. */
  readonly focus?: Item | undefined
  /** Acts with the same key that follow each other are one step: the letters typed into one field, the arrows of one move. */
  readonly mergeKey?: string | undefined
}

interface HistoryEntry {
  readonly label: string
  readonly before: Document
  readonly after: Document
  readonly focus: Item | undefined
  readonly mergeKey: string | undefined
}

/** Where the document is kept; absent before it was first saved. */
export interface DocumentPlace {
  readonly path: string
  readonly name: string
  readonly folder: string
  /** Of the file's content as it was read or written last: a save gives it back, so that changes by others are noticed. */
  readonly revision?: string
}

export interface DocumentState {
  readonly document: Document
  readonly place: DocumentPlace | undefined
  /** Identity of what is open, for runs: changes when another document is opened, not when it is saved. */
  readonly documentId: string
  /** As it was opened or last saved; another object than `document` means unsaved changes. */
  readonly saved: Document
  readonly undo: readonly HistoryEntry[]
  readonly redo: readonly HistoryEntry[]
}

export interface DocumentStore extends StoreApi<DocumentState> {
  act(act: Act): void
  /**
   * Calls `write`, which acts, once the letter that was typed is on the screen: what a change of the document sets in motion must not hold it
   * back. Whatever is done with the document before that comes after it all the same.
   */
  later(write: () => void): void
  /** Does at once what waits. Called before each press of a key or button and before a field is left. */
  settle(): void
  /** Ends the merging of acts: what follows is a step of its own (a field was left). */
  sealHistory(): void
  /** The act that was undone; undefined where there is none. */
  undo(): { readonly label: string; readonly focus: Item | undefined } | undefined
  redo(): { readonly label: string; readonly focus: Item | undefined } | undefined
  /** Replaces what is open and forgets the history. `edited`: it differs from what the file holds (it was migrated). */
  open(document: Document, options?: { readonly place?: DocumentPlace | undefined; readonly edited?: boolean }): void
  markSaved(document: Document, place: DocumentPlace): void
}

const MOST_STEPS = 500

export const emptyDocument: Document = documentSchema.parse({ format: 1, kinds: {}, name: 'Untitled', nodes: [], edges: [] })

export function createDocumentStore(): DocumentStore {
  let opened = 0
  /** Of documents that were drawn before they had a file: their runs are known under it. */
  const idsByPath = new Map<string, string>()
  const nextId = (place: DocumentPlace | undefined): string =>
    place === undefined ? `untitled-${++opened}-${Math.floor(Math.random() * 1e9)}` : (idsByPath.get(place.path) ?? place.path)
  const store = createStore<DocumentState>(() => ({
    document: emptyDocument,
    place: undefined,
    documentId: nextId(undefined),
    saved: emptyDocument,
    undo: [],
    redo: [],
  }))
  let waiting: (() => void) | undefined
  const settle = (): void => {
    const write = waiting
    waiting = undefined
    write?.()
  }
  const step = (from: 'undo' | 'redo') => {
    settle()
    const state = store.getState()
    const entry = state[from].at(-1)
    if (entry === undefined) return undefined
    const to = from === 'undo' ? 'redo' : 'undo'
    const document = from === 'undo' ? entry.before : entry.after
    store.setState({ document, [from]: state[from].slice(0, -1), [to]: [...state[to], { ...entry, mergeKey: undefined }] })
    return { label: entry.label, focus: entry.focus }
  }
  const sealHistory = (): void => {
    settle()
    const { undo } = store.getState()
    const last = undo.at(-1)
    if (last?.mergeKey !== undefined) store.setState({ undo: [...undo.slice(0, -1), { ...last, mergeKey: undefined }] })
  }
  return {
    ...store,
    act({ label, changes, focus, mergeKey }) {
      settle()
      const { document, undo } = store.getState()
      const after = changes.reduce(applyChange, document)
      if (after === document) return
      const last = undo.at(-1)
      const merges = mergeKey !== undefined && last?.mergeKey === mergeKey
      const entry = { label, before: merges ? last.before : document, after, focus, mergeKey }
      store.setState({ document: after, undo: [...(merges ? undo.slice(0, -1) : undo), entry].slice(-MOST_STEPS), redo: [] })
    },
    later(write) {
      settle()
      waiting = write
      afterPaint(() => {
        if (waiting === write) settle()
      })
    },
    settle,
    sealHistory,
    undo: () => step('undo'),
    redo: () => step('redo'),
    open(document, { place, edited = false } = {}) {
      settle()
      const saved = edited ? { ...document } : document
      const open = store.getState()
      const id = nextId(place)
      // What was saved under another name has the identity of the file that it came from as long as it is open.
      const isTaken = id === open.documentId && place?.path !== open.place?.path
      store.setState({ document, place, documentId: isTaken ? nextId(undefined) : id, saved, undo: [], redo: [] })
    },
    markSaved(document, place) {
      // Undo leads back to what was saved, also in the middle of typing.
      sealHistory()
      const state = store.getState()
      // Of a document that had a file already, that one keeps the identity.
      if (state.place === undefined) idsByPath.set(place.path, state.documentId)
      store.setState({ saved: document, place })
    },
  }
}

export const isEdited = ({ document, saved }: DocumentState): boolean => document !== saved
