import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { kafkaConnection } from '../../pipeline-runtime/connectors/kafka/connection.ts'
import { namedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { metaOf, shapeOf } from '../../pipeline-runtime/spec/schema-walk.ts'
import { useStudio } from '../app/studio-context.tsx'
import { refusalOf } from '../host/refusal.ts'
import { ConnectionTest } from './ConnectionTest.tsx'
import styles from './connections.module.css'
import { useConnections } from './connections-store.ts'
import { saveConnection } from './edit-connections.ts'

/** The settings of the kind of connection, as its definition has them. */
const fields = Object.entries({ bootstrap: shapeOf(kafkaConnection.config)?.bootstrap ?? kafkaConnection.config }).map(([name, schema]) => {
  const { title, description } = metaOf(schema)
  return { name, title: String(title ?? name), description: String(description ?? '') }
})

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
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>(() => ({
    name: name ?? freeName(connections?.map((connection) => connection.name) ?? []),
    ...textsOf(known?.config),
  }))
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState<string>()
  const { name: typedName = '', ...settings } = draft
  const newName = typedName.trim()
  const parsed = namedConnection.safeParse({ name: newName, kind: 'kafka', config: settings })
  const errors = new Map(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => [String(path.at(-1)), message]))
  const isTaken = newName !== name && connections?.some((connection) => connection.name === newName) === true
  if (isTaken) errors.set('name', `There is a connection "${newName}" already.`)
  const set = (field: string, value: string): void => setDraft({ ...draft, [field]: value })
  const errorOf = (field: string): string | undefined => (touched.has(field) ? errors.get(field) : undefined)
  const touch = (field: string): void => setTouched(new Set([...touched, field]))
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTouched(new Set(['name', ...fields.map((field) => field.name)]))
    if (!parsed.success || isTaken) return
    try {
      await saveConnection(studio, parsed.data, name)
      studio.announcer.say(`Connection ${parsed.data.name} saved.`)
      onClose()
    } catch (error) {
      setProblem(refusalOf(error).message)
    }
  }
  return (
    <Modal opened onClose={onClose} title={name === undefined ? 'New connection' : `Connection ${name}`} size={480} centered>
      <form onSubmit={(event) => void submit(event)} className={styles.form} noValidate>
        <TextInput
          {...(name === undefined ? { 'data-autofocus': true } : {})}
          label="Name"
          description="Steps name it; what it stands for is kept on this machine, not in the document."
          value={typedName}
          error={errorOf('name')}
          onChange={(event) => set('name', event.currentTarget.value)}
          onBlur={() => touch('name')}
        />
        {fields.map(({ name: field, title, description }, i) => (
          <TextInput
            key={field}
            {...(name !== undefined && i === 0 ? { 'data-autofocus': true } : {})}
            label={title}
            description={description}
            placeholder="localhost:9092"
            value={settings[field] ?? ''}
            error={errorOf(field)}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => set(field, event.currentTarget.value)}
            onBlur={() => touch(field)}
          />
        ))}
        <ConnectionTest connection={parsed.success ? parsed.data : undefined} />
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

function textsOf(config: object | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(config ?? {}).map(([key, value]) => [key, String(value)]))
}

function freeName(taken: readonly string[]): string {
  if (!taken.includes('kafka')) return 'kafka'
  for (let n = 2; ; n++) if (!taken.includes(`kafka${n}`)) return `kafka${n}`
}
