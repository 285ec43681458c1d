import { Button, FileButton, Input, PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { secretReference } from '../../pipeline-runtime/connectors/connection-kind.ts'
import type { KafkaSecretField } from '../../pipeline-runtime/connectors/kafka/connection.ts'
import { keyFileKind, PKCS12, REFUSED_KEY_FILE } from '../../pipeline-runtime/connectors/kafka/key-file.ts'
import { useStudio } from '../app/studio-context.tsx'
import { base64Of } from '../format/base64-of.ts'
import { secretPlace, usualVariable, withoutSecret, withTypedSecret, withVariable } from './connection-draft.ts'
import styles from './connections.module.css'
import type { FieldRowProps } from './field-row-props.ts'

type SecretFieldProps = FieldRowProps & { readonly secret: KafkaSecretField }

const LABELS = { keychain: 'In the keychain', variable: 'From the environment' } as const

/** A secret: typed once and kept in the keychain, or named by an environment variable. What is kept never comes back to the page. */
export function SecretField(props: SecretFieldProps) {
  const { field, draft, error, secret, onChange } = props
  const { capabilities } = useStudio()
  const hasKeychain = capabilities.secrets === 'keychain'
  const place = secretPlace(draft, secret)
  const [wantsVariable, setWantsVariable] = useState(place === 'variable')
  const isVariable = !hasKeychain || wantsVariable || place === 'variable'
  const choose = (how: string): void => {
    setWantsVariable(how === 'variable')
    onChange(how === 'variable' ? withVariable(draft, secret, usualVariable(draft.name, secret)) : withoutSecret(draft, secret))
  }
  return (
    <Input.Wrapper label={field.title} description={field.description} error={error} labelElement="div">
      <div className={styles.secret}>
        {hasKeychain && place !== 'file' ? (
          <SegmentedControl
            value={isVariable ? 'variable' : 'keychain'}
            data={Object.entries(LABELS).map(([value, label]) => ({ value, label }))}
            aria-label={`Where ${field.title} is kept`}
            onChange={choose}
          />
        ) : null}
        {place === 'file' ? (
          <InFile {...props} />
        ) : isVariable ? (
          <Variable {...props} />
        ) : place === 'stored' ? (
          <Stored {...props} />
        ) : field.widget === 'secret-file' ? (
          <KeyFile {...props} />
        ) : (
          <PasswordInput
            aria-label={field.title}
            value={draft.typed[secret] ?? ''}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': `Show or hide ${field.title}` }}
            onChange={(event) => onChange(withTypedSecret(draft, secret, event.currentTarget.value))}
            onBlur={props.onLeave}
          />
        )}
      </div>
    </Input.Wrapper>
  )
}

function Stored({ field, draft, secret, onChange }: SecretFieldProps) {
  return (
    <div className={styles.kept}>
      <span>Kept in the keychain of this computer.</span>
      <Button aria-label={`Replace ${field.title}`} onClick={() => onChange(withoutSecret(draft, secret))}>
        Replace…
      </Button>
    </div>
  )
}

function InFile({ field, draft, secret, onChange }: SecretFieldProps) {
  const value = draft.config[secret]
  const reference = typeof value === 'string' ? secretReference(value) : undefined
  return (
    <div className={styles.kept}>
      <span>In the file {reference?.type === 'file' ? reference.path : ''}, as connections.json has it.</span>
      <Button aria-label={`Replace ${field.title}`} onClick={() => onChange(withoutSecret(draft, secret))}>
        Replace…
      </Button>
    </div>
  )
}

function Variable({ field, draft, secret, onChange, onLeave }: SecretFieldProps) {
  const value = draft.config[secret]
  const reference = typeof value === 'string' ? secretReference(value) : undefined
  return (
    <>
      <TextInput
        aria-label={`Environment variable of ${field.title}`}
        value={reference?.type === 'environment' ? reference.variable : ''}
        placeholder={usualVariable(draft.name, secret)}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: styles.variable }}
        onChange={(event) => onChange(withVariable(draft, secret, event.currentTarget.value.replaceAll(/[^A-Za-z0-9_]/g, '')))}
        onBlur={onLeave}
      />
      <p className={styles.words}>The name of an environment variable that begins with MILLRACE_. Set it before Millrace is started.</p>
    </>
  )
}

function KeyFile({ field, draft, secret, onChange }: SecretFieldProps) {
  const [problem, setProblem] = useState<string>()
  const [chosen, setChosen] = useState<string>()
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return
    const bytes = new Uint8Array(await file.arrayBuffer())
    const kind = keyFileKind(bytes)
    const refused = kind === 'pem' || kind === 'pkcs12' ? undefined : `${file.name} ${REFUSED_KEY_FILE[kind]}`
    setProblem(refused)
    if (refused !== undefined) return
    setChosen(file.name)
    onChange(withTypedSecret(draft, secret, kind === 'pkcs12' ? PKCS12 + (await base64Of(file)) : new TextDecoder().decode(bytes)))
  }
  const isTyped = draft.typed[secret] !== undefined
  return (
    <>
      <div className={styles.kept}>
        <FileButton onChange={(file) => void take(file)} accept=".pem,.key,.p12,.pfx,.jks">
          {(props) => (
            <Button {...props} aria-label={`${field.title}: choose a file`}>
              Choose file…
            </Button>
          )}
        </FileButton>
        <span>{isTyped ? `${chosen ?? 'A key'} is taken, and goes to the keychain when you save.` : 'None chosen.'}</span>
      </div>
      {problem === undefined ? null : <p className={styles.problem}>{problem}</p>}
    </>
  )
}
