import type { EdgeChange, NodeChange } from '@xyflow/react'
import type { Studio } from '../app/studio.ts'
import { moveTo } from '../edit/move.ts'
import type { Point } from '../state/change.ts'
import { type Item, itemKey } from '../state/item.ts'
import type { CanvasView } from './canvas-store.ts'
import { type FlowNode, itemOf, type LinkEdge } from './flow-graph.ts'

/** Takes over what React Flow says about its nodes: what is selected goes to the selection, places to the document when they are let go. */
export function takeNodeChanges(
  studio: Studio,
  { store }: CanvasView,
  changes: readonly NodeChange<FlowNode>[],
  nodes: readonly FlowNode[],
): void {
  const found = new Map(nodes.map((node) => [node.id, node]))
  takeSelection(
    studio,
    changes.flatMap((change) => {
      const node = change.type === 'select' ? found.get(change.id) : undefined
      return change.type === 'select' && node !== undefined ? [{ item: itemOf(node), selected: change.selected }] : []
    }),
  )
  let moving: Map<string, Point & { width?: number; height?: number }> | undefined
  let letGo = false
  for (const change of changes) {
    if (change.type === 'position' && change.position !== undefined) {
      moving ??= new Map(store.getState().moving)
      moving.set(change.id, { ...moving.get(change.id), ...change.position })
    }
    if (change.type === 'position' && change.dragging === false) letGo = true
    if (change.type === 'dimensions' && change.dimensions !== undefined && change.resizing === true) {
      moving ??= new Map(store.getState().moving)
      const at = moving.get(change.id) ?? found.get(change.id)?.position
      if (at !== undefined) moving.set(change.id, { x: at.x, y: at.y, ...change.dimensions })
    }
  }
  if (moving !== undefined) store.setState({ moving })
  if (letGo) writePlaces(studio, store.getState().moving, found, () => store.setState({ moving: new Map() }))
}

export function takeEdgeChanges(studio: Studio, changes: readonly EdgeChange<LinkEdge>[], edges: readonly LinkEdge[]): void {
  takeSelection(
    studio,
    changes.flatMap((change) => {
      const edge = change.type === 'select' ? edges.find(({ id }) => id === change.id)?.data?.edge : undefined
      return change.type === 'select' && edge !== undefined ? [{ item: { type: 'edge', edge } as const, selected: change.selected }] : []
    }),
  )
}

function takeSelection(studio: Studio, changes: readonly { readonly item: Item; readonly selected: boolean }[]): void {
  if (changes.length === 0) return
  const { selected, active } = studio.selection.getState()
  const next = new Map(selected)
  let last = active
  for (const change of changes) {
    if (change.selected) {
      next.set(itemKey(change.item), change.item)
      last = change.item
    } else next.delete(itemKey(change.item))
  }
  if (last !== undefined && !next.has(itemKey(last))) last = [...next.values()].at(-1)
  studio.selection.setState({ selected: next, active: last })
}

function writePlaces(studio: Studio, moving: ReadonlyMap<string, Point>, found: ReadonlyMap<string, FlowNode>, written: () => void): void {
  const nodes: Record<string, Point> = {}
  const notes: Record<number, Point> = {}
  for (const [id, { x, y }] of moving) {
    const node = found.get(id)
    if (node?.type === 'note') notes[node.data.index] = { x, y }
    else if (node !== undefined) nodes[id] = { x, y }
  }
  moveTo(studio, { nodes, notes })
  written()
}
