import { kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import type { DocumentNode } from '../../pipeline-runtime/spec/document.ts'

/** What the card shows: the step's title, else that of its kind. */
export function stepTitle({ title, kind }: DocumentNode): string {
  return title ?? kindNamed(kind)?.title ?? kind
}
