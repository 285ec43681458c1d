import type { Studio } from '../app/studio.ts'
import { isEdited } from '../state/document-store.ts'
import { ask } from '../state/view-store.ts'
import { replaceDocument } from './document-files.ts'
import { documentName } from './document-name.ts'
import { forgetUnsaved, keepUnsaved, leaveBehind, leftBehind, type UnsavedStorage } from './unsaved-store.ts'
import { windowId } from './window-id.ts'

const AFTER_MS = 1000

/** Keeps what is not saved for the case of a crash, and offers what the last one left. Returns the way to forget it: it was let go on purpose. */
export async function recover(studio: Studio): Promise<{ forget(): void }> {
  const storage = storageOfPage()
  if (storage === undefined) return { forget: () => undefined }
  const own = await windowId()
  leaveBehind(storage, own.id)
  const left = leftBehind(storage, own.isAlive)
  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = (): void => {
    const state = studio.documents.getState()
    if (isEdited(state)) keepUnsaved(storage, own.id, { document: state.document, place: state.place, atMs: Date.now() })
    else forgetUnsaved(storage, own.id)
  }
  const follow = (): void => {
    studio.documents.subscribe((state, before) => {
      if (state.document === before.document && state.saved === before.saved) return
      clearTimeout(timer)
      timer = setTimeout(keep, AFTER_MS)
    })
  }
  void offer(studio, storage, left).then(() => {
    follow()
    // What was restored is unsaved still.
    keep()
  })
  return {
    forget() {
      clearTimeout(timer)
      forgetUnsaved(storage, own.id)
    },
  }
}

/** Undefined where the browser gives a page none: what is not saved holds until it is closed. */
function storageOfPage(): UnsavedStorage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** Asks about each until one is taken; the others are offered at the next start. */
async function offer(studio: Studio, storage: UnsavedStorage, left: ReturnType<typeof leftBehind>): Promise<void> {
  for (const [id, { document, place, atMs }] of left) {
    const name = documentName({ document, place })
    const choice = await ask(studio.view, {
      title: `Restore the unsaved changes of "${name}"?`,
      text: `The window was closed without saving them. They are of ${time.format(atMs)}.`,
      choices: [
        { id: 'restore', title: 'Restore', kind: 'primary' },
        { id: 'drop', title: 'Discard', kind: 'danger' },
        { id: 'later', title: 'Later', kind: 'plain' },
      ],
    })
    if (choice === 'restore' || choice === 'drop') forgetUnsaved(storage, id)
    if (choice === 'restore') {
      replaceDocument(studio, document, { ...(place === undefined ? {} : { place }), edited: true })
      studio.announcer.alarm(`Restored after a crash: ${name}.`)
    }
    if (choice !== 'drop') return
  }
}
