import type { Studio } from '../app/studio.ts'
import type { Item } from '../state/item.ts'
import { hasItem } from './has-item.ts'

export function undo(studio: Studio): void {
  step(studio, studio.documents.undo(), 'Undone', 'Nothing to undo.')
}

export function redo(studio: Studio): void {
  step(studio, studio.documents.redo(), 'Done again', 'Nothing to do again.')
}

function step(
  studio: Studio,
  done: { readonly label: string; readonly focus: Item | undefined } | undefined,
  word: string,
  nothing: string,
): void {
  if (done === undefined) {
    studio.announcer.say(nothing)
    return
  }
  const { document } = studio.documents.getState()
  if (done.focus !== undefined && hasItem(document, done.focus)) {
    studio.selection.select(done.focus)
    studio.canvas.port?.reveal(done.focus)
  }
  studio.announcer.say(`${word}: ${done.label}`)
}
