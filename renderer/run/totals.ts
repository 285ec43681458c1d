import { kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import type { RunUpdate } from '../../pipeline-runtime/rpc/run-state.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { formatCount } from '../format/figures.ts'

/** What a run did, in one sentence: `36,000 rows read, 90 rows in results, 12 late`. */
export function totalsInWords(document: Document, update: RunUpdate | undefined): string {
  const nodes = update?.figures?.nodes ?? []
  const category = new Map(document.nodes.map(({ id, kind }) => [id, kindNamed(kind)?.category]))
  let read = 0
  let results = 0
  let late = 0
  let setAside = 0
  for (const node of nodes) {
    if (category.get(node.nodeId) === 'read') read += node.in
    if (category.get(node.nodeId) === 'write') results += node.in
    late += node.late
    setAside += node.setAside
  }
  const parts = [`${rows(read)} read`, `${rows(results)} in results`]
  if (late > 0) parts.push(`${formatCount(late)} late`)
  if (setAside > 0) parts.push(`${formatCount(setAside)} set aside`)
  return parts.join(', ')
}

const rows = (count: number): string => `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`
