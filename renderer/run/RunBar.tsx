import { ArmSwitch } from './ArmSwitch.tsx'
import { DocumentMenu } from './DocumentMenu.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { LocalKafkaButton } from './LocalKafkaButton.tsx'
import { MoreMenu } from './MoreMenu.tsx'
import { RangeMenu } from './RangeMenu.tsx'
import { RunBanner } from './RunBanner.tsx'
import styles from './RunBar.module.css'
import { RunButtons } from './RunButtons.tsx'
import { RunStateText } from './RunStateText.tsx'
import { TargetMenu } from './TargetMenu.tsx'
import { useToolbar } from './use-toolbar.ts'

/** Which document, on what, from when to when; run and stop; what becomes of it. */
export function RunBar() {
  const toolbar = useToolbar()
  return (
    <>
      <div role="toolbar" aria-label="Run bar" className={styles.bar} {...toolbar}>
        <DocumentMenu />
        <span className={styles.divider} />
        <TargetMenu />
        <LocalKafkaButton />
        <RangeMenu />
        <ArmSwitch />
        <RunButtons />
        <RunStateText />
        <span className={styles.spring} />
        <ExportMenu />
        <MoreMenu />
      </div>
      <RunBanner />
    </>
  )
}
