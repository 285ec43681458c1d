import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DocumentEdge } from '../../pipeline-runtime/spec/document.ts'
import type { Point } from './change.ts'
import type { Item } from './item.ts'

/** What the keys of the canvas mean at the moment, and which of its popovers is open (keyboard.md). */
export type Mode =
  | { readonly type: 'walk' }
  /** Walking along the links of a step. */
  | { readonly type: 'edge'; readonly nodeId: string }
  /** Places of what is moved by keys; written when it is let go. */
  | { readonly type: 'move'; readonly nodes: Readonly<Record<string, Point>>; readonly notes: Readonly<Record<number, Point>> }
  /** The list of ports to connect to; `into`: of those to connect from. */
  | { readonly type: 'connect'; readonly nodeId: string; readonly direction: 'out' | 'into' }
  /** The list of kinds; the new step is connected, or put into a link, or just added. */
  | {
      readonly type: 'add-step'
      readonly after?: { readonly nodeId: string; readonly port: string } | undefined
      readonly before?: { readonly nodeId: string; readonly port: string } | undefined
      readonly edge?: DocumentEdge | undefined
      /** Where on the canvas, for a link that was let go there. */
      readonly at?: Point | undefined
    }
  | { readonly type: 'menu'; readonly item: Item | undefined; readonly screen: Point | undefined }
  | { readonly type: 'rename'; readonly nodeId: string }
  /** A note is being written. */
  | { readonly type: 'note'; readonly index: number }

export type ModeName = Mode['type']

export interface ModeStore extends StoreApi<Mode> {
  enter(mode: Mode): void
  leave(): void
}

const WALK: Mode = { type: 'walk' }

export function createModeStore(): ModeStore {
  const store = createStore<Mode>(() => WALK)
  return {
    ...store,
    enter: (mode) => store.setState(mode, true),
    leave: () => store.setState(WALK, true),
  }
}
