import type { SavedDocument } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { refusalOf } from '../host/refusal.ts'
import type { DocumentPlace } from '../state/document-store.ts'
import { ask, askWith } from '../state/view-store.ts'
import { documentName, suggestedFileName } from './document-name.ts'
import { documentText, rememberText } from './document-text.ts'
import { showFailure } from './show-failure.ts'

/** Saves where the document stands, or asks where. False: it is not saved. */
export async function saveDocument(studio: Studio): Promise<boolean> {
  const { place, document, documentId } = studio.documents.getState()
  if (place === undefined) return saveDocumentAs(studio)
  return writeTo(studio, place, { document, documentId, text: documentText(document) }, place.revision)
}

/**
 * Asks for a place and saves there. `ownIsOurs`: the file where the document stands already may be overwritten without a question. False: it
 * is not saved.
 */
export async function saveDocumentAs(studio: Studio, ownIsOurs = true): Promise<boolean> {
  const { documents, view, capabilities, host } = studio
  const { place, document, documentId } = documents.getState()
  const suggestedName = place?.name ?? suggestedFileName(document.name)
  const text = documentText(document)
  if (capabilities.documents === 'dialogs') {
    try {
      return took(studio, { document, documentId, text }, await host.shell.documents.saveAs({ suggestedName, text }))
    } catch (error) {
      return fail(studio, error)
    }
  }
  const path = await askWith<string>(view, (answer) => ({ type: 'save-as', suggestedName, answer }))
  const overwrite = ownIsOurs && path === place?.path
  return path !== undefined && writeAs(studio, { document, documentId, text, path, suggestedName, overwrite })
}

/** What is written. */
interface Written {
  readonly document: Document
  readonly documentId: string
  readonly text: string
}

interface NewFile extends Written {
  readonly path: string
  readonly suggestedName: string
  readonly overwrite: boolean
}

async function writeAs(studio: Studio, file: NewFile): Promise<boolean> {
  const { text, path, suggestedName, overwrite } = file
  try {
    return took(studio, file, await studio.host.shell.documents.saveAs({ suggestedName, text, path, overwrite }))
  } catch (error) {
    if (refusalOf(error).code !== 'DOCUMENT_EXISTS') return fail(studio, error)
    const choice = await ask(studio.view, {
      title: `Replace "${path}"?`,
      text: 'A document of this name is there already.',
      choices: [
        { id: 'replace', title: 'Replace', kind: 'danger' },
        { id: 'cancel', title: 'Cancel', kind: 'plain' },
      ],
    })
    return choice === 'replace' && writeAs(studio, { ...file, overwrite: true })
  }
}

async function writeTo(studio: Studio, place: DocumentPlace, written: Written, revision: string | undefined): Promise<boolean> {
  const { text } = written
  try {
    const saved = await studio.host.shell.documents.save({ path: place.path, text, ...(revision === undefined ? {} : { revision }) })
    return took(studio, written, saved)
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal.code !== 'DOCUMENT_CHANGED') return fail(studio, error)
    const choice = await ask(studio.view, {
      title: `"${place.name}" was changed elsewhere`,
      text: refusal.message,
      choices: [
        { id: 'save-as', title: 'Save as…', kind: 'primary' },
        { id: 'overwrite', title: 'Overwrite', kind: 'danger' },
        { id: 'cancel', title: 'Cancel', kind: 'plain' },
      ],
    })
    // That name stands for what another program wrote.
    if (choice === 'save-as') return saveDocumentAs(studio, false)
    return choice === 'overwrite' && writeTo(studio, place, written, undefined)
  }
}

/** What was edited meanwhile is still unsaved. Null: the user cancelled. */
function took(studio: Studio, { document, documentId, text }: Written, saved: SavedDocument | null): boolean {
  if (saved === null) return false
  rememberText(document, text)
  // Another document may be open by now: it does not stand where this one was written.
  if (studio.documents.getState().documentId !== documentId) return true
  const { path, name, folder, revision } = saved
  studio.documents.markSaved(document, { path, name, folder, revision })
  studio.announcer.say(`Saved ${documentName(studio.documents.getState())}.`, 'file')
  return true
}

function fail(studio: Studio, error: unknown): false {
  showFailure(studio, 'Not saved', refusalOf(error).message, ['What you drew is still here.'])
  return false
}
