import type { Command } from '../command.ts'

export const guide: Command = {
  id: 'view.guide',
  title: 'Guide',
  menu: 'help',
  scope: 'everywhere',
  enabled: ({ capabilities }) => capabilities.host === 'desktop',
  run: ({ host }) => host.shell.window.openGuide(),
}
