import { kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'

/** Whether a run of the drawing would write to a cluster. */
export function writesTopics(document: Document): boolean {
  return document.nodes.some(({ kind, config }) => {
    const definition = kindNamed(kind)
    const parsed = definition?.config.safeParse(config)
    const binding = parsed?.success === true ? definition?.binding?.(parsed.data) : undefined
    return binding?.type === 'topic' && binding.access === 'write'
  })
}
