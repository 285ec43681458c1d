import { Button, FileButton, Textarea } from '@mantine/core'
import { useState } from 'react'
import { keyFileKind, REFUSED_CERTIFICATE_FILE } from '../../pipeline-runtime/connectors/kafka/key-file.ts'
import type { ConnectionField } from './connection-draft.ts'
import styles from './connections.module.css'

interface PemFieldProps {
  readonly field: ConnectionField
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (pem: string | undefined) => void
  readonly onLeave: () => void
}

/** Certificates as text: chosen as a file, or pasted. They are no secret. */
export function PemField({ field: { title, description }, value, error, onChange, onLeave }: PemFieldProps) {
  const [problem, setProblem] = useState<string>()
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return
    const bytes = new Uint8Array(await file.arrayBuffer())
    const kind = keyFileKind(bytes)
    setProblem(kind === 'pem' ? undefined : `${file.name} ${REFUSED_CERTIFICATE_FILE[kind]}`)
    if (kind === 'pem') onChange(new TextDecoder().decode(bytes))
  }
  return (
    <div className={styles.pem}>
      <Textarea
        label={title}
        description={description}
        placeholder="-----BEGIN CERTIFICATE-----"
        rows={3}
        value={value}
        error={problem ?? error}
        spellCheck={false}
        classNames={{ input: styles.pemText }}
        onChange={(event) => {
          setProblem(undefined)
          onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)
        }}
        onBlur={onLeave}
      />
      <FileButton onChange={(file) => void take(file)} accept=".pem,.crt,.cer,.p12,.pfx,.jks">
        {(props) => (
          <Button {...props} className={styles.beside} aria-label={`${title}: choose a file`}>
            Choose file…
          </Button>
        )}
      </FileButton>
    </div>
  )
}
