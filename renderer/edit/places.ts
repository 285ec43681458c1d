import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { nodeOf, type Point } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import { outlineOrder } from '../state/outline-order.ts'

export const CARD = { width: 256, height: 112 } as const
export const GRID = 16
/** Where cards stand by themselves: side by side with room for a link and its rate, one below the other. */
export const STEP = { x: CARD.width + 112, y: CARD.height + 48 } as const

export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID }
}

const known = new WeakMap<Document['nodes'], WeakMap<Document['layout'], ReadonlyMap<string, Point>>>()

/** Where every step stands: as the document says, and by itself where the document says nothing. The document is not edited by that. */
export function placesOf(document: Document): ReadonlyMap<string, Point> {
  let byLayout = known.get(document.nodes)
  if (byLayout === undefined) {
    byLayout = new WeakMap()
    known.set(document.nodes, byLayout)
  }
  let places = byLayout.get(document.layout)
  if (places === undefined) {
    places = makePlaces(document)
    byLayout.set(document.layout, places)
  }
  return places
}

function makePlaces(document: Document): Map<string, Point> {
  const places = new Map<string, Point>()
  const missing = new Set<string>()
  for (const { id } of document.nodes) {
    const at = Object.hasOwn(document.layout, id) ? document.layout[id] : undefined
    if (at === undefined) missing.add(id)
    else places.set(id, at)
  }
  if (missing.size === 0) return places
  const { into } = graphIndex(document)
  const layers = new Map<string, number>()
  for (const id of outlineOrder(document)) {
    const before = (into.get(id) ?? []).map(({ from }) => layers.get(nodeOf(from)) ?? -1)
    layers.set(id, Math.max(-1, ...before) + 1)
  }
  const top = places.size === 0 ? 0 : Math.max(...[...places.values()].map(({ y }) => y)) + STEP.y
  const rows = new Map<number, number>()
  for (const id of outlineOrder(document)) {
    if (!missing.has(id)) continue
    const layer = layers.get(id) ?? 0
    // Beside the step that feeds it, if nothing of its column stands there yet.
    const beside = (into.get(id) ?? []).flatMap(({ from }) => places.get(nodeOf(from)) ?? [])[0]
    const y = Math.max(rows.get(layer) ?? top, beside?.y ?? top)
    const at = { x: beside !== undefined && places.size > missing.size ? beside.x + STEP.x : layer * STEP.x, y }
    rows.set(layer, y + STEP.y)
    places.set(id, at)
  }
  return places
}

/** A place on the grid near the one wanted where no card is covered: further down, column by column. */
export function freePlace(taken: Iterable<Point>, wanted: Point): Point {
  const all = [...taken]
  const isFree = ({ x, y }: Point): boolean =>
    all.every((at) => Math.abs(at.x - x) >= CARD.width + GRID || Math.abs(at.y - y) >= CARD.height + GRID)
  const start = snapped(wanted)
  for (let column = 0; column < 50; column++) {
    for (let row = 0; row < 40; row++) {
      const at = { x: start.x + column * GRID, y: start.y + row * GRID }
      if (isFree(at)) return at
    }
  }
  return { x: start.x, y: Math.max(start.y, ...all.map(({ y }) => y + STEP.y)) }
}
