import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { writeDocument } from '../../pipeline-runtime/spec/write-document.ts'

/** The text that a document was read from or written as: saving what was not edited changes no byte, also of a file written by hand. */
const texts = new WeakMap<Document, string>()

export function rememberText(document: Document, text: string): void {
  texts.set(document, text)
}

export function documentText(document: Document): string {
  return texts.get(document) ?? writeDocument(document, { kinds })
}
