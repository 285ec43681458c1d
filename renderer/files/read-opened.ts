import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { readDocument } from '../../pipeline-runtime/spec/read-document.ts'

export type Reading =
  | { readonly type: 'document'; readonly document: Document /** It differs from what the file holds. */; readonly migrated: boolean }
  | { readonly type: 'refused'; readonly title: string; readonly message: string; readonly details: readonly string[] }

/** More would only be scrolled over. */
const MOST_DETAILS = 50

/** What the text of a file holds; where that is no document, why, in words for a dialog. */
export function readOpened(name: string, text: string): Reading {
  const { document, issues, migrated = false } = readDocument(text, { kinds })
  if (document !== undefined) return { type: 'document', document, migrated }
  const errors = issues.filter(({ severity }) => severity === 'error')
  const newer = errors.some(({ code }) => code === 'NEWER_FORMAT' || code === 'NEWER_KIND')
  const [first = 'It holds no document.', ...others] = errors.map(lineOf)
  const shown = others.slice(0, MOST_DETAILS)
  const left = others.length - shown.length
  return {
    type: 'refused',
    title: newer ? `${name} was made with a newer Millrace` : `${name} could not be opened`,
    message: first,
    details: left > 0 ? [...shown, `and ${left} more`] : shown,
  }
}

/** Paths of JSON are shown where the message does not say the place itself. */
function lineOf({ path, message }: Issue): string {
  return path === '' || path === '/format' || message.includes(path) ? message : `${path}: ${message}`
}
