import { Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { RuntimeCapabilities } from '../../pipeline-runtime/rpc/runtime-api.ts'
import { useStudio } from '../app/studio-context.tsx'
import styles from './dialogs.module.css'

/** Which version this is, for reports. */
export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const { host, capabilities } = useStudio()
  const [runtime, setRuntime] = useState<RuntimeCapabilities>()
  useEffect(() => {
    host.runtime.client?.capabilities().then(setRuntime, () => undefined)
  }, [host])
  return (
    <Modal opened onClose={onClose} title="About Millrace" size={400} centered>
      <dl className={styles.facts}>
        <dt>Version</dt>
        <dd>{capabilities.version}</dd>
        <dt>Engine</dt>
        <dd>{runtime === undefined ? 'not running' : `${runtime.version}, Node ${runtime.node}`}</dd>
        <dt>Runs in</dt>
        <dd>{capabilities.host === 'desktop' ? `a window of its own (${capabilities.platform})` : 'a browser'}</dd>
        {capabilities.folder === undefined ? null : (
          <>
            <dt>Folder</dt>
            <dd>{capabilities.folder}</dd>
          </>
        )}
      </dl>
    </Modal>
  )
}
