import type { Command } from '../command.ts'

export const newWindow: Command = {
  id: 'file.new-window',
  title: 'New window',
  menu: 'file',
  shortcuts: ['Mod+Shift+N'],
  scope: 'everywhere',
  enabled: ({ capabilities }) => capabilities.host === 'desktop',
  run: ({ host }) => host.shell.window.open(),
}
