import { itemName } from '../../edit/go-to.ts'
import { itemKey } from '../../state/item.ts'
import type { Command } from '../command.ts'

export const toggleSelection: Command = {
  id: 'canvas.toggle-selection',
  title: 'Select or not',
  shortcuts: ['Space'],
  scope: 'canvas',
  enabled: ({ selection }) => selection.getState().active !== undefined,
  run(studio) {
    const { active } = studio.selection.getState()
    if (active === undefined) return
    studio.selection.toggle(active)
    const on = studio.selection.getState().selected.has(itemKey(active))
    studio.announcer.say(`${on ? 'Selected' : 'Not selected'}: ${itemName(studio, active)}`, 'active')
  },
}
