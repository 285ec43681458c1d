import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useStudio } from '../app/studio-context.tsx'
import { documentPath } from '../files/document-name.ts'
import styles from './dialogs.module.css'

interface SaveAsDialogProps {
  readonly suggestedName: string
  readonly answer: (path: string | undefined) => void
}

/** A name for the document in the folder that is served. */
export function SaveAsDialog({ suggestedName, answer }: SaveAsDialogProps) {
  const { capabilities } = useStudio()
  const [typed, setTyped] = useState(suggestedName.replace(/\.millrace\.json$/, ''))
  const path = documentPath(typed)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (path !== '') answer(path)
  }
  return (
    <Modal opened onClose={() => answer(undefined)} title="Save as" size={480} centered>
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label="Name"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          {...(path === '' ? { error: 'A document needs a name.' } : { description: `${capabilities.folder ?? ''}/${path}` })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        <div className={styles.buttons}>
          <Button onClick={() => answer(undefined)}>Cancel</Button>
          <Button variant="filled" type="submit" disabled={path === ''}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  )
}
