import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import type { Item } from '../state/item.ts'
import { focusAfter } from './delete.ts'
import { hasItem } from './has-item.ts'

export function undo(studio: Studio): void {
  step(studio, studio.documents.undo, 'Undone', 'Nothing to undo.')
}

export function redo(studio: Studio): void {
  step(studio, studio.documents.redo, 'Done again', 'Nothing to do again.')
}

type Step = () => { readonly label: string; readonly focus: Item | undefined } | undefined

function step(studio: Studio, take: Step, word: string, nothing: string): void {
  const before = studio.documents.getState().document
  const done = take()
  if (done === undefined) {
    studio.announcer.say(nothing)
    return
  }
  const focus = focusOf(done.focus, before, studio.documents.getState().document)
  if (focus !== undefined) {
    studio.selection.select(focus)
    studio.canvas.port?.reveal(focus)
  }
  // Who goes back many steps hears the last one.
  studio.announcer.say(`${word}: ${done.label}`, 'history')
}

/** A note is known by its place only: the one that moved up to it is another. */
function stands(item: Item, before: Document, after: Document): boolean {
  if (item.type !== 'note') return hasItem(after, item)
  const note = after.notes[item.index]
  return note !== undefined && (note === before.notes[item.index] || !before.notes.includes(note))
}

/** What was changed; where that is gone now, what has the focus after deleting it. */
function focusOf(changed: Item | undefined, before: Document, after: Document): Item | undefined {
  if (changed === undefined || stands(changed, before, after)) return changed
  const gone = before.nodes.flatMap(({ id }) => (hasItem(after, { type: 'node', id }) ? [] : [id]))
  const next = focusAfter(before, gone, changed.type === 'edge' ? [changed.edge] : [])
  return next !== undefined && hasItem(after, next) ? next : undefined
}
