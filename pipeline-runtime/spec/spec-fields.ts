import { type Field, parseType } from '../data/types.ts'
import type { Spec, SpecEdge, SpecSchema } from './spec.ts'

/** The columns of a port of a spec, their types read from text. `refuse` makes the error for a type that is not known. */
export function fieldsOf(
  schema: SpecSchema,
  refuse: (column: SpecSchema['columns'][number]) => Error = ({ name, type }) =>
    new Error(`Column ${name} has no type that is known: ${type}.`),
): Field[] {
  return schema.columns.map((column) => {
    const type = parseType(column.type)
    if (type === undefined) throw refuse(column)
    return { name: column.name, type }
  })
}

/** What comes into a node that one edge ends at, such as a sink; undefined where none does. */
export function schemaInto(spec: Spec, nodeId: string): SpecSchema | undefined {
  const from = spec.edges.find((edge) => edge.to.node === nodeId)?.from
  return from && spec.nodes.find((node) => node.id === from.node)?.outputs[from.port]
}

/** Edges by the node at which they end, each list in document order. */
export function edgesByTarget(spec: Spec): ReadonlyMap<string, readonly SpecEdge[]> {
  const byTarget = new Map<string, SpecEdge[]>()
  for (const edge of spec.edges) {
    const known = byTarget.get(edge.to.node)
    if (known === undefined) byTarget.set(edge.to.node, [edge])
    else known.push(edge)
  }
  return byTarget
}
