import { type DocumentState, emptyDocument } from '../state/document-store.ts'

const ENDING = '.millrace.json'

/** What title, bar and questions call a document: by its name; one that never got one, by that of its file. */
export function nameOf({ document, place }: Pick<DocumentState, 'document' | 'place'>): string {
  if (place === undefined || document.name !== emptyDocument.name) return document.name
  return place.name.endsWith(ENDING) ? place.name.slice(0, -ENDING.length) : place.name
}

/** `Purchases per country` → `purchases-per-country.millrace.json`. */
export function suggestedFileName(name: string, ending = ENDING): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80)
  return `${words || 'untitled'}${ending}`
}

/** What the user typed as a name, as a path in the folder: the ending is added where it is missing. */
export function documentPath(typed: string): string {
  const trimmed = typed.trim()
  if (trimmed === '' || trimmed.endsWith(ENDING)) return trimmed
  return `${trimmed.endsWith('.json') ? trimmed.slice(0, -'.json'.length) : trimmed}${ENDING}`
}
