import type { DocumentEdge } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { nodeOf } from '../state/change.ts'
import { act } from './act.ts'
import { type Connectable, connectableIn, type PortRef, portKey } from './connectable.ts'
import { tell } from './tell.ts'
import { titleIn } from './title-in.ts'

export type { Connectable, PortRef } from './connectable.ts'

/** Whether a link can be drawn between two ports of the document that is open, and if not, why. */
export function connectable(studio: Studio, from: PortRef, to: PortRef): Connectable {
  return connectableIn(studio.documents.getState().document, studio.compiled.getState().outputs, from, to)
}

/** Draws a link, or says why there can be none. The active item stays. */
export function connect(studio: Studio, from: PortRef, to: PortRef): boolean {
  const answer = connectable(studio, from, to)
  if (!answer.ok) {
    tell(studio, `Cannot connect: ${answer.reason}`)
    return false
  }
  const edge = { from: portKey(from), to: portKey(to) }
  const text = `${titleOf(studio, from.nodeId)} to ${titleOf(studio, to.nodeId)}`
  act(studio, { label: `connect ${text}`, changes: [{ type: 'add', edges: [edge] }], focus: { type: 'node', id: from.nodeId } })
  studio.announcer.say(`Connected ${text}.`)
  return true
}

/** `from purchases to Only paid` */
export function linkName(studio: Studio, edge: DocumentEdge): string {
  return `from ${titleOf(studio, nodeOf(edge.from))} to ${titleOf(studio, nodeOf(edge.to))}`
}

/** What a step of the open document is called on the screen. */
export function titleOf(studio: Studio, nodeId: string): string {
  return titleIn(studio.documents.getState().document, nodeId)
}
