import { newDocument as make } from '../../files/document-files.ts'
import type { Command } from '../command.ts'

export const newDocument: Command = {
  id: 'file.new',
  title: 'New document',
  menu: 'file',
  // Browsers keep Ctrl+N to themselves; in the desktop app the menu gives it.
  shortcuts: ['Mod+N'],
  scope: 'everywhere',
  async run(studio) {
    await make(studio)
  },
}
