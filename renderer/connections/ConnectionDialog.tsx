import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useStudio } from '../app/studio-context.tsx'
import { refusalOf } from '../host/refusal.ts'
import { ConnectionFieldRow } from './ConnectionFieldRow.tsx'
import { ConnectionTest } from './ConnectionTest.tsx'
import { type ConnectionDraft, connectionFields, draftOf, readDraft, shownFields, typedSecretsOf } from './connection-draft.ts'
import styles from './connections.module.css'
import { useConnections } from './connections-store.ts'
import { saveConnection } from './edit-connections.ts'
import { ImportSettings } from './ImportSettings.tsx'
import { KeychainNote } from './KeychainNote.tsx'

interface ConnectionDialogProps {
  /** Of the connection that is changed; undefined: a new one. */
  readonly name: string | undefined
  readonly onClose: () => void
}

/** A new connection or a change of one, with a test step by step. */
export function ConnectionDialog({ name, onClose }: ConnectionDialogProps) {
  const studio = useStudio()
  const { connections } = useConnections()
  const known = connections?.find((connection) => connection.name === name)
  const [draft, setDraft] = useState<ConnectionDraft>(() => draftOf(known, connections?.map((connection) => connection.name) ?? []))
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<string>()
  const isTaken = (newName: string): boolean => newName !== name && connections?.some((connection) => connection.name === newName) === true
  const shown = shownFields(draft)
  const firstSecret = shown.find(({ widget }) => widget === 'secret' || widget === 'secret-file')
  const { connection, errors } = readDraft(draft, isTaken)
  const errorOf = (field: string): string | undefined => (touched.has(field) ? errors.get(field) : undefined)
  const touch = (field: string): void => setTouched(new Set([...touched, field]))
  const change = (next: ConnectionDraft): void => {
    setProblem(undefined)
    setDraft(next)
  }
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTouched(new Set(['name', ...connectionFields.map((field) => field.name)]))
    if (connection === undefined) return
    try {
      await saveConnection(studio, connection, { secrets: typedSecretsOf(draft, connection), before: name })
      studio.announcer.say(`Connection ${connection.name} saved.`)
      onClose()
    } catch (error) {
      setProblem(refusalOf(error).message)
    }
  }
  return (
    <Modal opened onClose={onClose} title={name === undefined ? 'New connection' : `Connection ${name}`} size={560} centered>
      <form onSubmit={(event) => void submit(event)} className={styles.form} noValidate>
        <ImportSettings draft={draft} onImport={change} />
        <TextInput
          {...(name === undefined ? { 'data-autofocus': true } : {})}
          label="Name"
          description="Steps name it; what it stands for is kept on this machine, not in the document."
          value={draft.name}
          error={errorOf('name')}
          onChange={(event) => change({ ...draft, name: event.currentTarget.value })}
          onBlur={() => touch('name')}
        />
        {shown.map((field, i) => (
          <div key={field.name} className={field.neededFor === undefined ? undefined : styles.nested}>
            {field === firstSecret ? <KeychainNote /> : null}
            <ConnectionFieldRow
              field={field}
              draft={draft}
              error={errorOf(field.name)}
              autoFocus={name !== undefined && i === 0}
              onChange={change}
              onLeave={() => touch(field.name)}
            />
          </div>
        ))}
        <ConnectionTest
          connection={connection}
          secrets={connection === undefined ? {} : typedSecretsOf(draft, connection)}
          storedAs={name}
        />
        {problem === undefined ? null : <p className={styles.problem}>{problem}</p>}
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="filled" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Modal>
  )
}
