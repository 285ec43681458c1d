import { Menu } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useDocument, useStudio } from '../app/studio-context.tsx'
import { commands } from '../commands/commands.ts'
import { documentName } from '../files/document-name.ts'
import { isEdited } from '../state/document-store.ts'
import { BarButton } from './BarButton.tsx'
import { CommandItems } from './CommandItems.tsx'
import styles from './RunBar.module.css'

/** Name of the document, and what can be done with its file. */
export function DocumentMenu() {
  const { documents } = useStudio()
  const name = useDocument(documentName)
  const edited = useDocument(isEdited)
  const [renaming, setRenaming] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasRenaming = useRef(false)
  useEffect(() => {
    if (wasRenaming.current && !renaming) button.current?.focus()
    wasRenaming.current = renaming
  }, [renaming])
  if (renaming) {
    const done = (text: string): void => {
      setRenaming(false)
      const next = text.trim()
      if (next !== '' && next !== documents.getState().document.name)
        documents.act({ label: `rename to ${next}`, changes: [{ type: 'set-document', fields: { name: next } }] })
    }
    return <NameField name={name} onDone={done} onCancel={() => setRenaming(false)} />
  }
  return (
    <Menu position="bottom-start" returnFocus>
      <Menu.Target>
        <BarButton
          ref={button}
          menu
          className={styles.document}
          title={edited ? `${name} (changed since it was saved)` : name}
          onKeyDown={(event) => {
            if (event.key !== 'F2') return
            event.preventDefault()
            setRenaming(true)
          }}
        >
          {name}
          {edited ? <span className={styles.edited}>changed</span> : null}
        </BarButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={<kbd className={styles.key}>F2</kbd>} onClick={() => setRenaming(true)}>
          Rename
        </Menu.Item>
        <CommandItems commands={commands.filter(({ menu }) => menu === 'file')} />
      </Menu.Dropdown>
    </Menu>
  )
}

interface NameFieldProps {
  readonly name: string
  readonly onDone: (name: string) => void
  readonly onCancel: () => void
}

function NameField({ name, onDone, onCancel }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    // The button that takes the focus must not be pressed by the same key.
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter') onDone(event.currentTarget.value)
    else onCancel()
  }
  return (
    <input
      ref={field}
      aria-label="Name of the document"
      className={styles.name}
      defaultValue={name}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget }) => onDone(currentTarget.value)}
    />
  )
}
