import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RowTab } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Point } from './change.ts'

export type LeftTab = 'palette' | 'outline' | 'connections'
export type DockTab = 'data' | 'problems' | 'logs'
export type Theme = 'system' | 'light' | 'dark'

/** What is shown where; nothing of it belongs to the document. */
export interface ViewState {
  /** The gallery in place of the canvas. */
  readonly gallery: boolean
  readonly leftTab: LeftTab
  readonly leftOpen: boolean
  readonly inspectorOpen: boolean
  readonly dockOpen: boolean
  /** In a window that is too narrow for panels beside the canvas: the one that lies over it. */
  readonly drawer: 'left' | 'inspector' | 'dock' | undefined
  readonly dockTab: DockTab
  readonly dataTab: RowTab
  /** Out port whose rows the Data panel shows, where a step has several. */
  readonly dataPort: string | undefined
  readonly dataView: 'table' | 'chart' | 'both'
  readonly theme: Theme
  /** A file that is being read. */
  readonly reading: Reading | undefined
  /** A sentence shown over the canvas for a while: why something was not done. */
  readonly notice: string | undefined
  /** The dialog that is open. */
  readonly dialog: Dialog | undefined
}

/** Work that takes its time: words for the screen, and the way to give it up. */
export interface Reading {
  readonly words: string
  readonly cancel: () => void
}

export type Dialog =
  | { readonly type: 'shortcuts' }
  /** Without a name a new one. */
  | { readonly type: 'connection'; readonly name?: string }
  /** The newest rows of a topic. */
  | {
      readonly type: 'topic'
      readonly connection: NamedConnection
      readonly topic: string
      /** Where it was dropped. */
      readonly at?: Point
    }
  /** The documents of the folder; `answer` gets the path of the chosen one. */
  | { readonly type: 'open-document'; readonly answer: (path: string | undefined) => void }
  /** A name in the folder; `answer` gets the path. */
  | { readonly type: 'save-as'; readonly suggestedName: string; readonly answer: (path: string | undefined) => void }
  /** Something could not be read or written. */
  | { readonly type: 'failure'; readonly title: string; readonly message: string; readonly details: readonly string[] }
  | { readonly type: 'about' }
  /** The user's own Kafka on this computer. */
  | { readonly type: 'local-kafka' }
  | { readonly type: 'confirm'; readonly confirm: Confirmation }

/** A question; `answer` gets the id of the choice, or undefined where the dialog was closed. */
export interface Confirmation {
  readonly title: string
  readonly text: string
  readonly choices: readonly { readonly id: string; readonly title: string; readonly kind: 'primary' | 'danger' | 'plain' }[]
  readonly answer: (choice: string | undefined) => void
}

export type ViewStore = StoreApi<ViewState>

export function createViewStore(): ViewStore {
  const store = createStore<ViewState>(() => ({
    gallery: true,
    leftTab: 'palette',
    leftOpen: true,
    inspectorOpen: true,
    dockOpen: true,
    drawer: undefined,
    dockTab: 'data',
    dataTab: 'out',
    dataPort: undefined,
    dataView: 'table',
    theme: 'system',
    reading: undefined,
    notice: undefined,
    dialog: undefined,
  }))
  store.subscribe(({ dialog }, { dialog: before }) => {
    if (dialog !== before) leave(before)
  })
  return store
}

/** Whoever waits for the answer of a dialog goes on, also where another one took its place. */
function leave(dialog: Dialog | undefined): void {
  if (dialog?.type === 'confirm') dialog.confirm.answer(undefined)
  else if (dialog !== undefined && 'answer' in dialog) dialog.answer(undefined)
}

/** Opens a dialog that answers, and waits for the answer; undefined where it was closed or another one took its place. */
export function askWith<T>(view: ViewStore, makeDialog: (answer: (value: T | undefined) => void) => Dialog): Promise<T | undefined> {
  return new Promise((resolve) => {
    const dialog = makeDialog((value) => {
      resolve(value)
      if (view.getState().dialog === dialog) view.setState({ dialog: undefined })
    })
    view.setState({ dialog })
  })
}

/** Asks and waits for the answer. */
export function ask(view: ViewStore, question: Omit<Confirmation, 'answer'>): Promise<string | undefined> {
  return askWith<string>(view, (answer) => ({ type: 'confirm', confirm: { ...question, answer } }))
}
