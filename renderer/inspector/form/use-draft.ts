import { useState } from 'react'
import { useStudio } from '../../app/studio-context.tsx'

/** What was typed, read: `text` is how the value will be shown once it is in the document. */
export type Reading<T> = { readonly ok: true; readonly value: T; readonly text: string } | { readonly ok: false; readonly message: string }

/** A text; an empty one takes the value away. */
export function readText(typed: string): Reading<string | undefined> {
  return { ok: true, value: typed === '' ? undefined : typed, text: typed }
}

interface Draft {
  readonly text: string
  /** The document's text beside which the draft holds; another one means that the value was changed from elsewhere (undo). */
  readonly beside: string
  readonly message: string | undefined
  /** It is on its way into the document. */
  readonly waits: boolean
}

export interface DraftField {
  readonly text: string
  /** Why what was typed is not in the document. */
  readonly message: string | undefined
  change(text: string): void
  leave(): void
}

/**
 * The text of a field while it is typed into: it is shown at once and written to the document after that; what cannot be read yet stays on
 * the screen and out of the document.
 */
export function useDraft<T>(text: string, read: (typed: string) => Reading<T>, write: (value: T) => void): DraftField {
  const { documents } = useStudio()
  const [draft, setDraft] = useState<Draft>()
  const current = draft?.waits === true || draft?.beside === text ? draft : undefined
  return {
    text: current?.text ?? text,
    message: current?.message,
    change(typed) {
      const reading = read(typed)
      if (!reading.ok) return setDraft({ text: typed, beside: text, message: reading.message, waits: false })
      setDraft({ text: typed, beside: reading.text, message: undefined, waits: true })
      documents.later(() => {
        setDraft((now) => now && { ...now, waits: false })
        write(reading.value)
      })
    },
    leave() {
      // What could not be read stays with its message, so that it can be mended.
      if (current?.message === undefined) setDraft(undefined)
    },
  }
}
