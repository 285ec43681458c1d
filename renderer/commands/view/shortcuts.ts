import type { Command } from '../command.ts'

export const shortcuts: Command = {
  id: 'view.shortcuts',
  title: 'Keyboard shortcuts',
  menu: 'help',
  shortcuts: ['?'],
  scope: 'canvas',
  run: ({ view }) => view.setState({ dialog: { type: 'shortcuts' } }),
}
