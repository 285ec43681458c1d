import { readdirSync, readFileSync } from 'node:fs'

// The frozen documents, by version of the format and of each kind. They are never changed.

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
