import { type NodeProps, NodeResizer } from '@xyflow/react'
import { memo, useCallback, useRef } from 'react'
import { useMode, useSelection, useStudio } from '../app/studio-context.tsx'
import { resizeNote, setNoteText } from '../edit/add-note.ts'
import { GRID } from '../edit/places.ts'
import { useCanvasView } from './canvas-store.ts'
import { elementId } from './element-id.ts'
import { type NoteNode, noteId } from './flow-graph.ts'
import styles from './NoteCard.module.css'

/** So many characters can be written; where a document brings more, a browser would lay them out for many seconds. */
const LONGEST = 20_000

/** A note: plain text, kept in the document, edited in place. */
export const NoteCard = memo(function NoteCard({ data: { note, index }, selected }: NodeProps<NoteNode>) {
  const studio = useStudio()
  const { store } = useCanvasView()
  const editing = useMode((mode) => mode.type === 'note' && mode.index === index)
  const active = useSelection((state) => state.active?.type === 'note' && state.active.index === index)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      role="group"
      aria-roledescription="note"
      aria-label={note.text === '' ? 'Empty note' : note.text.slice(0, LONGEST)}
      id={elementId({ type: 'note', index })}
      className={styles.note}
      data-selected={selected ? '' : undefined}
      data-active={active ? '' : undefined}
      onDoubleClick={() => studio.mode.enter({ type: 'note', index })}
    >
      {note.text === '' ? <span className={styles.empty}>Double-click or press Enter to write</span> : note.text.slice(0, LONGEST)}
      {editing ? <NoteField index={index} text={note.text} /> : null}
      <NodeResizer
        isVisible={selected && !editing}
        minWidth={GRID * 6}
        minHeight={GRID * 3}
        onResizeEnd={(_event, box) => {
          const moving = new Map(store.getState().moving)
          moving.delete(noteId(index))
          resizeNote(studio, index, box)
          store.setState({ moving })
        }}
      />
    </div>
  )
})

function NoteField({ index, text }: { readonly index: number; readonly text: string }) {
  const studio = useStudio()
  const done = useRef(false)
  const finish = (written: string): void => {
    if (done.current) return
    done.current = true
    setNoteText(studio, index, written)
    const mode = studio.mode.getState()
    if (mode.type === 'note' && mode.index === index) studio.mode.leave()
  }
  const focus = useCallback((field: HTMLTextAreaElement | null) => field?.focus({ preventScroll: true }), [])
  return (
    <textarea
      ref={focus}
      className={`${styles.field} nodrag nopan nowheel nokey`}
      aria-label="Text of the note"
      defaultValue={text}
      maxLength={LONGEST}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.nativeEvent.isComposing) return
        const leave = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
        if (!leave) return
        finish(event.currentTarget.value)
        studio.focus.go('canvas')
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  )
}
