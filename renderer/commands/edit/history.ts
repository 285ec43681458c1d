import { redo, undo } from '../../edit/history.ts'
import type { Command } from '../command.ts'

export const undoCommand: Command = {
  id: 'edit.undo',
  title: 'Undo',
  menu: 'edit',
  shortcuts: ['Mod+Z'],
  scope: 'everywhere',
  notInFields: true,
  enabled: ({ view, documents }) => !view.getState().gallery && documents.getState().undo.length > 0,
  run: undo,
}

export const redoCommand: Command = {
  id: 'edit.redo',
  title: 'Redo',
  menu: 'edit',
  shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
  scope: 'everywhere',
  notInFields: true,
  enabled: ({ view, documents }) => !view.getState().gallery && documents.getState().redo.length > 0,
  run: redo,
}
