import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { RunFailure } from '../../pipeline-runtime/rpc/run-state.ts'
import type { RunTarget } from '../../pipeline-runtime/rpc/run-target.ts'
import type { Studio } from '../app/studio.ts'
import { useRuns, useStudio } from '../app/studio-context.tsx'
import { showFailure } from '../files/show-failure.ts'
import { refusalOf } from '../host/refusal.ts'
import { fillLocalKafka } from '../local-kafka/fill.ts'
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
  const target = useRuns(({ run }) => run?.target.type)
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
      <Banner label="Run failed" onClose={close} actions={wayOut(studio, state.failure, target)}>
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

function wayOut(studio: Studio, { code, nodeId }: RunFailure, target: RunTarget['type'] | undefined): ReactNode {
  if (STATE_IN_THE_WAY.has(code)) return <StartOver />
  if (code === 'TOPIC_NOT_FOUND' && target === 'local') return <FillAndRun />
  return showStep(studio, nodeId)
}

/** What was remembered does not fit what is drawn or read by now: only a run from the beginning helps. */
const STATE_IN_THE_WAY = new Set(['STATE_OF_OTHER_SPEC', 'PARTITIONS_CHANGED', 'OFFSET_OUT_OF_RANGE'])

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

/** Nothing was written into the local Kafka yet: the sample data of the drawing makes the topics that it reads. */
function FillAndRun() {
  const studio = useStudio()
  const [words, setWords] = useState<string>()
  const fill = async (): Promise<void> => {
    setWords('Writing…')
    try {
      studio.announcer.say(`${await fillLocalKafka(studio, { replace: false, onProgress: setWords })}.`)
      await startRun(studio)
    } catch (error) {
      showFailure(studio, 'Not filled', refusalOf(error).message)
    }
    setWords(undefined)
  }
  return words === undefined ? (
    <Button size="compact-sm" className={styles.action} onClick={() => void fill()}>
      Fill with sample data and run
    </Button>
  ) : (
    <output className={`${styles.action} figures`}>{words}</output>
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
