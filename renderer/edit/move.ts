import type { Studio } from '../app/studio.ts'
import { counted } from '../format/counted.ts'
import type { Point } from '../state/change.ts'
import type { Item } from '../state/item.ts'
import { act } from './act.ts'
import { titleOf } from './connect.ts'
import { placesOf } from './places.ts'

export interface Places {
  readonly nodes: Readonly<Record<string, Point>>
  readonly notes: Readonly<Record<number, Point>>
}

/** Writes new places as one step of undo; nothing where nothing moved. */
export function moveTo(studio: Studio, places: Places): void {
  const { document } = studio.documents.getState()
  const now = placesOf(document)
  const nodes = Object.fromEntries(Object.entries(places.nodes).filter(([id, at]) => differs(now.get(id), at)))
  const notes = Object.fromEntries(Object.entries(places.notes).filter(([index, at]) => differs(document.notes[Number(index)], at)))
  const ids = Object.keys(nodes)
  const count = ids.length + Object.keys(notes).length
  if (count === 0) return
  const first = ids[0]
  const label =
    count === 1
      ? `move ${first === undefined ? 'a note' : titleOf(studio, first)}`
      : `move ${movedWords(ids.length, Object.keys(notes).length)}`
  act(studio, { label, changes: [{ type: 'move', nodes, notes }], focus: focusOf(first, notes) })
}

const movedWords = (steps: number, notes: number): string =>
  [counted(steps, 'step'), counted(notes, 'note')].filter((part) => part !== '').join(' and ')

function focusOf(node: string | undefined, notes: Readonly<Record<string, Point>>): Item | undefined {
  if (node !== undefined) return { type: 'node', id: node }
  const note = Object.keys(notes)[0]
  return note === undefined ? undefined : { type: 'note', index: Number(note) }
}

const differs = (a: Point | undefined, b: Point): boolean => a === undefined || a.x !== Math.round(b.x) || a.y !== Math.round(b.y)

/** Where everything that is selected stands, notes and steps. */
export function selectedPlaces(studio: Studio): Places {
  const { document } = studio.documents.getState()
  const places = placesOf(document)
  const nodes: Record<string, Point> = {}
  const notes: Record<number, Point> = {}
  for (const item of studio.selection.getState().selected.values()) {
    if (item.type === 'node') {
      const at = places.get(item.id)
      if (at !== undefined) nodes[item.id] = at
    }
    if (item.type === 'note') {
      const note = document.notes[item.index]
      if (note !== undefined) notes[item.index] = { x: note.x, y: note.y }
    }
  }
  return { nodes, notes }
}
