import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { nodeIndexPage, nodePage } from '../../pipeline-runtime/spec/node-reference.ts'

/** A reference page for each kind of node and their index. Paths are relative to the repository's root. */
export function generate(): { path: string; text: string }[] {
  return [
    { path: 'docs/reference/nodes/index.md', text: nodeIndexPage(kinds) },
    ...kinds.map((kind) => ({ path: `docs/reference/nodes/${kind.kind}.md`, text: nodePage(kind) })),
  ]
}
