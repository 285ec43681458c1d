import type { Command } from '../command.ts'

export const guide: Command = {
  id: 'view.guide',
  title: 'Guide',
  menu: 'help',
  shortcuts: ['F1'],
  scope: 'everywhere',
  enabled: ({ capabilities }) => capabilities.host === 'desktop',
  run: ({ host }) => host.shell.window.openGuide(),
}
