import { TextInput } from '@mantine/core'
import { FieldRow } from '../form/FieldRow.tsx'
import { useForm } from '../form/form-port.tsx'
import { placeholderOf } from '../form/placeholder.ts'
import { readTime } from '../form/read-time.ts'
import { useDraft } from '../form/use-draft.ts'
import type { WidgetProps } from '../form/widget-props.ts'

/** A moment: ISO 8601 with a zone. */
export function TimeField({ field, value }: WidgetProps) {
  const form = useForm()
  const draft = useDraft(
    typeof value === 'string' ? value : '',
    (typed) => readTime(typed),
    (next) => form.set(field.path, next, field.title, true),
  )
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <TextInput
          {...control.inputProps(draft.message)}
          value={draft.text}
          placeholder={placeholderOf(field) || '2026-01-01T00:00:00Z'}
          onChange={(event) => draft.change(event.currentTarget.value)}
          onBlur={draft.leave}
        />
      )}
    </FieldRow>
  )
}
