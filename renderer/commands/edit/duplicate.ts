import { duplicateSelection } from '../../edit/duplicate.ts'
import type { Command } from '../command.ts'

export const duplicate: Command = {
  id: 'edit.duplicate',
  title: 'Duplicate',
  menu: 'edit',
  shortcuts: ['Mod+D'],
  scope: 'everywhere',
  notInFields: true,
  enabled: ({ view, selection }) =>
    !view.getState().gallery && [...selection.getState().selected.values()].some(({ type }) => type !== 'edge'),
  run: duplicateSelection,
}
