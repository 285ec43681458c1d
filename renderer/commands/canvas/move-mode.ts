import { keepMove, moveBy, putBack, startMove } from '../../edit/move-mode.ts'
import { GRID } from '../../edit/places.ts'
import type { Point } from '../../state/change.ts'
import type { Command } from '../command.ts'

export const moveMode: Command = {
  id: 'canvas.move',
  title: 'Move with the arrow keys',
  shortcuts: ['M'],
  scope: 'canvas',
  enabled: ({ selection }) => selection.getState().active?.type !== 'edge' && selection.getState().active !== undefined,
  run: startMove,
}

const FAR = 4 * GRID

const arrow = (key: string, word: string, { x, y }: Point): readonly Command[] => [
  {
    id: `canvas.move-${word}`,
    title: `Move ${word}`,
    shortcuts: [`Arrow${key}`],
    scope: 'canvas',
    modes: ['move'],
    run: (studio) => moveBy(studio, { x: x * GRID, y: y * GRID }),
  },
  {
    id: `canvas.move-far-${word}`,
    title: `Move further ${word}`,
    shortcuts: [`Shift+Arrow${key}`],
    scope: 'canvas',
    modes: ['move'],
    run: (studio) => moveBy(studio, { x: x * FAR, y: y * FAR }),
  },
]

export const moveCommands: readonly Command[] = [
  ...arrow('Right', 'right', { x: 1, y: 0 }),
  ...arrow('Left', 'left', { x: -1, y: 0 }),
  ...arrow('Up', 'up', { x: 0, y: -1 }),
  ...arrow('Down', 'down', { x: 0, y: 1 }),
  { id: 'canvas.move-keep', title: 'Keep it here', shortcuts: ['Enter'], scope: 'canvas', modes: ['move'], run: keepMove },
  { id: 'canvas.move-back', title: 'Put it back', shortcuts: ['Escape'], scope: 'canvas', modes: ['move'], run: putBack },
]
