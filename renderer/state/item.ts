import type { DocumentEdge } from '../../pipeline-runtime/spec/document.ts'
import { edgeKey } from './change.ts'

/** What can be selected on the canvas and in the outline. */
export type Item =
  | { readonly type: 'node'; readonly id: string }
  | { readonly type: 'edge'; readonly edge: DocumentEdge }
  | { readonly type: 'note'; readonly index: number }

/** One text per item, for sets and element ids. */
export function itemKey(item: Item): string {
  switch (item.type) {
    case 'node':
      return `node:${item.id}`
    case 'edge':
      return `edge:${edgeKey(item.edge)}`
    case 'note':
      return `note:${item.index}`
  }
}
