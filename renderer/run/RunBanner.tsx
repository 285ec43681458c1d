import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Studio } from '../app/studio.ts'
import { useRuns, useStudio } from '../app/studio-context.tsx'
import styles from './RunBar.module.css'
import { startRun } from './run-control.ts'
import { failureInWords } from './run-watch.ts'

/** What went wrong, over the canvas until it is closed or the next run starts. */
export function RunBanner() {
  const studio = useStudio()
  const refusal = useRuns((state) => state.refusal)
  const engineLost = useRuns((state) => state.engineLost)
  const runId = useRuns(({ run }) => run?.runId)
  const state = useRuns(({ run }) => run?.state)
  const outage = useRuns(({ run }) => run?.update?.outage)
  const [closedRun, setClosedRun] = useState<string>()
  if (refusal !== undefined && engineLost === undefined)
    return (
      <Banner label="Not started" onClose={() => studio.runs.refuse(undefined)} actions={showStep(studio, refusal.nodeId)}>
        {refusal.message}
      </Banner>
    )
  if (engineLost !== undefined && state?.type !== 'lost')
    return <Banner label="The engine stopped">{engineLost} It is being started again.</Banner>
  if (outage !== undefined && (state?.type === 'running' || state?.type === 'stopping'))
    return (
      <Banner label="Waiting for Kafka">
        {outage.bootstrap} does not answer: {outage.reason}. The run goes on by itself as soon as it does; nothing is lost.
      </Banner>
    )
  if (state === undefined || runId === closedRun) return null
  const close = (): void => setClosedRun(runId)
  if (state.type === 'failed')
    return (
      <Banner
        label="Run failed"
        onClose={close}
        actions={STATE_IN_THE_WAY.has(state.failure.code) ? <StartOver /> : showStep(studio, state.failure.nodeId)}
      >
        {failureInWords(state.failure, studio.runs.getState().run?.document ?? studio.documents.getState().document)}
      </Banner>
    )
  if (state.type === 'lost')
    return (
      <Banner label="The engine stopped" onClose={close} actions={engineLost === undefined ? <RunAgain /> : undefined}>
        {state.reason} Your drawing is untouched. {engineLost === undefined ? '' : 'The engine is being started again.'}
      </Banner>
    )
  return null
}

/** What was remembered does not fit what is drawn or read by now: only a run from the beginning helps. */
const STATE_IN_THE_WAY = new Set(['STATE_OF_OTHER_SPEC', 'PARTITIONS_CHANGED'])

function StartOver() {
  const studio = useStudio()
  return (
    <Button size="compact-sm" className={styles.action} onClick={() => void startRun(studio, { startOver: true })}>
      Start over
    </Button>
  )
}

/** Goes on from the last save where the run reads a cluster. */
function RunAgain() {
  const studio = useStudio()
  return (
    <Button size="compact-sm" className={styles.action} onClick={() => void startRun(studio)}>
      Run again
    </Button>
  )
}

function showStep(studio: Studio, nodeId: string | undefined): ReactNode {
  if (nodeId === undefined || !studio.documents.getState().document.nodes.some(({ id }) => id === nodeId)) return null
  const show = (): void => {
    const item = { type: 'node', id: nodeId } as const
    studio.selection.select(item)
    studio.canvas.port?.reveal(item)
    studio.focus.go('canvas')
  }
  return (
    <Button size="compact-sm" className={styles.action} onClick={show}>
      Show the step
    </Button>
  )
}

interface BannerProps {
  readonly label: string
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly onClose?: () => void
}

function Banner({ label, children, actions, onClose }: BannerProps) {
  return (
    <section aria-label={label} className={styles.banner}>
      <IconAlertTriangle size={16} stroke={1.5} aria-hidden className={styles.error} />
      <div className={styles.bannerText}>
        <strong>{label}</strong>
        <p>{children}</p>
      </div>
      {actions}
      {onClose === undefined ? null : <CloseButton size="sm" aria-label="Close this message" onClick={onClose} />}
    </section>
  )
}
