import { z } from 'zod'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { readDocumentJson } from '../../pipeline-runtime/spec/read-document.ts'
import type { DocumentPlace } from '../state/document-store.ts'

/** What a window has not saved yet, kept where the next start finds it. */
export interface Unsaved {
  readonly document: Document
  readonly place: DocumentPlace | undefined
  readonly atMs: number
}

const PREFIX = 'millrace.unsaved.'

const kept = z.object({
  document: z.unknown(),
  place: z.object({ path: z.string(), name: z.string(), folder: z.string(), revision: z.string().optional() }).optional(),
  atMs: z.number(),
})

export type UnsavedStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** One entry per window. A document that the storage has no room for is not kept: there is nothing better to do. */
export function keepUnsaved(storage: UnsavedStorage, windowId: string, unsaved: Unsaved): void {
  try {
    storage.setItem(PREFIX + windowId, JSON.stringify(unsaved))
  } catch {
    forgetUnsaved(storage, windowId)
  }
}

export function forgetUnsaved(storage: UnsavedStorage, windowId: string): void {
  storage.removeItem(PREFIX + windowId)
}

/**
 * What a window kept before its page was loaded anew belongs to nobody from now on: what the window keeps next takes no place of it, and
 * where it is not restored now it is offered at the next start.
 */
export function leaveBehind(storage: UnsavedStorage, windowId: string): void {
  const text = storage.getItem(PREFIX + windowId)
  if (text === null) return
  let key = `${PREFIX}${windowId}.before`
  while (storage.getItem(key) !== null) key += '.before'
  storage.removeItem(PREFIX + windowId)
  try {
    storage.setItem(key, text)
  } catch {
    // No room for the longer name: it stays where it is until the window keeps something itself.
    storage.setItem(PREFIX + windowId, text)
  }
}

/** What windows left behind that are not there any more, the newest first. */
export function leftBehind(storage: UnsavedStorage, isAlive: (windowId: string) => boolean): readonly (readonly [string, Unsaved])[] {
  const found: (readonly [string, Unsaved])[] = []
  for (let i = 0; i < storage.length; i++) {
    const key = storage.key(i)
    if (key === null || !key.startsWith(PREFIX)) continue
    const windowId = key.slice(PREFIX.length)
    const unsaved = isAlive(windowId) ? undefined : parse(storage.getItem(key))
    if (unsaved !== undefined) found.push([windowId, unsaved])
  }
  return found.sort(([, a], [, b]) => b.atMs - a.atMs)
}

function parse(text: string | null): Unsaved | undefined {
  try {
    const entry = kept.parse(JSON.parse(text ?? ''))
    const { document } = readDocumentJson(entry.document, { kinds })
    if (document === undefined) return undefined
    return { document, place: entry.place === undefined ? undefined : placeOf(entry.place), atMs: entry.atMs }
  } catch {
    return undefined
  }
}

function placeOf({
  path,
  name,
  folder,
  revision,
}: {
  path: string
  name: string
  folder: string
  revision?: string | undefined
}): DocumentPlace {
  return { path, name, folder, ...(revision === undefined ? {} : { revision }) }
}
