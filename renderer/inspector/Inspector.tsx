import { useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useSelection, useStudio } from '../app/studio-context.tsx'
import { DocumentSettings } from './DocumentSettings.tsx'
import { focusField } from './focus-field.ts'
import styles from './inspector.module.css'
import { LinkDetails } from './LinkDetails.tsx'
import { NoteDetails } from './NoteDetails.tsx'
import { SeveralSelected } from './SeveralSelected.tsx'
import { StepForm } from './StepForm.tsx'

/** The settings of what is selected; of nothing, those of the document. */
export function Inspector() {
  const studio = useStudio()
  const root = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      studio.focus.onField((target) => {
        // At once: the field has to be there to take the focus.
        flushSync(() => {
          const { active, selected } = studio.selection.getState()
          const isShown = active?.type === 'node' && active.id === target.nodeId && selected.size < 2
          if (target.nodeId === '') studio.selection.select(undefined)
          else if (!isShown) studio.selection.select({ type: 'node', id: target.nodeId })
        })
        if (root.current !== null) focusField(root.current, target)
      }),
    [studio],
  )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving a field, wherever it is, ends its step of the history
    <div ref={root} className={styles.inspector} onBlur={() => studio.documents.sealHistory()}>
      <Selected />
    </div>
  )
}

function Selected() {
  const active = useSelection((state) => state.active)
  const selected = useSelection((state) => state.selected)
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
