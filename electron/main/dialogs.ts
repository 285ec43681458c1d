import { existsSync } from 'node:fs'
import path from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { DOCUMENT_ENDING } from '../../pipeline-runtime/rpc/shell-api.ts'

/** The system's dialogs. All of them answer undefined where the user cancelled. */

// macOS knows endings of one part only.
const DOCUMENTS = { name: 'Millrace documents', extensions: process.platform === 'darwin' ? ['json'] : ['millrace.json', 'json'] }
const DATA = { name: 'CSV and JSON lines', extensions: ['csv', 'tsv', 'jsonl', 'ndjson', 'json', 'txt'] }
const ALL = { name: 'All files', extensions: ['*'] }

export async function askForDocument(window: BrowserWindow, folder: string): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a document',
    defaultPath: folder || app.getPath('documents'),
    properties: ['openFile'],
    filters: [DOCUMENTS, ALL],
  })
  return filePaths[0]
}

/** Where to save a document; its name ends as documents end. */
export async function askWhereToSave(window: BrowserWindow, folder: string, suggestedName: string): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save as',
    defaultPath: path.join(folder || app.getPath('documents'), path.basename(suggestedName)),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
    filters: [DOCUMENTS],
  })
  if (canceled || filePath === undefined || filePath === '') return undefined
  const file = withEnding(filePath)
  // The system asked about the name that was typed, not about the one that came of it.
  return file === filePath || !existsSync(file) || (await confirmOverwrite(window, file)) ? file : undefined
}

export async function askWhereToExport(window: BrowserWindow, folder: string, suggestedName: string): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export',
    defaultPath: path.join(folder || app.getPath('documents'), path.basename(suggestedName)),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled || filePath === '' ? undefined : filePath
}

export async function askForDataFile(window: BrowserWindow, folder: string, purpose: 'read' | 'write'): Promise<string | undefined> {
  const defaultPath = folder || app.getPath('documents')
  if (purpose === 'read') {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Choose a file to read',
      defaultPath,
      properties: ['openFile'],
      filters: [DATA, ALL],
    })
    return filePaths[0]
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Choose a file to write',
    defaultPath: path.join(defaultPath, 'result.csv'),
    properties: ['createDirectory'],
    filters: [DATA, ALL],
  })
  return canceled || filePath === '' ? undefined : filePath
}

/** Whether the document may use files of a folder that is not its own. */
export async function askToAllow(window: BrowserWindow, title: string, file: string): Promise<boolean> {
  return choose(window, {
    message: `May “${title}” use files in this folder?`,
    detail: `${path.dirname(file)}\n\nA step of the document names ${path.basename(file)} there. Allow it only if you know where the document comes from.`,
    action: 'Allow',
  })
}

/** For a page that does not answer: the question that it would have asked. */
export async function askToLose(window: BrowserWindow, title: string, running: boolean): Promise<boolean> {
  return choose(window, {
    message: `Close “${title}” all the same?`,
    detail: `The window does not answer, so it cannot save. Changes that are not saved are lost${running ? ', and the run stops' : ''}.`,
    action: 'Close',
  })
}

/** After the page broke down. */
export async function askToReload(window: BrowserWindow, title: string, reason: string): Promise<boolean> {
  return choose(window, {
    message: `The window of “${title}” broke down.`,
    detail: `Its page ended (${reason}). What was not saved is lost; files are untouched. Open the window again?`,
    action: 'Open again',
  })
}

function confirmOverwrite(window: BrowserWindow, file: string): Promise<boolean> {
  return choose(window, {
    message: `Replace ${path.basename(file)}?`,
    detail: `It is there already, in ${path.dirname(file)}.`,
    action: 'Replace',
  })
}

async function choose(
  window: BrowserWindow,
  { message, detail, action }: { readonly message: string; readonly detail: string; readonly action: string },
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message,
    detail,
    buttons: [action, 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}

function withEnding(file: string): string {
  if (file.endsWith(DOCUMENT_ENDING)) return file
  return `${file.replace(/\.(millrace|json)$/i, '')}${DOCUMENT_ENDING}`
}
