import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

// The frozen documents: one per version of the format and of each kind that ever existed. They are never changed.

const folder = new URL('./documents/', import.meta.url)
const ending = '.millrace.json'

export function frozenNames(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort()
}

export function frozenText(name: string): string {
  return readFileSync(new URL(name + ending, folder), 'utf8')
}

/** Only for a version that has none yet. */
export function freeze(name: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(name + ending, folder), text, { flag: 'wx' })
}
