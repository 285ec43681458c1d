import { startTransition, useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useStudio } from '../app/studio-context.tsx'
import { editorPart } from '../expression-editor/editor-part.ts'
import type { SelectionState } from '../state/selection-store.ts'
import { DocumentSettings } from './DocumentSettings.tsx'
import { focusField, isComplete } from './focus-field.ts'
import styles from './inspector.module.css'
import { LinkDetails } from './LinkDetails.tsx'
import { NoteDetails } from './NoteDetails.tsx'
import { SeveralSelected } from './SeveralSelected.tsx'
import { StepForm } from './StepForm.tsx'

/** The settings of what is selected; of nothing, those of the document. */
export function Inspector() {
  const studio = useStudio()
  const root = useRef<HTMLDivElement>(null)
  const { selection, showNow } = useFollowedSelection()
  useEffect(
    () =>
      studio.focus.onField((target) => {
        // At once: the field has to be there to take the focus.
        flushSync(() => {
          const { active, selected } = studio.selection.getState()
          const isShown = active?.type === 'node' && active.id === target.nodeId && selected.size < 2
          if (target.nodeId === '') studio.selection.select(undefined)
          else if (!isShown) studio.selection.select({ type: 'node', id: target.nodeId })
          showNow()
        })
        const form = root.current
        if (form === null) return
        if (isComplete(form)) focusField(form, target)
        else
          void editorPart.load().then(
            () => setTimeout(() => focusField(form, target)),
            () => undefined,
          )
      }),
    [studio, showNow],
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving a field, wherever it is, ends its step of the history
    <div ref={root} className={styles.inspector} onBlur={() => studio.documents.sealHistory()}>
      <Selected selection={selection} />
    </div>
  )
}

/**
 * What is selected, a moment later than on the canvas and in the outline: who walks from step to step does not wait for forms that he
 * passes by. `showNow`: what comes next needs the form.
 */
function useFollowedSelection(): { readonly selection: SelectionState; showNow(): void } {
  const store = useStudio().selection
  const [selection, setSelection] = useState(store.getState)
  useEffect(() => {
    setSelection(store.getState())
    return store.subscribe((state) => startTransition(() => setSelection(state)))
  }, [store])
  return { selection, showNow: useCallback(() => setSelection(store.getState()), [store]) }
}

function Selected({ selection: { active, selected } }: { readonly selection: SelectionState }) {
  if (selected.size > 1) return <SeveralSelected items={[...selected.values()]} />
  switch (active?.type) {
    case 'node':
      return <StepForm key={active.id} nodeId={active.id} />
    case 'edge':
      return <LinkDetails edge={active.edge} />
    case 'note':
      return <NoteDetails key={active.index} index={active.index} />
    case undefined:
      return <DocumentSettings />
  }
}
