import type { Studio } from '../../app/studio.ts'
import { goTo } from '../../edit/go-to.ts'
import { beside, firstTarget, otherPart, sourceOf } from '../../edit/walk.ts'
import type { Item } from '../../state/item.ts'
import { outlineOrder } from '../../state/outline-order.ts'
import type { Command } from '../command.ts'

/** From which step each one was reached by →, so that ← leads back. */
const cameFrom = new WeakMap<Studio, Map<string, string>>()

function waysOf(studio: Studio): Map<string, string> {
  let ways = cameFrom.get(studio)
  if (ways === undefined) {
    ways = new Map()
    cameFrom.set(studio, ways)
  }
  return ways
}

type Way = (studio: Studio, from: Item) => Item | undefined

const node = (id: string | undefined): Item | undefined => (id === undefined ? undefined : { type: 'node', id })
const documentOf = (studio: Studio) => studio.documents.getState().document

const right: Way = (studio, from) => {
  if (from.type !== 'node') return undefined
  const target = firstTarget(documentOf(studio), from.id)
  if (target !== undefined) waysOf(studio).set(target, from.id)
  return node(target)
}
const left: Way = (studio, from) =>
  from.type === 'node' ? node(sourceOf(documentOf(studio), from.id, waysOf(studio).get(from.id))) : undefined
const up: Way = (studio, from) => beside(documentOf(studio), from, 'up')
const down: Way = (studio, from) => beside(documentOf(studio), from, 'down')
const first = (studio: Studio): Item | undefined => node(outlineOrder(documentOf(studio))[0]) ?? firstNote(studio)
const last = (studio: Studio): Item | undefined => node(outlineOrder(documentOf(studio)).at(-1)) ?? firstNote(studio)
const firstNote = (studio: Studio): Item | undefined => (documentOf(studio).notes.length === 0 ? undefined : { type: 'note', index: 0 })
const part =
  (direction: 1 | -1): Way =>
  (studio, from) =>
    node(otherPart(documentOf(studio), from.type === 'node' ? from.id : undefined, direction))

function walk(way: Way, extend: boolean): (studio: Studio) => void {
  return (studio) => {
    const { active } = studio.selection.getState()
    const target = active === undefined ? first(studio) : way(studio, active)
    if (target !== undefined) goTo(studio, target, { extend })
    else if (documentOf(studio).nodes.length === 0) studio.announcer.say('The canvas is empty. Press / to add a step.', 'active')
  }
}

const arrow = (key: string, name: string, title: string, way: Way): readonly Command[] => [
  { id: `canvas.walk-${name}`, title, shortcuts: [key], scope: 'canvas', run: walk(way, false) },
  {
    id: `canvas.extend-${name}`,
    title: `Select on: ${title.toLowerCase()}`,
    shortcuts: [`Shift+${key}`],
    scope: 'canvas',
    run: walk(way, true),
  },
]

export const walkCommands: readonly Command[] = [
  ...arrow('ArrowRight', 'right', 'To the next step', right),
  ...arrow('ArrowLeft', 'left', 'Back to the step before', left),
  ...arrow('ArrowUp', 'up', 'To the step above', up),
  ...arrow('ArrowDown', 'down', 'To the step below', down),
  { id: 'canvas.walk-first', title: 'To the first step', shortcuts: ['Home'], scope: 'canvas', run: walk(first, false) },
  { id: 'canvas.walk-last', title: 'To the last step', shortcuts: ['End'], scope: 'canvas', run: walk(last, false) },
  {
    id: 'canvas.previous-part',
    title: 'To the previous unconnected part',
    shortcuts: ['PageUp'],
    scope: 'canvas',
    run: walk(part(-1), false),
  },
  { id: 'canvas.next-part', title: 'To the next unconnected part', shortcuts: ['PageDown'], scope: 'canvas', run: walk(part(1), false) },
]
