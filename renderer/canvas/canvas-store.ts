import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PortRef } from '../edit/connectable.ts'
import type { Point } from '../state/change.ts'
import { createFigurePainters, type FigurePainters } from './figure-painters.ts'

/** How much of a card can be read at a zoom. */
export type Detail = 'all' | 'no-sparkline' | 'name' | 'box'

export function detailAt(zoom: number): Detail {
  if (zoom >= 0.75) return 'all'
  if (zoom >= 0.5) return 'no-sparkline'
  return zoom >= 0.4 ? 'name' : 'box'
}

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** What only the picture knows: nothing of it is kept. */
export interface CanvasState {
  readonly detail: Detail
  /** Places of what is being dragged or resized, by the id that React Flow knows; written to the document when it is let go. */
  readonly moving: ReadonlyMap<string, Point | Box>
  /** The port from which a link is being drawn. */
  readonly connecting: (PortRef & { readonly side: 'in' | 'out' }) | undefined
  /** The link over which a kind of step is held. */
  readonly dropEdge: string | undefined
  readonly tip: Tip | undefined
}

/** A small text beside what the pointer is on. */
export interface Tip {
  readonly title: string
  readonly lines: readonly string[]
  readonly rect: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>
  readonly side: 'left' | 'right' | 'below'
}

export interface CanvasView {
  readonly store: StoreApi<CanvasState>
  readonly painters: FigurePainters
}

export function createCanvasView(): CanvasView {
  return {
    store: createStore<CanvasState>(() => ({
      detail: 'all',
      moving: new Map(),
      connecting: undefined,
      dropEdge: undefined,
      tip: undefined,
    })),
    painters: createFigurePainters(),
  }
}

export const CanvasContext = createContext<CanvasView | undefined>(undefined)

export function useCanvasView(): CanvasView {
  const view = useContext(CanvasContext)
  if (view === undefined) throw new Error('A part of the canvas outside of it.')
  return view
}

export const useCanvas = <T>(select: (state: CanvasState) => T): T => useStore(useCanvasView().store, select)
