import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { graphIndex } from '../state/graph-index.ts'
import { stepFacts } from './step-facts.ts'

/** What a step of a document is called on the screen. */
export function titleIn(document: Document, nodeId: string): string {
  const node = graphIndex(document).nodes.get(nodeId)
  return node === undefined ? nodeId : stepFacts(node).title
}
