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

/** Takes what the document no longer holds out of the selection, for as long as the page lives. */
export function keepSelection({ documents, selection, mode }: Studio): () => void {
  return documents.subscribe((now, before) => {
    if (now.document === before.document) return
    selection.keep((item) => hasItem(now.document, item))
    if (now.documentId !== before.documentId) {
      selection.select(undefined)
      mode.leave()
    }
  })
}
