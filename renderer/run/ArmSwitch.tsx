import { Tooltip } from '@mantine/core'
import { IconPencil, IconPencilOff } from '@tabler/icons-react'
import { useDocument, useRuns, useStudio } from '../app/studio-context.tsx'
import { toggleArmed } from './arm.ts'
import { BarButton } from './BarButton.tsx'
import styles from './RunBar.module.css'
import { targetName } from './target-name.ts'
import { writesTopics } from './writes-topics.ts'

/** Only where a run could write to a real cluster. */
export function ArmSwitch() {
  const studio = useStudio()
  const target = useRuns(({ settings }) => settings.target)
  const armed = useRuns(({ settings }) => settings.armed)
  const writes = useDocument(({ document }) => writesTopics(document))
  if (target.type === 'sample' || !writes) return null
  const text = armed
    ? `Runs write to ${targetName(target)}. Press to turn writing off.`
    : `What would be written to ${targetName(target)} is counted and thrown away. Press to turn writing on.`
  return (
    <Tooltip label={text}>
      <BarButton
        role="switch"
        aria-checked={armed}
        aria-label={`Writing to ${targetName(target)}`}
        aria-description={text}
        className={armed ? styles.armed : ''}
        icon={armed ? <IconPencil size={16} stroke={1.5} aria-hidden /> : <IconPencilOff size={16} stroke={1.5} aria-hidden />}
        onClick={() => void toggleArmed(studio)}
      >
        {armed ? 'Writing: on' : 'Writing: off'}
      </BarButton>
    </Tooltip>
  )
}
