import { Button, Textarea } from '@mantine/core'
import { useDocument, useStudio } from '../app/studio-context.tsx'
import { deleteSelection } from '../edit/delete.ts'
import { useDraft } from './form/use-draft.ts'
import styles from './inspector.module.css'

/** A note: its text. */
export function NoteDetails({ index }: { readonly index: number }) {
  const studio = useStudio()
  const note = useDocument(({ document }) => document.notes[index])
  const draft = useDraft<string>(
    note?.text ?? '',
    (typed) => ({ ok: true, value: typed, text: typed }),
    (text) => {
      const current = studio.documents.getState().document.notes[index]
      if (current === undefined) return
      studio.documents.act({
        label: 'change a note',
        changes: [{ type: 'set-note', index, note: { ...current, text } }],
        focus: { type: 'note', index },
        mergeKey: `note ${index}`,
      })
    },
  )
  if (note === undefined) return null
  return (
    <>
      <h2 className={styles.heading}>Note</h2>
      <Textarea
        label="Text"
        value={draft.text}
        autosize
        minRows={4}
        maxRows={20}
        onChange={(event) => draft.change(event.currentTarget.value)}
        onBlur={draft.leave}
      />
      <Button className={styles.spaced} onClick={() => deleteSelection(studio)}>
        Delete the note
      </Button>
    </>
  )
}
