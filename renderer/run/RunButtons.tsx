import { Button } from '@mantine/core'
import { IconPlayerPlayFilled, IconPlayerStopFilled, IconRefresh } from '@tabler/icons-react'
import { useRuns, useStudio } from '../app/studio-context.tsx'
import { isUnderWay } from '../state/run-store.ts'
import styles from './RunBar.module.css'
import { restartRun, startRun, stopRun } from './run-control.ts'
import { useStale } from './use-stale.ts'

/** Run is the only thing on screen in the accent colour. */
export function RunButtons() {
  const studio = useStudio()
  const underWay = useRuns(({ run }) => isUnderWay(run))
  const stopping = useRuns(({ run }) => run?.state.type === 'stopping')
  const starting = useRuns((state) => state.starting)
  const stale = useStale()
  if (!underWay)
    return (
      <Button
        variant="filled"
        className={styles.run}
        leftSection={<IconPlayerPlayFilled size={14} aria-hidden />}
        // Not `disabled`, which would drop the focus: a second press does nothing.
        aria-disabled={starting}
        aria-keyshortcuts="Control+Enter"
        onClick={() => void startRun(studio)}
      >
        Run
      </Button>
    )
  return (
    <>
      <Button
        className={styles.run}
        leftSection={<IconPlayerStopFilled size={14} aria-hidden />}
        aria-disabled={stopping}
        aria-keyshortcuts="Control+Shift+Enter"
        onClick={() => void stopRun(studio)}
      >
        Stop
      </Button>
      {stale ? (
        <Button
          variant="filled"
          className={styles.run}
          leftSection={<IconRefresh size={14} aria-hidden />}
          onClick={() => void restartRun(studio)}
        >
          Restart to apply
        </Button>
      ) : null}
    </>
  )
}
