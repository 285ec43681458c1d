import { addNote } from '../../edit/add-note.ts'
import type { Command } from '../command.ts'

export const note: Command = {
  id: 'canvas.add-note',
  title: 'Add a note',
  shortcuts: ['N'],
  scope: 'canvas',
  run(studio) {
    addNote(studio)
  },
}
