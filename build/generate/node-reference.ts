import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'
import { nodeIndexPage, nodePage } from '../../pipeline-runtime/spec/node-reference.ts'
import { runNodeExample } from './run-node-example.ts'

/** A reference page for each kind of node, with what its examples gave when they were run, and their index. Paths are relative to the repository's root. */
export function generate(): { path: string; text: string }[] {
  return [
    { path: 'docs/reference/nodes/index.md', text: nodeIndexPage(kinds) },
    ...kinds.map((kind) => ({ path: `docs/reference/nodes/${kind.kind}.md`, text: pageOf(kind) })),
  ]
}

function pageOf(kind: NodeKind): string {
  return nodePage(
    kind,
    kind.examples.map(({ config, given }) => runNodeExample(kind, config, given)),
  )
}
