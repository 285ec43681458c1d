import { layoutAll } from '../../edit/layout.ts'
import type { Command } from '../command.ts'

export const layout: Command = {
  id: 'canvas.layout',
  title: 'Tidy up',
  menu: 'view',
  shortcuts: ['L'],
  scope: 'canvas',
  enabled: ({ view, documents }) => !view.getState().gallery && documents.getState().document.nodes.length > 0,
  run: layoutAll,
}
