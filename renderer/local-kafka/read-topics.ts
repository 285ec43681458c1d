import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { stepFacts } from '../edit/step-facts.ts'

/** Names of the topics that the steps of a document read. */
export function readTopics(document: Document): readonly string[] {
  const names = document.nodes.flatMap((node) => {
    const { kind, config } = stepFacts(node)
    const binding = config === undefined ? undefined : kind?.binding?.(config.value)
    return binding?.type === 'topic' && binding.access === 'read' ? [binding.topic] : []
  })
  return [...new Set(names)]
}
