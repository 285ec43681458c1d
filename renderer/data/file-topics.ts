import { kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'

/** Whether rows of this name were read from a file: their positions are numbers of lines. */
export function isFileIn(document: Document | undefined): (topic: string) => boolean {
  const files = new Set(
    (document?.nodes ?? []).flatMap(({ kind, config }) => {
      const definition = kindNamed(kind)
      const parsed = definition?.config.safeParse(config)
      const binding = parsed?.success === true ? definition?.binding?.(parsed.data) : undefined
      return binding?.type === 'file' ? [binding.path] : []
    }),
  )
  return (topic) => files.has(topic)
}
