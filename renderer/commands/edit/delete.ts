import { deleteAndJoin, deleteSelection } from '../../edit/delete.ts'
import type { Command } from '../command.ts'

export const deleteCommand: Command = {
  id: 'edit.delete',
  title: 'Delete',
  shortcuts: ['Delete', 'Backspace'],
  scope: 'canvas',
  modes: ['walk', 'edge'],
  enabled: ({ selection }) => selection.getState().selected.size > 0,
  run(studio) {
    studio.mode.leave()
    deleteSelection(studio)
  },
}

export const deleteAndJoinCommand: Command = {
  id: 'edit.delete-and-join',
  title: 'Delete and join neighbours',
  shortcuts: ['Shift+Delete', 'Shift+Backspace'],
  scope: 'canvas',
  enabled: ({ selection }) => [...selection.getState().selected.values()].some(({ type }) => type === 'node'),
  run: deleteAndJoin,
}
