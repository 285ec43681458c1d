import { printType } from '../../pipeline-runtime/data/types.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { EdgeSchema } from '../../pipeline-runtime/spec/edge-schema.ts'
import type { PortRef } from '../edit/connectable.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { nodeOf, portOf } from '../state/change.ts'
import { outputSchema } from '../state/columns.ts'
import type { CompiledState } from '../state/compiled-store.ts'
import { graphIndex } from '../state/graph-index.ts'

type Outputs = CompiledState['outputs']
const MOST_LINES = 12

/** Columns at a port, one a line with its type. */
export function printColumns(document: Document, outputs: Outputs, { nodeId, port }: PortRef, side: 'in' | 'out'): string[] {
  const schema = side === 'out' ? outputSchema(outputs, nodeId, port) : incoming(document, outputs, nodeId, port)
  if (schema === undefined) {
    const linked = side === 'out' || (graphIndex(document).into.get(nodeId) ?? []).some(({ to }) => portOf(to) === port)
    return [linked ? 'Its columns are not known yet.' : 'Nothing is connected yet.']
  }
  const lines = schema.columns.map(({ name, type }) => `${name}  ${printType(type)}`)
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), `and ${lines.length - MOST_LINES + 1} more`]
}

/** About as much as stands on a card. */
const MOST_LETTERS = 32

/** What the strip of a card shows before the first run: `country, amount` and `+4`. Empty where nothing is known. */
export function columnsOnCard(document: Document, outputs: Outputs, nodeId: string): string {
  const node = graphIndex(document).nodes.get(nodeId)
  if (node === undefined) return ''
  const { ports } = stepFacts(node)
  const out = ports.out.find(({ role }) => role === 'rows')
  const into = ports.in[0]
  const schema =
    out !== undefined
      ? outputSchema(outputs, nodeId, out.name)
      : into === undefined
        ? undefined
        : incoming(document, outputs, nodeId, into.name)
  if (schema === undefined) return ''
  const names = schema.columns.map(({ name }) => name)
  let shown = 0
  for (let letters = 0; shown < names.length; shown++) {
    letters += (names[shown]?.length ?? 0) + 2
    if (letters > MOST_LETTERS && shown > 0) break
  }
  const rest = names.length - shown
  return `${names.slice(0, shown).join(', ')}${rest === 0 ? '' : `\n+${rest}`}`
}

function incoming(document: Document, outputs: Outputs, nodeId: string, port: string): EdgeSchema | undefined {
  const edge = (graphIndex(document).into.get(nodeId) ?? []).find(({ to }) => portOf(to) === port)
  return edge === undefined ? undefined : outputSchema(outputs, nodeOf(edge.from), portOf(edge.from))
}
