import type { Studio } from '../app/studio.ts'
import { stopRun } from '../run/run-control.ts'
import { isEdited } from '../state/document-store.ts'
import { isUnderWay } from '../state/run-store.ts'
import { ask } from '../state/view-store.ts'
import { documentName } from './document-name.ts'
import { saveDocument } from './save-document.ts'

/**
 * Whether another document may take the place of this one. What runs is stopped then, so that nothing goes on where nobody sees it: a run
 * that only looks without a word, one that writes after asking.
 */
export async function mayReplace(studio: Studio): Promise<boolean> {
  const { run } = studio.runs.getState()
  if (isUnderWay(run) && run?.armed === true) {
    const choice = await ask(studio.view, {
      title: 'A run that writes is under way',
      text: 'Opening another document here stops it; the next run can continue from there. A window of its own leaves it alone.',
      choices: [
        { id: 'stop', title: 'Stop it', kind: 'danger' },
        { id: 'cancel', title: 'Cancel', kind: 'plain' },
      ],
    })
    if (choice !== 'stop') return false
  }
  if (!(await mayLeave(studio))) return false
  await stopRun(studio)
  return true
}

/** Whether the document may be closed: asks where it has unsaved changes, and saves if that is the answer. */
export async function mayLeave(studio: Studio): Promise<boolean> {
  const state = studio.documents.getState()
  if (!isEdited(state)) return true
  const choice = await ask(studio.view, {
    title: `Save the changes of "${documentName(state)}"?`,
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
