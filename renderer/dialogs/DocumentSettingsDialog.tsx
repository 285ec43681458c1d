import { Button, Modal, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useDocument, useStudio } from '../app/studio-context.tsx'
import styles from './dialogs.module.css'

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** What holds for the document as a whole. */
export function DocumentSettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const studio = useStudio()
  const document = useDocument((state) => state.document)
  const [name, setName] = useState(document.name)
  const [timeZone, setTimeZone] = useState(document.timeZone)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() === '') return
    const fields = { name: name.trim(), timeZone }
    if (fields.name !== document.name || timeZone !== document.timeZone) {
      studio.documents.act({ label: 'change the settings of the document', changes: [{ type: 'set-document', fields }] })
    }
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title="Document settings" size={440} centered>
      <form onSubmit={submit} className={styles.form}>
        <TextInput
          data-autofocus
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          {...(name.trim() === '' ? { error: 'A document needs a name.' } : {})}
        />
        <Select
          label="Time zone"
          description="Of days, weeks and months, and of the times that are shown."
          data={zones}
          value={timeZone}
          searchable
          nothingFoundMessage="No such time zone"
          onChange={(zone) => setTimeZone(zone ?? 'UTC')}
        />
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="filled" type="submit" disabled={name.trim() === ''}>
            Apply
          </Button>
        </div>
      </form>
    </Modal>
  )
}
