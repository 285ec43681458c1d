import type { Studio } from '../app/studio.ts'
import type { Point } from '../state/change.ts'
import { itemName } from './go-to.ts'
import { moveTo, selectedPlaces } from './move.ts'

/** Begins to move what is selected by keys; nothing is written before Enter. */
export function startMove(studio: Studio): void {
  const { active, selected } = studio.selection.getState()
  if (active !== undefined && active.type !== 'edge' && selected.size === 0) studio.selection.select(active)
  const places = selectedPlaces(studio)
  const count = Object.keys(places.nodes).length + Object.keys(places.notes).length
  if (count === 0) {
    studio.announcer.say('Select a step to move it.')
    return
  }
  studio.mode.enter({ type: 'move', ...places })
  studio.announcer.say('Move: arrows move, with Shift further. Enter keeps, Escape puts back.', 'mode')
}

export function moveBy(studio: Studio, by: Point): void {
  const mode = studio.mode.getState()
  if (mode.type !== 'move') return
  const moved = (places: Readonly<Record<string, Point>>) =>
    Object.fromEntries(Object.entries(places).map(([id, { x, y }]) => [id, { x: x + by.x, y: y + by.y }]))
  studio.mode.enter({ type: 'move', nodes: moved(mode.nodes), notes: moved(mode.notes) })
}

/** One step of undo for the whole way. */
export function keepMove(studio: Studio): void {
  const mode = studio.mode.getState()
  if (mode.type !== 'move') return
  studio.mode.leave()
  moveTo(studio, mode)
  studio.announcer.say('Moved.', 'mode')
}

export function putBack(studio: Studio): void {
  studio.mode.leave()
  const { active } = studio.selection.getState()
  studio.announcer.say(active === undefined ? 'Put back.' : `Put back. ${itemName(studio, active)}`, 'mode')
}
