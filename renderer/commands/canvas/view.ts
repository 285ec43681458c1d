import type { Studio } from '../../app/studio.ts'
import type { Command } from '../command.ts'

const STEP = 1.25
const hasCanvas = ({ canvas }: Studio): boolean => canvas.port !== undefined

const view = (id: string, title: string, shortcuts: readonly string[], run: (studio: Studio) => void): Command => ({
  id: `canvas.${id}`,
  title,
  menu: 'view',
  shortcuts,
  scope: 'canvas',
  enabled: hasCanvas,
  run,
})

export const fit = view('fit', 'Show all', ['F'], ({ canvas }) => canvas.port?.fit())
export const fitSelection = view('fit-selection', 'Show what is selected', ['Shift+F'], ({ canvas, selection }) => {
  const items = [...selection.getState().selected.values()]
  canvas.port?.fit(items.length === 0 ? undefined : items)
})
export const zoomIn = view('zoom-in', 'Zoom in', ['+', '='], ({ canvas }) => canvas.port?.zoomBy(STEP))
export const zoomOut = view('zoom-out', 'Zoom out', ['-', '−'], ({ canvas }) => canvas.port?.zoomBy(1 / STEP))
export const zoomToFull = view('zoom-100', 'Zoom to 100 %', ['0'], ({ canvas }) => canvas.port?.zoomTo(1))
