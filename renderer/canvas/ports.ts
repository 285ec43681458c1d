import type { DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import type { OutPort } from '../../pipeline-runtime/spec/node-kind.ts'
import { CARD } from '../edit/places.ts'
import { stepFacts } from '../edit/step-facts.ts'

/** A connection point as the card shows it. */
export interface CardPort {
  readonly name: string
  readonly title: string
  readonly side: 'in' | 'out'
  readonly role: OutPort['role']
  /** Middle, from the card's upper edge. */
  readonly y: number
}

/** Width of the dot that is seen. */
export const PORT_DOT = 10

const Y = { rows: 48, late: 76, 'dead-letter': 100 } as const
/** Between ports of one role. */
const GAP = 24

/** The ports of a step, and those that links name though the step has none of that name: what is drawn must not vanish. */
export function cardPorts(node: DocumentNode, linked: readonly { readonly name: string; readonly side: 'in' | 'out' }[]): CardPort[] {
  const { ports } = stepFacts(node)
  const found: CardPort[] = []
  const add = (name: string, title: string, side: 'in' | 'out', role: OutPort['role']): void => {
    const before = found.filter((port) => port.side === side && port.role === role).length
    found.push({ name, title, side, role, y: Math.min(Y[role] + before * GAP, CARD.height - 12) })
  }
  for (const { name, title } of ports.in) add(name, title, 'in', 'rows')
  for (const { name, title, role } of ports.out) add(name, title, 'out', role)
  for (const { name, side } of linked) {
    if (!found.some((port) => port.name === name && port.side === side)) add(name, name, side, roleByName(name))
  }
  return found
}

function roleByName(name: string): OutPort['role'] {
  return name === 'late' || name === 'dead-letter' ? name : 'rows'
}
