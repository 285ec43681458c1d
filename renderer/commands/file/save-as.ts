import { saveDocumentAs } from '../../files/document-files.ts'
import type { Command } from '../command.ts'

export const saveAs: Command = {
  id: 'file.save-as',
  title: 'Save as…',
  menu: 'file',
  shortcuts: ['Mod+Shift+S'],
  scope: 'everywhere',
  enabled: ({ view }) => !view.getState().gallery,
  async run(studio) {
    await saveDocumentAs(studio)
  },
}
