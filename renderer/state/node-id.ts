import type { Document } from '../../pipeline-runtime/spec/document.ts'

/** An id made from a title, free in the document and not among `taken`: `Only paid` → `only_paid`, `only_paid_2`. */
export function newNodeId(document: Document, title: string, taken: ReadonlySet<string> = new Set()): string {
  const used = new Set([...document.nodes.map((node) => node.id), ...taken])
  const word =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[\u0300-\u036f]/g, '')
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replace(/^[^a-z]+/, '')
      .replace(/_+$/, '')
      .slice(0, 40) || 'step'
  if (!used.has(word)) return word
  for (let n = 2; ; n++) if (!used.has(`${word}_${n}`)) return `${word}_${n}`
}
