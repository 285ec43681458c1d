import type { DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { counted } from '../format/counted.ts'
import { nodeOf, type Point, portOf } from '../state/change.ts'
import type { Item } from '../state/item.ts'
import { newNodeId } from '../state/node-id.ts'
import { act } from './act.ts'
import type { CopiedItems } from './copied-items.ts'
import { CARD, GRID, placesOf, snapped } from './places.ts'
import { stepFacts } from './step-facts.ts'

/** Adds copied steps and notes with ids of their own, where nothing is covered; they are selected, the first is active. */
export function pasteItems(studio: Studio, { nodes, edges, notes, layout }: CopiedItems, word: 'paste' | 'duplicate'): void {
  const { document } = studio.documents.getState()
  const taken = new Set<string>()
  const names = new Map<string, string>()
  for (const { id } of nodes) {
    if (names.has(id)) continue
    const name = newNodeId(document, id, taken)
    taken.add(name)
    names.set(id, name)
  }
  const places = [...nodes.map(({ id }) => layout[id] ?? { x: 0, y: 0 }), ...notes]
  const by = offset(studio, places)
  const placed = [...names].flatMap(([id, name]) => {
    const node = nodes.find((known) => known.id === id)
    return node === undefined ? [] : [{ node: renamed(node, name), at: shifted(layout[id] ?? { x: 0, y: 0 }, by) }]
  })
  const links = edges.flatMap(({ from, to }) => {
    const [source, target] = [names.get(nodeOf(from)), names.get(nodeOf(to))]
    return source === undefined || target === undefined ? [] : [{ from: `${source}.${portOf(from)}`, to: `${target}.${portOf(to)}` }]
  })
  const pasted = notes.map((note) => ({ ...note, ...shifted(note, by) }))
  const items: Item[] = [
    ...placed.map(({ node }): Item => ({ type: 'node', id: node.id })),
    ...pasted.map((_, i): Item => ({ type: 'note', index: document.notes.length + i })),
  ]
  const [only] = placed
  const what =
    placed.length === 1 && pasted.length === 0 && only !== undefined
      ? stepFacts(only.node).title
      : [counted(placed.length, 'step'), counted(pasted.length, 'note')].filter((part) => part !== '').join(' and ')
  act(studio, { label: `${word} ${what}`, changes: [{ type: 'add', nodes: placed, edges: links, notes: pasted }], focus: items[0] })
  studio.selection.selectAll([...items].reverse())
  const first = items[0]
  if (first !== undefined) studio.canvas.port?.reveal(first)
  studio.announcer.say(`${what} ${word === 'paste' ? 'pasted' : 'duplicated'}.`)
}

function renamed(node: DocumentNode, id: string): DocumentNode {
  return { ...node, id }
}

/** Beside where it was copied while that is in view, else in the middle of what is seen; further on until no card is covered. */
function offset(studio: Studio, places: readonly Point[]): Point {
  const left = Math.min(...places.map(({ x }) => x))
  const top = Math.min(...places.map(({ y }) => y))
  const right = Math.max(...places.map(({ x }) => x)) + CARD.width
  const bottom = Math.max(...places.map(({ y }) => y)) + CARD.height
  const center = studio.canvas.port?.center()
  const isSeen = center === undefined || (Math.abs((left + right) / 2 - center.x) < 1500 && Math.abs((top + bottom) / 2 - center.y) < 900)
  let by =
    isSeen || center === undefined
      ? { x: 2 * GRID, y: 2 * GRID }
      : snapped({ x: center.x - (left + right) / 2, y: center.y - (top + bottom) / 2 })
  const taken = [...placesOf(studio.documents.getState().document).values()]
  const covers = (): boolean =>
    places.some(({ x, y }) => taken.some((at) => Math.abs(at.x - x - by.x) < CARD.width && Math.abs(at.y - y - by.y) < CARD.height))
  for (let tries = 0; tries < 60 && covers(); tries++) by = { x: by.x, y: by.y + 2 * GRID }
  return by
}

const shifted = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y })
