import { IconCheck, IconPlugConnectedX, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useDocument, useRuns } from '../app/studio-context.tsx'
import { formatCount } from '../format/figures.ts'
import { formatDuration, formatTime } from '../format/times.ts'
import { isUnderWay, type ShownRun } from '../state/run-store.ts'
import styles from './RunBar.module.css'
import { useStale } from './use-stale.ts'

const icon = { size: 14, stroke: 1.5, 'aria-hidden': true } as const

/** What the run does, in words; of bounded runs how far it is. */
export function RunStateText() {
  const run = useRuns((state) => state.run)
  const starting = useRuns((state) => state.starting)
  const timeZone = useDocument(({ document }) => document.timeZone)
  const stale = useStale()
  // What an earlier run has come to says nothing of the one that is on its way.
  if (starting && !isUnderWay(run)) return <span className={styles.state}>starting…</span>
  if (run === undefined) return null
  const share = run.state.type === 'running' ? run.update?.figures?.share : undefined
  return (
    <span className={`${styles.state} figures`}>
      {iconOf(run)}
      {share === undefined ? null : <Share share={share} elapsedMs={run.update?.elapsedMs ?? 0} />}
      <span className={styles.stateText}>{stateInWords(run, timeZone)}</span>
      <PlaybackBadge run={run} />
      {stale && !isRunning(run) ? <span className={styles.note}>before your edit</span> : null}
    </span>
  )
}

const isRunning = ({ state }: ShownRun): boolean => state.type === 'running' || state.type === 'starting'

function iconOf({ state }: ShownRun): ReactNode {
  switch (state.type) {
    case 'ended':
      return <IconCheck {...icon} />
    case 'failed':
      return <IconX {...icon} className={styles.error} />
    case 'lost':
      return <IconPlugConnectedX {...icon} className={styles.error} />
    default:
      return null
  }
}

function stateInWords({ state, update }: ShownRun, timeZone: string): string {
  const figures = update?.figures
  switch (state.type) {
    case 'starting':
      return state.step === '' ? 'starting…' : `starting: ${state.step}`
    case 'running':
      return figures === undefined ? 'running' : formatTime(figures.nowMs, timeZone)
    case 'stopping':
      return 'stopping…'
    case 'ended':
      return `finished after ${formatDuration(state.durationMs)}`
    case 'stopped':
      return `stopped after ${formatDuration(state.durationMs)}`
    case 'failed':
      return 'failed'
    case 'lost':
      return 'the engine stopped'
  }
}

function PlaybackBadge({ run: { state, update } }: { readonly run: ShownRun }) {
  const playback = update?.figures?.playback
  if (playback === undefined || state.type !== 'running') return null
  if (playback.live) return <span className={styles.badge}>live</span>
  return <span className={styles.badge}>playing the last 15 minutes, {formatCount(playback.speed)}× faster</span>
}

function Share({ share, elapsedMs }: { readonly share: number; readonly elapsedMs: number }) {
  const percent = Math.floor(share * 100)
  const left =
    share > 0.02 && elapsedMs > 1000 ? `, about ${formatDuration(Math.round((elapsedMs * (1 - share)) / share / 1000) * 1000)}` : ''
  return (
    <>
      <span
        role="progressbar"
        aria-label="Read so far"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${percent} %${left}`}
        className={styles.share}
      >
        <span className={styles.shareDone} style={{ width: `${share * 100}%` }} />
      </span>
      <span>{percent} %</span>
    </>
  )
}
