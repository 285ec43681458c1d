import type { Studio } from '../app/studio.ts'
import { graphIndex } from '../state/graph-index.ts'
import { outlineOrder } from '../state/outline-order.ts'
import { type Connectable, connectableIn, type PortRef } from './connectable.ts'
import { placesOf } from './places.ts'
import { stepFacts } from './step-facts.ts'

export interface ConnectOption {
  readonly port: PortRef
  /** Step, and its port where it has several. */
  readonly label: string
  readonly answer: Connectable
}

/**
 * Ports that a link from (or into) a port could end at: possible ones first, the nearest first, then the impossible ones with their
 * reasons. Steps without such ports are left out, and so is the step itself.
 */
export function connectOptions(studio: Studio, end: PortRef, direction: 'out' | 'into'): readonly ConnectOption[] {
  const { document } = studio.documents.getState()
  const { outputs } = studio.compiled.getState()
  const index = graphIndex(document)
  const places = placesOf(document)
  const here = places.get(end.nodeId) ?? { x: 0, y: 0 }
  const found: { readonly option: ConnectOption; readonly far: number }[] = []
  for (const id of outlineOrder(document)) {
    const node = index.nodes.get(id)
    if (node === undefined || id === end.nodeId) continue
    const facts = stepFacts(node)
    const ports = direction === 'out' ? facts.ports.in : facts.ports.out
    const at = places.get(id) ?? { x: 0, y: 0 }
    for (const { name, title } of ports) {
      const port = { nodeId: id, port: name }
      const answer = direction === 'out' ? connectableIn(document, outputs, end, port) : connectableIn(document, outputs, port, end)
      const label = ports.length === 1 ? facts.title : `${facts.title}, ${title}`
      found.push({ option: { port, label, answer }, far: Math.hypot(at.x - here.x, at.y - here.y) })
    }
  }
  const near = (a: { readonly far: number }, b: { readonly far: number }): number => a.far - b.far
  const possible = found.filter(({ option }) => option.answer.ok).sort(near)
  const impossible = found.filter(({ option }) => !option.answer.ok).sort(near)
  return [...possible, ...impossible].map(({ option }) => option)
}
