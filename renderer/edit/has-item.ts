import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { nodeOf } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import type { Item } from '../state/item.ts'

export function hasItem(document: Document, item: Item): boolean {
  switch (item.type) {
    case 'node':
      return graphIndex(document).nodes.has(item.id)
    case 'edge':
      return (graphIndex(document).outOf.get(nodeOf(item.edge.from)) ?? []).some(
        ({ from, to }) => from === item.edge.from && to === item.edge.to,
      )
    case 'note':
      return item.index < document.notes.length
  }
}

/** The same item in the document that came after; undefined where it is gone. A note has no id: it is known by its content or, edited, by its place. */
function itemIn(document: Document, item: Item, before: Document): Item | undefined {
  if (item.type !== 'note') return hasItem(document, item) ? item : undefined
  const note = before.notes[item.index]
  const index = note === undefined ? -1 : document.notes.indexOf(note)
  if (index >= 0) return index === item.index ? item : { type: 'note', index }
  return document.notes.length === before.notes.length && hasItem(document, item) ? item : undefined
}

/** Takes what the document no longer holds out of the selection, for as long as the page lives. */
export function keepSelection({ documents, selection, mode }: Studio): () => void {
  return documents.subscribe((now, before) => {
    if (now.document === before.document) return
    selection.follow((item) => itemIn(now.document, item, before.document))
    if (now.documentId !== before.documentId) {
      selection.select(undefined)
      mode.leave()
    }
  })
}
