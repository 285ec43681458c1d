import type { Connection, FinalConnectionState, OnConnectStartParams } from '@xyflow/react'
import { useMemo } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { Studio } from '../app/studio.ts'
import { useStudio } from '../app/studio-context.tsx'
import { connect, connectable } from '../edit/connect.ts'
import type { PortRef } from '../edit/connectable.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { tell } from '../edit/tell.ts'
import { graphIndex } from '../state/graph-index.ts'
import type { CanvasView as Port } from './canvas-port.ts'
import { type CanvasState, useCanvasView } from './canvas-store.ts'
import type { LinkEdge } from './flow-graph.ts'

type Ends = Pick<Connection, 'source' | 'sourceHandle' | 'target' | 'targetHandle'>

const endsOf = ({ source, sourceHandle, target, targetHandle }: Ends): readonly [PortRef, PortRef] => [
  { nodeId: source, port: sourceHandle ?? '' },
  { nodeId: target, port: targetHandle ?? '' },
]

/** Drawing a link with the pointer: allowed ends, and where it was let go. */
export function useConnecting(port: Port) {
  const studio = useStudio()
  const { store } = useCanvasView()
  return useMemo(() => createConnecting(studio, store, port), [studio, store, port])
}

function createConnecting(studio: Studio, store: StoreApi<CanvasState>, port: Port) {
  return {
    isValidConnection(ends: Connection | LinkEdge): boolean {
      const [from, to] = endsOf({ ...ends, sourceHandle: ends.sourceHandle ?? null, targetHandle: ends.targetHandle ?? null })
      return connectable(studio, from, to).ok
    },
    onConnect(ends: Connection): void {
      connect(studio, ...endsOf(ends))
    },
    onConnectStart(_event: MouseEvent | TouchEvent, { nodeId, handleId, handleType }: OnConnectStartParams): void {
      if (nodeId === null) return
      store.setState({ connecting: { nodeId, port: handleId ?? '', side: handleType === 'target' ? 'in' : 'out' }, tip: undefined })
    },
    onConnectEnd(event: MouseEvent | TouchEvent, { isValid, toHandle }: FinalConnectionState): void {
      const { connecting } = store.getState()
      store.setState({ connecting: undefined })
      if (connecting === undefined || isValid === true) return
      if (toHandle === null || toHandle.nodeId === connecting.nodeId) {
        letGo(studio, port, event, connecting)
        return
      }
      const other = { nodeId: toHandle.nodeId, port: toHandle.id ?? '' }
      const answer = connecting.side === 'out' ? connectable(studio, connecting, other) : connectable(studio, other, connecting)
      if (!answer.ok) tell(studio, `Cannot connect: ${answer.reason}`)
    },
  }
}

/** On a card: its first point that fits. On the empty canvas: a new step there. */
function letGo(studio: Studio, port: Port, event: MouseEvent | TouchEvent, from: PortRef & { readonly side: 'in' | 'out' }): void {
  if (!('clientX' in event)) return
  const at = { x: event.clientX, y: event.clientY }
  const under = document.elementFromPoint(at.x, at.y)
  const nodeId = under?.closest<HTMLElement>('.react-flow__node-step')?.dataset.id
  const end = { nodeId: from.nodeId, port: from.port }
  if (nodeId !== undefined) {
    if (nodeId !== from.nodeId) connectToCard(studio, end, nodeId, from.side)
    return
  }
  if (under?.closest('.react-flow__pane') === null || under === null) return
  studio.mode.enter({ type: 'add-step', ...(from.side === 'out' ? { after: end } : { before: end }), at: port.fromScreen(at) })
}

function connectToCard(studio: Studio, end: PortRef, nodeId: string, side: 'in' | 'out'): void {
  const node = graphIndex(studio.documents.getState().document).nodes.get(nodeId)
  if (node === undefined) return
  const { ports, title } = stepFacts(node)
  const candidates = (side === 'out' ? ports.in : ports.out).map(({ name }) => ({ nodeId, port: name }))
  const way = (other: PortRef): readonly [PortRef, PortRef] => (side === 'out' ? [end, other] : [other, end])
  const best = candidates.find((other) => connectable(studio, ...way(other)).ok) ?? candidates[0]
  if (best === undefined) tell(studio, `Cannot connect: “${title}” ${side === 'out' ? 'takes no rows in' : 'gives no rows out'}.`)
  else connect(studio, ...way(best))
}
