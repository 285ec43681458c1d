import { expect, test } from 'vitest'
import { createDocumentStore, type DocumentStore, emptyDocument } from './document-store.ts'

const name = (store: DocumentStore): string => store.getState().document.name
const rename = (store: DocumentStore, to: string): void =>
  store.act({ label: 'rename', changes: [{ type: 'set-document', fields: { name: to } }], mergeKey: 'name' })

test('what is typed comes into the document a moment later', async () => {
  const store = createDocumentStore()
  store.later(() => rename(store, 'A'))
  expect(name(store)).toBe('Untitled')
  await expect.poll(() => name(store)).toBe('A')
})

test('whatever is done next finds what was typed before in the document', () => {
  const store = createDocumentStore()
  store.later(() => rename(store, 'A'))
  store.later(() => rename(store, 'AB'))
  expect(name(store)).toBe('A')
  store.sealHistory()
  expect(name(store)).toBe('AB')
  store.later(() => rename(store, 'ABC'))
  store.undo()
  expect(name(store)).toBe('AB')
  store.undo()
  expect(name(store)).toBe('Untitled')
  store.redo()
  store.later(() => rename(store, 'AC'))
  store.settle()
  expect(name(store)).toBe('AC')
})

test('a document that was drawn before it had a file keeps its identity when it is opened again, so that its run is found', () => {
  const store = createDocumentStore()
  const place = { path: '/d/a.millrace.json', name: 'a.millrace.json', folder: '/d' }
  const drawn = store.getState()
  store.markSaved(drawn.document, place)
  store.open(emptyDocument)
  expect(store.getState().documentId).not.toBe(drawn.documentId)
  store.open(emptyDocument, { place })
  expect(store.getState().documentId).toBe(drawn.documentId)
  const copy = { ...place, path: '/d/b.millrace.json' }
  store.markSaved(store.getState().document, copy)
  store.open(emptyDocument, { place: copy })
  expect(store.getState().documentId).toBe(copy.path)
})

test('the file that a copy was made of is another document than the copy, which is still open', () => {
  const store = createDocumentStore()
  const place = { path: '/d/a.millrace.json', name: 'a.millrace.json', folder: '/d' }
  store.open(emptyDocument, { place })
  store.markSaved(store.getState().document, { ...place, path: '/d/b.millrace.json' })
  const { documentId } = store.getState()
  store.open(emptyDocument, { place })
  expect(store.getState().documentId).not.toBe(documentId)
})

test('once done it is not done again', async () => {
  const store = createDocumentStore()
  let times = 0
  store.later(() => {
    times++
  })
  store.settle()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(times).toBe(1)
})
