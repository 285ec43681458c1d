import { itemName } from '../../edit/go-to.ts'
import type { Command } from '../command.ts'

/** Of the ladder of Escape what is left on the canvas itself: popovers and modes have their own. */
export const escape: Command = {
  id: 'canvas.clear-selection',
  title: 'Select only this step',
  shortcuts: ['Escape'],
  scope: 'canvas',
  run(studio) {
    const { active, selected } = studio.selection.getState()
    if (selected.size <= 1) return
    studio.selection.select(active)
    if (active !== undefined) studio.announcer.say(itemName(studio, active), 'active')
  },
}
