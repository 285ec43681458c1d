import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { stepFacts } from '../edit/step-facts.ts'

/** Whether a run of the drawing would write to a cluster. Asked at every change of the document. */
export function writesTopics(document: Document): boolean {
  return document.nodes.some((node) => {
    const { kind, config } = stepFacts(node)
    const binding = config === undefined ? undefined : kind?.binding?.(config.value)
    return binding?.type === 'topic' && binding.access === 'write'
  })
}
