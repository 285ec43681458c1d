import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { freeName } from './free-name.ts'

/** An id made from a title, free in the document and not among `taken`: `Only paid` → `only_paid`, `only_paid_2`. */
export function newNodeId(document: Document, title: string, taken: ReadonlySet<string> = new Set()): string {
  const word =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[\u0300-\u036f]/g, '')
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replace(/^[^a-z]+/, '')
      .replace(/_+$/, '')
      .slice(0, 40) || 'step'
  return freeName(word, [...document.nodes.map((node) => node.id), ...taken])
}
