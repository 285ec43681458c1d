import { beforeEach, expect, test } from 'vitest'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { writeDocument } from '../../pipeline-runtime/spec/write-document.ts'
import type { Studio } from '../app/studio.ts'
import { examples } from '../gallery/examples.ts'
import type { RuntimeClient, ShellClient } from '../host/host.ts'
import { isEdited } from '../state/document-store.ts'
import { testStudio } from '../test-studio.contract.ts'
import { newDocument, openDocument, replaceDocument, saveDocument, saveDocumentAs } from './document-files.ts'
import { mayLeave } from './leave-document.ts'

/** What the shell was asked, and what it has on its disk. */
let disk: Map<string, { text: string; revision: string }>
let studio: Studio
let said: string[]
let stopped: string[]

/** Only what stopping a run uses. */
const runtime = { runs: { stop: async ({ runId }: { runId: string }) => void stopped.push(runId) } } as unknown as RuntimeClient

const refusal = (code: string, message: string) => Object.assign(new Error(message), { data: { code, message } })
let revisions = 0

const documents = {
  open: async ({ path = '' }: { path?: string }) => {
    const file = disk.get(path)
    if (file === undefined) throw refusal('DOCUMENT_MISSING', `${path} is not there (any more).`)
    return { path, name: path, folder: '/docs', ...file }
  },
  save: async ({ path, text, revision }: { path: string; text: string; revision?: string }) => {
    if (revision !== undefined && disk.get(path)?.revision !== revision) throw refusal('DOCUMENT_CHANGED', 'Changed by another program.')
    return write(path, text)
  },
  saveAs: async ({ path = '', text, overwrite }: { path?: string; text: string; overwrite: boolean }) => {
    if (disk.has(path) && !overwrite) throw refusal('DOCUMENT_EXISTS', `${path} is there already.`)
    return write(path, text)
  },
}

function write(path: string, text: string) {
  const revision = `r${++revisions}`
  disk.set(path, { text, revision })
  return { path, name: path, folder: '/docs', revision }
}

beforeEach(() => {
  disk = new Map()
  said = []
  stopped = []
  const { studio: page } = testStudio()
  studio = {
    ...page,
    announcer: { say: (text) => void said.push(text), alarm: (text) => void said.push(text) },
    // Only what opening and saving use.
    host: { ...page.host, shell: { documents } as unknown as ShellClient, runtime: { ...page.host.runtime, client: runtime } },
  }
})

/** A run of what is open is under way. */
function runs(armed: boolean): void {
  const { document, documentId } = studio.documents.getState()
  studio.runs.show({
    runId: 'run-1',
    documentId,
    document,
    spec: undefined,
    target: { type: 'sample' },
    armed,
    state: { type: 'running' },
    update: undefined,
    previous: undefined,
  })
}

const text = writeDocument(example().open(), { kinds })
/** As a person might write it: other blanks, other order. */
const byHand = `{"name":"By hand","format":1,"kinds":{},\n\n"nodes":[],"edges":[]}`

function example() {
  const [first] = examples
  if (first === undefined) throw new Error('no example')
  return first
}

/** Answers the question or dialog that is open as soon as it is. */
async function answer<T>(act: () => Promise<T>, ...answers: readonly (string | undefined)[]): Promise<{ result: T; questions: string[] }> {
  const questions: string[] = []
  const left = [...answers]
  const stop = studio.view.subscribe(({ dialog }) => {
    if (dialog === undefined || !('answer' in dialog || dialog.type === 'confirm')) return
    questions.push(dialog.type === 'confirm' ? dialog.confirm.title : dialog.type)
    const next = left.shift()
    queueMicrotask(() => (dialog.type === 'confirm' ? dialog.confirm.answer(next) : dialog.answer(next)))
  })
  const result = await act()
  stop()
  expect(left).toEqual([])
  return { result, questions }
}

const rename = (name: string): void => studio.documents.act({ label: 'rename', changes: [{ type: 'set-document', fields: { name } }] })
const dialog = () => studio.view.getState().dialog

test('opened and saved without an edit, a file keeps its bytes, also one written by hand', async () => {
  for (const written of [text, byHand]) {
    write('a.millrace.json', written)
    await openDocument(studio, 'a.millrace.json')
    expect(await saveDocument(studio)).toBe(true)
    expect(disk.get('a.millrace.json')?.text).toBe(written)
  }
})

test('edited and undone it is unedited again, and saves the same bytes', async () => {
  write('a.millrace.json', byHand)
  await openDocument(studio, 'a.millrace.json')
  rename('Other')
  expect(isEdited(studio.documents.getState())).toBe(true)
  studio.documents.undo()
  expect(isEdited(studio.documents.getState())).toBe(false)
  await saveDocument(studio)
  expect(disk.get('a.millrace.json')?.text).toBe(byHand)
})

test('an edit is written canonically, and two saves in a row meet no conflict', async () => {
  write('a.millrace.json', byHand)
  await openDocument(studio, 'a.millrace.json')
  rename('One')
  await saveDocument(studio)
  rename('Two')
  expect(await saveDocument(studio)).toBe(true)
  expect(disk.get('a.millrace.json')?.text).toContain('"name": "Two"')
  expect(isEdited(studio.documents.getState())).toBe(false)
})

test('a file that was changed elsewhere is not overwritten without asking', async () => {
  write('a.millrace.json', text)
  await openDocument(studio, 'a.millrace.json')
  rename('Mine')
  write('a.millrace.json', byHand)
  const cancelled = await answer(() => saveDocument(studio), 'cancel')
  expect(cancelled).toEqual({ result: false, questions: ['"a.millrace.json" was changed elsewhere'] })
  expect(disk.get('a.millrace.json')?.text).toBe(byHand)
  expect(isEdited(studio.documents.getState())).toBe(true)
  const same = await answer(() => saveDocument(studio), 'save-as', 'a.millrace.json', 'cancel')
  expect(same.questions).toEqual(['"a.millrace.json" was changed elsewhere', 'save-as', 'Replace "a.millrace.json"?'])
  expect(disk.get('a.millrace.json')?.text).toBe(byHand)
  expect((await answer(() => saveDocument(studio), 'overwrite')).result).toBe(true)
  expect(disk.get('a.millrace.json')?.text).toContain('"name": "Mine"')
})

test('a name that is taken is asked about; the new place is then the document', async () => {
  write('taken.millrace.json', byHand)
  replaceDocument(studio, example().open())
  const kept = await answer(() => saveDocumentAs(studio), 'taken.millrace.json', 'cancel')
  expect(kept).toEqual({ result: false, questions: ['save-as', 'Replace "taken.millrace.json"?'] })
  expect(disk.get('taken.millrace.json')?.text).toBe(byHand)
  expect((await answer(() => saveDocumentAs(studio), 'taken.millrace.json', 'replace')).result).toBe(true)
  expect(studio.documents.getState().place?.path).toBe('taken.millrace.json')
  expect(disk.get('taken.millrace.json')?.text).toBe(text)
})

test('unsaved changes: saved, dropped, or the document stays', async () => {
  replaceDocument(studio, example().open())
  rename('Mine')
  const stays = await answer(() => newDocument(studio), 'cancel')
  expect(stays).toEqual({ result: false, questions: ['Save the changes of "Mine"?'] })
  expect(studio.documents.getState().document.name).toBe('Mine')
  // Save, then the dialog of the place is closed: nothing is lost.
  expect((await answer(() => mayLeave(studio), 'save', undefined)).result).toBe(false)
  expect((await answer(() => newDocument(studio), 'save', 'mine.millrace.json')).result).toBe(true)
  expect(disk.get('mine.millrace.json')?.text).toContain('"name": "Mine"')
  rename('Again')
  expect((await answer(() => newDocument(studio), 'drop')).result).toBe(true)
  expect(studio.documents.getState().document.name).toBe('Untitled')
})

test('a run of the document that another one replaces is stopped, and asked about where it writes', async () => {
  replaceDocument(studio, example().open())
  runs(true)
  const stays = await answer(() => newDocument(studio), 'cancel')
  expect(stays).toEqual({ result: false, questions: ['A run that writes is under way'] })
  expect(stopped).toEqual([])
  expect((await answer(() => newDocument(studio), 'stop')).result).toBe(true)
  expect(stopped).toEqual(['run-1'])
  runs(false)
  expect(await answer(() => newDocument(studio))).toEqual({ result: true, questions: [] })
  expect(stopped).toEqual(['run-1', 'run-1'])
})

test('what cannot be opened is explained, and what is open stays', async () => {
  replaceDocument(studio, example().open())
  write('broken.millrace.json', '{ "format": 1,')
  await openDocument(studio, 'broken.millrace.json')
  expect(dialog()).toMatchObject({ type: 'failure', title: 'broken.millrace.json could not be opened' })
  await openDocument(studio, 'gone.millrace.json')
  expect(dialog()).toMatchObject({ type: 'failure', message: 'gone.millrace.json is not there (any more).' })
  expect(studio.documents.getState().document.name).toBe('Purchases per country')
})

test('a question that another one takes the place of is answered as cancelled', async () => {
  replaceDocument(studio, example().open())
  rename('Mine')
  const first = mayLeave(studio)
  const second = answer(() => mayLeave(studio), 'drop')
  expect(await first).toBe(false)
  expect((await second).result).toBe(true)
})

test('a document that was replaced while it was saved leaves no place to the one that is open', async () => {
  disk.set('a.millrace.json', { text: byHand, revision: 'r0' })
  await openDocument(studio, 'a.millrace.json')
  const saving = saveDocument(studio)
  replaceDocument(studio, example().open())
  expect(await saving).toBe(true)
  expect(studio.documents.getState().place).toBeUndefined()
})
