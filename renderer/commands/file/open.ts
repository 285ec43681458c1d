import { openDocument } from '../../files/document-files.ts'
import type { Command } from '../command.ts'

export const open: Command = {
  id: 'file.open',
  title: 'Open…',
  menu: 'file',
  shortcuts: ['Mod+O'],
  scope: 'everywhere',
  run: (studio) => openDocument(studio),
}
