import type { DocumentNote } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import type { Point } from '../state/change.ts'
import { snapped } from './places.ts'

/** Size of a new note. */
export const NOTE = { width: 256, height: 80 } as const
const LINE = { letters: 33, height: 20, padding: 16 } as const

/** Of a note whose document says none: as high as its text, about. */
export function noteSize({ text, width = NOTE.width, height }: DocumentNote): { readonly width: number; readonly height: number } {
  if (height !== undefined) return { width, height }
  return { width, height: LINE.padding + LINE.height * linesOf(text, (LINE.letters * width) / NOTE.width) }
}

/** Lines of a text whose words are wrapped after so many letters. */
function linesOf(text: string, letters: number): number {
  let lines = 0
  for (const paragraph of text.split('\n')) {
    lines++
    let used = 0
    for (const { length } of paragraph.split(' ')) {
      if (used > 0 && used + 1 + length > letters) {
        lines++
        used = length
      } else used += (used > 0 ? 1 : 0) + length
    }
  }
  return lines
}

/** Adds an empty note in the middle of what is seen and begins to edit it. */
export function addNote(studio: Studio, options: { readonly at?: Point; readonly text?: string } = {}): number {
  const { document } = studio.documents.getState()
  const center = studio.canvas.port?.center() ?? { x: 0, y: 0 }
  const at = snapped(options.at ?? { x: center.x - NOTE.width / 2, y: center.y - NOTE.height / 2 })
  const index = document.notes.length
  const note = { text: options.text ?? '', ...at, ...NOTE }
  const item = { type: 'note', index } as const
  studio.documents.act({ label: 'add a note', changes: [{ type: 'add', notes: [note] }], focus: item })
  studio.selection.select(item)
  studio.canvas.port?.reveal(item)
  studio.mode.enter({ type: 'note', index })
  studio.announcer.say('Note added.')
  return index
}

/** Writes the text of a note: one step of undo for each time that it was edited. */
export function setNoteText(studio: Studio, index: number, text: string): void {
  const note = studio.documents.getState().document.notes[index]
  if (note === undefined || note.text === text) return
  studio.documents.act({
    label: 'edit a note',
    changes: [{ type: 'set-note', index, note: { ...note, text } }],
    focus: { type: 'note', index },
  })
}

export function resizeNote(studio: Studio, index: number, box: Point & { readonly width: number; readonly height: number }): void {
  const note = studio.documents.getState().document.notes[index]
  if (note === undefined) return
  const size = { width: Math.round(box.width), height: Math.round(box.height) }
  studio.documents.act({
    label: 'resize a note',
    changes: [{ type: 'set-note', index, note: { ...note, x: Math.round(box.x), y: Math.round(box.y), ...size } }],
    focus: { type: 'note', index },
  })
}
