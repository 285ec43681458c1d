import { TextInput } from '@mantine/core'
import { FieldRow } from '../form/FieldRow.tsx'
import { useForm } from '../form/form-port.tsx'
import { placeholderOf } from '../form/placeholder.ts'
import { useDraft } from '../form/use-draft.ts'
import type { WidgetProps } from '../form/widget-props.ts'

/** A text; an empty one takes the setting away. */
export function TextField({ field, value }: WidgetProps) {
  const form = useForm()
  const draft = useDraft(
    typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value),
    (typed) => ({ ok: true, value: typed === '' ? undefined : typed, text: typed }),
    (next) => form.set(field.path, next, field.title, true),
  )
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <TextInput
          {...control.inputProps(draft.message)}
          value={draft.text}
          placeholder={placeholderOf(field)}
          onChange={(event) => draft.change(event.currentTarget.value)}
          onBlur={draft.leave}
        />
      )}
    </FieldRow>
  )
}
