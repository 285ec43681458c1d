import { Textarea } from '@mantine/core'
import { FieldRow } from '../form/FieldRow.tsx'
import { useForm } from '../form/form-port.tsx'
import { placeholderOf } from '../form/placeholder.ts'
import { useDraft } from '../form/use-draft.ts'
import type { WidgetProps } from '../form/widget-props.ts'

/** A value for which there is no control of its own: as JSON. */
export function JsonField({ field, value }: WidgetProps) {
  const form = useForm()
  const draft = useDraft<unknown>(
    value === undefined ? '' : JSON.stringify(value, null, 2),
    (typed) => {
      if (typed.trim() === '') return { ok: true, value: undefined, text: '' }
      try {
        const parsed: unknown = JSON.parse(typed)
        return { ok: true, value: parsed, text: JSON.stringify(parsed, null, 2) }
      } catch {
        return { ok: false, message: 'This is not JSON yet. Write a text in double quotes, a number, a list in [ ] or an object in { }.' }
      }
    },
    (next) => form.set(field.path, next, field.title, true),
  )
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <Textarea
          {...control.inputProps(draft.message)}
          value={draft.text}
          placeholder={placeholderOf(field)}
          autosize
          minRows={1}
          maxRows={12}
          onChange={(event) => draft.change(event.currentTarget.value)}
          onBlur={draft.leave}
        />
      )}
    </FieldRow>
  )
}
