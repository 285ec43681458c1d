import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { stepFacts } from '../edit/step-facts.ts'

const known = new WeakMap<Document, ReadonlySet<string>>()

/** Whether rows of this name were read from a file: their positions are numbers of lines. Asked with every page of rows. */
export function isFileIn(document: Document | undefined): (topic: string) => boolean {
  if (document === undefined) return () => false
  let files = known.get(document)
  if (files === undefined) {
    files = filesOf(document)
    known.set(document, files)
  }
  const found = files
  return (topic) => found.has(topic)
}

function filesOf(document: Document): ReadonlySet<string> {
  return new Set(
    document.nodes.flatMap((node) => {
      const { kind, config } = stepFacts(node)
      const binding = config === undefined ? undefined : kind?.binding?.(config.value)
      return binding?.type === 'file' ? [binding.path] : []
    }),
  )
}
