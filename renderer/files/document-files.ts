import type { OpenedDocument } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { refusalOf } from '../host/refusal.ts'
import { type DocumentPlace, emptyDocument } from '../state/document-store.ts'
import { askWith } from '../state/view-store.ts'
import { documentName } from './document-name.ts'
import { rememberText } from './document-text.ts'
import { mayReplace } from './leave-document.ts'
import { readOpened } from './read-opened.ts'
import { showFailure } from './show-failure.ts'

export { saveDocument, saveDocumentAs } from './save-document.ts'

/** Opens a document; without a path asks for one. What is open and unsaved is asked about first. */
export async function openDocument(studio: Studio, path?: string): Promise<void> {
  const { capabilities, view, host } = studio
  let chosen = path
  if (chosen === undefined && capabilities.documents === 'folder') {
    chosen = await askWith<string>(view, (answer) => ({ type: 'open-document', answer }))
    if (chosen === undefined) return
  }
  try {
    const opened = await host.shell.documents.open(chosen === undefined ? {} : { path: chosen })
    if (opened !== null) await showOpened(studio, opened)
  } catch (error) {
    const name = chosen?.split(/[\\/]/).at(-1) ?? 'The document'
    showFailure(studio, `${name} could not be opened`, refusalOf(error).message)
  }
}

/**
 * Shows what was read of a file, also outside (file manager, a second start), after asking about what is open. What is no document is
 * explained, and what is open stays. False: nothing was opened.
 */
export async function showOpened(studio: Studio, { path, name, folder, revision, text }: OpenedDocument): Promise<boolean> {
  const reading = readOpened(name, text)
  if (reading.type === 'refused') {
    showFailure(studio, reading.title, reading.message, reading.details)
    return false
  }
  if (!(await mayReplace(studio))) return false
  if (!reading.migrated) rememberText(reading.document, text)
  replaceDocument(studio, reading.document, { place: { path, name, folder, revision }, edited: reading.migrated })
  return true
}

/** An empty canvas, after asking about what is open. */
export async function newDocument(studio: Studio): Promise<boolean> {
  if (!(await mayReplace(studio))) return false
  replaceDocument(studio, { ...emptyDocument })
  return true
}

/** Puts a document on the canvas without asking, and forgets what was selected. */
export function replaceDocument(
  studio: Studio,
  document: Document,
  options: { readonly place?: DocumentPlace; readonly edited?: boolean } = {},
): void {
  studio.documents.open(document, options)
  studio.selection.select(undefined)
  studio.mode.leave()
  studio.view.setState({ gallery: false, drawer: undefined, dialog: undefined })
  const steps = document.nodes.length
  const migrated = options.edited === true ? ' It was brought up to date; save it to keep that.' : ''
  studio.announcer.say(
    `Opened ${documentName(studio.documents.getState())}, ${steps === 1 ? '1 step' : `${steps} steps`}.${migrated}`,
    'file',
  )
  // The canvas is drawn first.
  setTimeout(() => {
    studio.canvas.port?.showAll()
    studio.focus.go('canvas')
  })
}
