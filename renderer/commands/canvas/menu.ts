import type { Item } from '../../state/item.ts'
import type { Command } from '../command.ts'
import { copy, cut, paste } from '../edit/clipboard.ts'
import { deleteAndJoinCommand, deleteCommand } from '../edit/delete.ts'
import { duplicate } from '../edit/duplicate.ts'
import { selectAll } from '../edit/select-all.ts'
import { note } from './add-note.ts'
import { addStep } from './add-step.ts'
import { connectFrom, connectInto } from './connect.ts'
import { edgeCommands } from './edge-mode.ts'
import { layout } from './layout.ts'
import { openSettings } from './open-settings.ts'
import { rename } from './rename.ts'
import { showData } from './show-data.ts'
import { fit } from './view.ts'

const ofEdge = ['canvas.link-data', 'canvas.link-insert']

/** What the menu of an item offers, in groups. */
export function canvasMenu(item: Item | undefined): readonly (readonly Command[])[] {
  switch (item?.type) {
    case 'node':
      return [
        [openSettings, showData, rename],
        [addStep, connectFrom, connectInto],
        [cut, copy, duplicate],
        [deleteCommand, deleteAndJoinCommand],
      ]
    case 'edge':
      return [edgeCommands.filter(({ id }) => ofEdge.includes(id)), [deleteCommand]]
    case 'note':
      return [[openSettings], [cut, copy, duplicate], [deleteCommand]]
    default:
      return [
        [addStep, note, paste],
        [selectAll, layout, fit],
      ]
  }
}
