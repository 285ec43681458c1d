import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { sameJson } from '../../pipeline-runtime/spec/json.ts'
import { graphIndex, reachable } from '../state/graph-index.ts'

/** Steps whose shown data is of before an edit: changed since the run began, or behind a step that was. Moving changes nothing. */
export function staleSteps(run: Document, now: Document): ReadonlySet<string> {
  if (run === now || (run.nodes === now.nodes && run.edges === now.edges)) return new Set()
  const then = graphIndex(run)
  const current = graphIndex(now)
  const changed = new Set<string>()
  for (const [id, node] of current.nodes) {
    const before = then.nodes.get(id)
    if (before === node) {
      if (!sameEdges(then.into.get(id), current.into.get(id))) changed.add(id)
    } else if (
      before === undefined ||
      before.kind !== node.kind ||
      !sameJson(before.config, node.config) ||
      !sameEdges(then.into.get(id), current.into.get(id))
    ) {
      changed.add(id)
    }
  }
  if (run.timeZone !== now.timeZone) for (const id of current.nodes.keys()) changed.add(id)
  return new Set([...changed, ...reachable(current, changed, 'down')])
}

type Edges = readonly { readonly from: string; readonly to: string }[] | undefined

function sameEdges(a: Edges, b: Edges): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined || a.length !== b.length) return false
  return a.every((edge, i) => edge.from === b[i]?.from && edge.to === b[i]?.to)
}
