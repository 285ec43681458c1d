import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import { importClientProperties } from '../../pipeline-runtime/connectors/kafka/client-properties.ts'
import { useStudio } from '../app/studio-context.tsx'
import { type ConnectionDraft, withImported } from './connection-draft.ts'
import styles from './connections.module.css'

interface ImportSettingsProps {
  readonly draft: ConnectionDraft
  readonly onImport: (draft: ConnectionDraft) => void
}

/** Takes over the `.properties` file of a Java client, as clusters hand it out. */
export function ImportSettings({ draft, onImport }: ImportSettingsProps) {
  const { capabilities, announcer } = useStudio()
  const [result, setResult] = useState<{
    readonly file: string
    readonly remains: readonly string[]
    readonly ignored: readonly string[]
  }>()
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return
    const imported = importClientProperties(await file.text())
    const { draft: next, remains } = withImported(draft, imported, capabilities.secrets === 'keychain')
    onImport(next)
    setResult({ file: file.name, remains, ignored: imported.ignored })
    announcer.say(
      remains.length === 0 ? `Settings of ${file.name} taken over.` : `Settings of ${file.name} taken over. ${remains.join(' ')}`,
    )
  }
  return (
    <div className={styles.import}>
      <FileButton onChange={(file) => void take(file)} accept=".properties,.conf,.txt">
        {(props) => <Button {...props}>Import settings of a Java client…</Button>}
      </FileButton>
      {result === undefined ? null : (
        <div className={styles.imported}>
          <p className={styles.words}>Settings of {result.file} taken over.</p>
          {result.remains.length === 0 ? null : (
            <>
              <p className={styles.words}>Still to do:</p>
              <ul className={styles.remains}>
                {result.remains.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </>
          )}
          {result.ignored.length === 0 ? null : (
            <p className={styles.words}>Not about the connection, and left out: {result.ignored.join(', ')}.</p>
          )}
        </div>
      )}
    </div>
  )
}
