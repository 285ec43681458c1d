import type { KindName } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Studio } from '../app/studio.ts'
import { addNode } from '../edit/add-node.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { portOf } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import { selectedNodes } from '../state/selection-store.ts'

/** Adds a step after the one that is selected, from its first port of rows that leads nowhere yet. */
export function addFromPalette(studio: Studio, kind: KindName): void {
  const after = firstFreePort(studio)
  addNode(studio, kind, after === undefined ? {} : { after })
}

function firstFreePort({ selection, documents }: Studio): { readonly nodeId: string; readonly port: string } | undefined {
  const [nodeId, ...others] = selectedNodes(selection.getState())
  if (nodeId === undefined || others.length > 0) return undefined
  const index = graphIndex(documents.getState().document)
  const node = index.nodes.get(nodeId)
  if (node === undefined) return undefined
  const rows = stepFacts(node).ports.out.filter(({ role }) => role === 'rows')
  const used = new Set((index.outOf.get(nodeId) ?? []).map(({ from }) => portOf(from)))
  const port = rows.find(({ name }) => !used.has(name)) ?? rows[0]
  return port === undefined ? undefined : { nodeId, port: port.name }
}
