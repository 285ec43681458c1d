import type { Command } from '../command.ts'

export const documentSettings: Command = {
  id: 'file.settings',
  title: 'Document settings…',
  menu: 'file',
  scope: 'everywhere',
  enabled: ({ view }) => !view.getState().gallery,
  run: ({ view }) => view.setState({ dialog: { type: 'document-settings' } }),
}
