import type { Studio } from '../app/studio.ts'
import { isEdited } from '../state/document-store.ts'
import { ask } from '../state/view-store.ts'
import { nameOf } from './document-name.ts'
import { saveDocument } from './save-document.ts'

/** Whether the document may be closed: asks where it has unsaved changes, and saves if that is the answer. */
export async function mayLeave(studio: Studio): Promise<boolean> {
  const state = studio.documents.getState()
  if (!isEdited(state)) return true
  const choice = await ask(studio.view, {
    title: `Save the changes of "${nameOf(state)}"?`,
    text: 'Otherwise they are lost.',
    choices: [
      { id: 'save', title: 'Save', kind: 'primary' },
      { id: 'drop', title: "Don't save", kind: 'danger' },
      { id: 'cancel', title: 'Cancel', kind: 'plain' },
    ],
  })
  if (choice === 'save') return saveDocument(studio)
  return choice === 'drop'
}
