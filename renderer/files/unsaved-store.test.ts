import { expect, test } from 'vitest'
import { examples } from '../gallery/examples.ts'
import { forgetUnsaved, keepUnsaved, leaveBehind, leftBehind, type UnsavedStorage } from './unsaved-store.ts'

function memory(limit = Number.POSITIVE_INFINITY): UnsavedStorage & { readonly held: Map<string, string> } {
  const held = new Map<string, string>()
  return {
    held,
    get length() {
      return held.size
    },
    key: (i) => [...held.keys()][i] ?? null,
    getItem: (key) => held.get(key) ?? null,
    setItem(key, value) {
      if (value.length > limit) throw new DOMException('full', 'QuotaExceededError')
      held.set(key, value)
    },
    removeItem: (key) => void held.delete(key),
  }
}

const document = examples[0]?.open()
const nobody = (): boolean => false

test('what a window that is gone left behind is found as it was, the newest first', () => {
  if (document === undefined) throw new Error('no example')
  const storage = memory()
  const place = { path: 'a.millrace.json', name: 'a.millrace.json', folder: '/docs', revision: 'r1' }
  keepUnsaved(storage, 'old', { document, place: undefined, atMs: 1 })
  keepUnsaved(storage, 'new', { document, place, atMs: 2 })
  expect(leftBehind(storage, nobody)).toEqual([
    ['new', { document, place, atMs: 2 }],
    ['old', { document, place: undefined, atMs: 1 }],
  ])
  forgetUnsaved(storage, 'new')
  expect(leftBehind(storage, nobody).map(([id]) => id)).toEqual(['old'])
})

test('what an open window keeps is its own, and what others keep in the storage is left alone', () => {
  if (document === undefined) throw new Error('no example')
  const storage = memory()
  storage.setItem('millrace.view', '{}')
  keepUnsaved(storage, 'mine', { document, place: undefined, atMs: 1 })
  expect(leftBehind(storage, (id) => id === 'mine')).toEqual([])
})

test('what a window kept before it was loaded anew is still found when the window keeps something else, or nothing', () => {
  if (document === undefined) throw new Error('no example')
  const storage = memory()
  const kept = (name: string, atMs: number) => keepUnsaved(storage, 'mine', { document: { ...document, name }, place: undefined, atMs })
  const names = () => leftBehind(storage, nobody).map(([, unsaved]) => unsaved.document.name)
  leaveBehind(storage, 'mine')
  expect(names()).toEqual([])
  kept('first', 1)
  leaveBehind(storage, 'mine')
  kept('second', 2)
  leaveBehind(storage, 'mine')
  kept('third', 3)
  expect(names()).toEqual(['third', 'second', 'first'])
  forgetUnsaved(storage, 'mine')
  expect(names()).toEqual(['second', 'first'])
})

test('an entry that cannot be read is passed over', () => {
  const storage = memory()
  storage.setItem('millrace.unsaved.a', '{"document":{"format":99},"atMs":1}')
  storage.setItem('millrace.unsaved.b', 'not JSON')
  expect(leftBehind(storage, nobody)).toEqual([])
})

test('where there is no room an older state is not kept in its place', () => {
  if (document === undefined) throw new Error('no example')
  const storage = memory(100)
  storage.setItem('millrace.unsaved.a', 'older')
  keepUnsaved(storage, 'a', { document, place: undefined, atMs: 1 })
  expect(storage.held.size).toBe(0)
})
