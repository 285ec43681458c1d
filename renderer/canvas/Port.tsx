import { IconCircleX, IconClock, IconInbox } from '@tabler/icons-react'
import { Handle, Position } from '@xyflow/react'
import { memo, useEffect, useRef } from 'react'
import type { Studio } from '../app/studio.ts'
import { useStudio } from '../app/studio-context.tsx'
import { connectable } from '../edit/connect.ts'
import { useCanvas } from './canvas-store.ts'
import { printColumns } from './columns-text.ts'
import styles from './Port.module.css'
import { type CardPort, PORT_DOT } from './ports.ts'
import { useTip } from './use-tip.ts'

interface PortProps {
  readonly nodeId: string
  readonly port: CardPort
}

const TIP_DELAY = 400

/** A connection point: 10 px to see, 24 px to hit. While a link is drawn it shows whether it may end here. */
export const Port = memo(function Port({ nodeId, port }: PortProps) {
  const studio = useStudio()
  const tip = useTip()
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const target = useCanvas(({ connecting }) => {
    if (connecting === undefined || connecting.side === port.side) return undefined
    const here = { nodeId, port: port.name }
    const answer = port.side === 'in' ? connectable(studio, connecting, here) : connectable(studio, here, connecting)
    return answer.ok ? 'ok' : 'impossible'
  })
  const hide = (): void => {
    clearTimeout(waiting.current)
    tip.hide()
  }
  useEffect(() => () => clearTimeout(waiting.current), [])
  return (
    <Handle
      id={port.name}
      type={port.side === 'in' ? 'target' : 'source'}
      position={port.side === 'in' ? Position.Left : Position.Right}
      className={`${styles.port} ${port.side === 'in' ? styles.in : styles.out}`}
      style={{ top: port.y - PORT_DOT / 2 }}
      data-target={target}
      aria-hidden="true"
      onPointerEnter={({ currentTarget }) => {
        waiting.current = setTimeout(
          () =>
            tip.show(() => ({
              ...portTip(studio, nodeId, port),
              rect: currentTarget.getBoundingClientRect(),
              side: port.side === 'in' ? 'left' : 'right',
            })),
          TIP_DELAY,
        )
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
    >
      <span className={styles.dot} />
      {target === 'impossible' ? (
        <span className={styles.cross}>
          <IconCircleX size={14} stroke={1.5} />
        </span>
      ) : null}
      {port.role === 'late' ? (
        <span className={styles.sign}>
          <IconClock size={12} stroke={1.5} />
        </span>
      ) : null}
      {port.role === 'dead-letter' ? (
        <span className={styles.sign}>
          <IconInbox size={12} stroke={1.5} />
        </span>
      ) : null}
    </Handle>
  )
})

/** What a port is called and which columns go through it. */
function portTip(studio: Studio, nodeId: string, { name, title, side }: CardPort) {
  const { document } = studio.documents.getState()
  const { outputs } = studio.compiled.getState()
  const lines = printColumns(document, outputs, { nodeId, port: name }, side)
  return { title: side === 'in' ? `In: ${title}` : title, lines }
}
