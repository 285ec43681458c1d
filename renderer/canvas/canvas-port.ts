import type { ReactFlowInstance, Viewport } from '@xyflow/react'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { CanvasPort } from '../app/canvas-board.ts'
import type { Studio } from '../app/studio.ts'
import { noteSize } from '../edit/add-note.ts'
import { CARD, placesOf } from '../edit/places.ts'
import { nodeOf, type Point } from '../state/change.ts'
import type { Item } from '../state/item.ts'
import type { Box } from './canvas-store.ts'
import type { FlowNode, LinkEdge } from './flow-graph.ts'

export const ZOOM = { least: 0.05, most: 2 } as const
const MARGIN = 24
/** With less nobody reads a card: what does not fit begins at its first step. */
const LEAST_TO_OPEN = 0.6
const OPENED_AT = 0.75

type Flow = ReactFlowInstance<FlowNode, LinkEdge>

export interface CanvasView extends CanvasPort {
  /** Where an item is on the screen, or will be when the canvas has glided there. */
  onScreen(item: Item): Box | undefined
  toScreen(point: Point): Point
}

/** What others may ask of the canvas; sizes come from the document, so that it answers before React Flow has drawn. */
export function createCanvasPort(studio: Studio, flow: Flow, element: () => HTMLElement | null): CanvasView {
  const duration = (): number => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120)
  const size = (): { readonly width: number; readonly height: number } => {
    const box = element()?.getBoundingClientRect()
    return { width: box?.width ?? 800, height: box?.height ?? 600 }
  }
  const document = (): Document => studio.documents.getState().document
  // While it glides, what comes next goes on from where it will be, not from where it is.
  let target: { readonly viewport: Viewport; readonly until: number } | undefined
  const viewport = (): Viewport => (target !== undefined && performance.now() < target.until ? target.viewport : flow.getViewport())
  const go = (to: Viewport, ms = duration()): void => {
    target = { viewport: to, until: performance.now() + ms }
    void flow.setViewport(to, { duration: ms })
  }
  const fitBox = (box: Box, zoom: number, ms?: number): void => {
    const { width, height } = size()
    go({ x: (width - box.width * zoom) / 2 - box.x * zoom, y: (height - box.height * zoom) / 2 - box.y * zoom, zoom }, ms)
  }
  const zoomOf = (box: Box): number => {
    const { width, height } = size()
    return clamped(Math.min((width - 2 * MARGIN) / box.width, (height - 2 * MARGIN) / box.height), 1)
  }
  const center = (): Point => {
    const { width, height } = size()
    const { x, y, zoom } = viewport()
    return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom }
  }
  const zoomTo = (wanted: number): void => {
    const { width, height } = size()
    const zoom = clamped(wanted, ZOOM.most)
    const { x, y } = center()
    go({ x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom })
  }
  return {
    center,
    fromScreen: (point) => flow.screenToFlowPosition(point),
    toScreen: (point) => flow.flowToScreenPosition(point),
    reveal(item) {
      const box = boxOf(document(), item)
      if (box === undefined) return
      const { width, height } = size()
      const { x, y, zoom } = viewport()
      const dx = panFor(box.x * zoom + x, box.width * zoom, width)
      const dy = panFor(box.y * zoom + y, box.height * zoom, height)
      if (dx !== 0 || dy !== 0) go({ x: x + dx, y: y + dy, zoom })
    },
    fit(items) {
      const box = boxAround(document(), items ?? allItems(document()))
      if (box !== undefined) fitBox(box, zoomOf(box))
    },
    zoomBy: (factor) => zoomTo(viewport().zoom * factor),
    zoomTo,
    showAll() {
      const box = boxAround(document(), allItems(document()))
      const { width, height } = size()
      if (box === undefined) return go({ x: width / 2, y: height / 2, zoom: 1 }, 0)
      const zoom = zoomOf(box)
      if (zoom >= LEAST_TO_OPEN) return fitBox(box, zoom, 0)
      const tall = box.height * OPENED_AT > height - 2 * MARGIN
      const y = tall ? MARGIN - box.y * OPENED_AT : (height - box.height * OPENED_AT) / 2 - box.y * OPENED_AT
      return go({ x: MARGIN - box.x * OPENED_AT, y, zoom: OPENED_AT }, 0)
    },
    onScreen(item) {
      const box = boxOf(document(), item)
      if (box === undefined) return undefined
      const { left = 0, top = 0 } = element()?.getBoundingClientRect() ?? {}
      const { x, y, zoom } = viewport()
      return { x: left + x + box.x * zoom, y: top + y + box.y * zoom, width: box.width * zoom, height: box.height * zoom }
    },
  }
}

const clamped = (zoom: number, most: number): number => Math.max(ZOOM.least, Math.min(most, zoom))

/** By how much to pan so that a stretch is inside, with a margin where there is room; nothing if it is. */
function panFor(start: number, length: number, room: number): number {
  const margin = length + 2 * MARGIN > room ? Math.max(0, (room - length) / 2) : MARGIN
  if (start < margin) return margin - start
  return start + length > room - margin ? room - margin - length - start : 0
}

function allItems({ nodes, notes }: Document): Item[] {
  return [...nodes.map(({ id }): Item => ({ type: 'node', id })), ...notes.map((_, index): Item => ({ type: 'note', index }))]
}

function boxOf(document: Document, item: Item): Box | undefined {
  switch (item.type) {
    case 'node': {
      const at = placesOf(document).get(item.id)
      return at === undefined ? undefined : { x: at.x, y: at.y, ...CARD }
    }
    case 'note': {
      const note = document.notes[item.index]
      return note === undefined ? undefined : { x: note.x, y: note.y, ...noteSize(note) }
    }
    case 'edge': {
      const from = placesOf(document).get(nodeOf(item.edge.from))
      const to = placesOf(document).get(nodeOf(item.edge.to))
      if (from === undefined || to === undefined) return undefined
      const left = Math.min(from.x + CARD.width, to.x)
      const top = Math.min(from.y, to.y)
      return { x: left, y: top, width: Math.max(16, Math.abs(to.x - from.x - CARD.width)), height: Math.abs(to.y - from.y) + CARD.height }
    }
  }
}

function boxAround(document: Document, items: readonly Item[]): Box | undefined {
  let found: { left: number; top: number; right: number; bottom: number } | undefined
  for (const item of items) {
    const box = boxOf(document, item)
    if (box === undefined) continue
    found ??= { left: box.x, top: box.y, right: box.x, bottom: box.y }
    found.left = Math.min(found.left, box.x)
    found.top = Math.min(found.top, box.y)
    found.right = Math.max(found.right, box.x + box.width)
    found.bottom = Math.max(found.bottom, box.y + box.height)
  }
  return found === undefined
    ? undefined
    : { x: found.left, y: found.top, width: Math.max(1, found.right - found.left), height: Math.max(1, found.bottom - found.top) }
}
