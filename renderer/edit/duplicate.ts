import type { Studio } from '../app/studio.ts'
import { copiedItems } from './copied-items.ts'
import { pasteItems } from './paste-items.ts'

/** What is selected once more beside itself, with the links between. */
export function duplicateSelection(studio: Studio): void {
  const items = copiedItems(studio)
  if (items === undefined) {
    studio.announcer.say('Select something to duplicate it.')
    return
  }
  pasteItems(studio, items, 'duplicate')
}
