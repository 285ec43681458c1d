import { Button, Textarea } from '@mantine/core'
import { useDocument, useStudio } from '../app/studio-context.tsx'
import { deleteSelection } from '../edit/delete.ts'
import styles from './inspector.module.css'

/** A note: its text. */
export function NoteDetails({ index }: { readonly index: number }) {
  const studio = useStudio()
  const note = useDocument(({ document }) => document.notes[index])
  if (note === undefined) return null
  return (
    <>
      <h2 className={styles.heading}>Note</h2>
      <Textarea
        label="Text"
        value={note.text}
        autosize
        minRows={4}
        maxRows={20}
        onChange={(event) =>
          studio.documents.act({
            label: 'change a note',
            changes: [{ type: 'set-note', index, note: { ...note, text: event.currentTarget.value } }],
            focus: { type: 'note', index },
            mergeKey: `note ${index}`,
          })
        }
      />
      <Button className={styles.spaced} onClick={() => deleteSelection(studio)}>
        Delete the note
      </Button>
    </>
  )
}
