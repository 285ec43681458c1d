import { ActionIcon, Tooltip } from '@mantine/core'
import { IconLayoutDistributeHorizontal, IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { useStore } from '@xyflow/react'
import { useStudio } from '../app/studio-context.tsx'
import { layout } from '../commands/canvas/layout.ts'
import { runCommand } from '../commands/run-command.ts'
import styles from './Canvas.module.css'

const STEP = 1.25

/** Zoom, fit and tidying up, in a corner of the canvas. */
export function CanvasControls() {
  const studio = useStudio()
  const zoom = useStore((state) => Math.round(state.transform[2] * 100))
  const { canvas } = studio
  return (
    <div className={styles.controls} role="toolbar" aria-label="Canvas">
      <Control label="Tidy up (L)" onClick={() => void runCommand(studio, layout)}>
        <IconLayoutDistributeHorizontal size={16} stroke={1.5} />
      </Control>
      <Control label="Show all (F)" onClick={() => canvas.port?.fit()}>
        <IconMaximize size={16} stroke={1.5} />
      </Control>
      <span className={styles.divider} />
      <Control label="Zoom out (−)" onClick={() => canvas.port?.zoomBy(1 / STEP)}>
        <IconMinus size={16} stroke={1.5} />
      </Control>
      <Tooltip label="Zoom to 100 % (0)">
        <button type="button" className={styles.zoom} aria-label={`Zoom ${zoom} %, set to 100 %`} onClick={() => canvas.port?.zoomTo(1)}>
          {zoom} %
        </button>
      </Tooltip>
      <Control label="Zoom in (+)" onClick={() => canvas.port?.zoomBy(STEP)}>
        <IconPlus size={16} stroke={1.5} />
      </Control>
    </div>
  )
}

function Control({
  label,
  onClick,
  children,
}: {
  readonly label: string
  readonly onClick: () => void
  readonly children: React.ReactNode
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label.replace(/ \(.*/, '')} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
