import { useConnection } from '@xyflow/react'
import { useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useStudio } from '../app/studio-context.tsx'
import { connectable } from '../edit/connect.ts'
import { type Tip, useCanvas } from './canvas-store.ts'
import styles from './TipBox.module.css'

const GAP = 8

/** The one small text beside the pointer: what a port carries, a sentence in full, or why a link may not end here. */
export function TipBox() {
  const tip = useCanvas((state) => state.tip)
  const refusal = useRefusal()
  const shown = refusal ?? tip
  return shown === undefined ? null : createPortal(<ShownTip {...shown} />, document.body)
}

function ShownTip({ title, lines, rect, side }: Tip) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const { width, height } = element.getBoundingClientRect()
    const x = side === 'left' ? rect.left - width - GAP : side === 'right' ? rect.right + GAP : rect.left
    const y = side === 'below' ? rect.bottom + GAP : (rect.top + rect.bottom) / 2 - height / 2
    element.style.left = `${Math.max(GAP, Math.min(x, window.innerWidth - width - GAP))}px`
    element.style.top = `${Math.max(GAP, Math.min(y, window.innerHeight - height - GAP))}px`
  })
  return (
    <div ref={box} className={styles.tip} role="tooltip">
      <div className={styles.title}>{title}</div>
      {lines.length === 0 ? null : <div className={styles.lines}>{lines.join('\n')}</div>}
    </div>
  )
}

/** Why the link that is being drawn may not end at the port under the pointer. */
function useRefusal(): Tip | undefined {
  const studio = useStudio()
  const connecting = useCanvas((state) => state.connecting)
  const over = useConnection((connection) =>
    connection.inProgress && connection.toHandle !== null
      ? `${connection.toHandle.nodeId} ${connection.toHandle.id ?? ''} ${connection.toHandle.type}`
      : undefined,
  )
  if (connecting === undefined || over === undefined) return undefined
  const [nodeId = '', port = '', type] = over.split(' ')
  const side = type === 'target' ? 'in' : 'out'
  if (side === connecting.side) return undefined
  const here = { nodeId, port }
  const answer = side === 'in' ? connectable(studio, connecting, here) : connectable(studio, here, connecting)
  const element = document.querySelector(`[data-nodeid="${CSS.escape(nodeId)}"][data-handleid="${CSS.escape(port)}"]`)
  if (answer.ok || element === null) return undefined
  return { title: answer.reason, lines: [], rect: element.getBoundingClientRect(), side: side === 'in' ? 'left' : 'right' }
}
