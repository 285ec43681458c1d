import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RowTab } from '../../pipeline-runtime/rpc/runtime-api.ts'

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
  /** The dialog that is open. */
  readonly dialog: Dialog | undefined
}

export type Dialog =
  | { readonly type: 'shortcuts' }
  | { readonly type: 'document-settings' }
  | { readonly type: 'connection'; readonly name?: string }
  | { readonly type: 'open-document' }
  | { readonly type: 'save-as' }
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
  return createStore<ViewState>(() => ({
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
    dialog: undefined,
  }))
}

/** Asks and waits for the answer. */
export function ask(view: ViewStore, question: Omit<Confirmation, 'answer'>): Promise<string | undefined> {
  return new Promise((resolve) => {
    const answer = (choice: string | undefined): void => {
      view.setState({ dialog: undefined })
      resolve(choice)
    }
    view.setState({ dialog: { type: 'confirm', confirm: { ...question, answer } } })
  })
}
