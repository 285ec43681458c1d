import { saveDocument } from '../../files/document-files.ts'
import type { Command } from '../command.ts'

export const save: Command = {
  id: 'file.save',
  title: 'Save',
  menu: 'file',
  shortcuts: ['Mod+S'],
  scope: 'everywhere',
  enabled: ({ view }) => !view.getState().gallery,
  async run(studio) {
    await saveDocument(studio)
  },
}
