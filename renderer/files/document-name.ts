import { DOCUMENT_ENDING } from '../../pipeline-runtime/rpc/shell-api.ts'
import { type DocumentState, emptyDocument } from '../state/document-store.ts'

/** What title, bar and questions call a document: by its name; one that never got one, by that of its file. */
export function documentName({ document, place }: Pick<DocumentState, 'document' | 'place'>): string {
  if (place === undefined || document.name !== emptyDocument.name) return document.name
  return withoutEnding(place.name)
}

/** `shop.millrace.json` → `shop`. */
export function withoutEnding(fileName: string): string {
  return fileName.endsWith(DOCUMENT_ENDING) ? fileName.slice(0, -DOCUMENT_ENDING.length) : fileName
}

/** `Purchases per country` → `purchases-per-country.millrace.json`. */
export function suggestedFileName(name: string, ending: string = DOCUMENT_ENDING): string {
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
  if (trimmed === '' || trimmed.endsWith(DOCUMENT_ENDING)) return trimmed
  return `${trimmed.endsWith('.json') ? trimmed.slice(0, -'.json'.length) : trimmed}${DOCUMENT_ENDING}`
}
