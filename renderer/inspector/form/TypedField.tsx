import { TextInput } from '@mantine/core'
import { FieldRow } from './FieldRow.tsx'
import type { FormField } from './form-field.ts'
import { useForm } from './form-port.tsx'
import { placeholderOf } from './placeholder.ts'
import { type Reading, useDraft } from './use-draft.ts'

interface TypedFieldProps {
  readonly field: FormField
  /** The value of the document, as it is written in the field. */
  readonly text: string
  /** Without a value the setting is taken away. */
  readonly read: (typed: string) => Reading<unknown>
  /** Where neither what holds without it nor "not set" is to be said. */
  readonly example?: string
  readonly inputMode?: 'numeric' | 'decimal'
}

/** A setting in one line; what cannot be read yet stays in the field and out of the document. */
export function TypedField({ field, text, read, example = '', inputMode }: TypedFieldProps) {
  const form = useForm()
  const draft = useDraft(text, read, (next) => form.set(field.path, next, field.title, true))
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <TextInput
          {...control.inputProps(draft.message)}
          value={draft.text}
          inputMode={inputMode}
          placeholder={placeholderOf(field) || example}
          onChange={(event) => draft.change(event.currentTarget.value)}
          onBlur={draft.leave}
        />
      )}
    </FieldRow>
  )
}
