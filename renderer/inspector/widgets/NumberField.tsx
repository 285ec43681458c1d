import { TextInput } from '@mantine/core'
import { FieldRow } from '../form/FieldRow.tsx'
import { isInteger } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import { placeholderOf } from '../form/placeholder.ts'
import { readNumber } from '../form/read-number.ts'
import { useDraft } from '../form/use-draft.ts'
import type { WidgetProps } from '../form/widget-props.ts'

/** A number; what is not one yet stays in the field and out of the document. */
export function NumberField({ field, value }: WidgetProps) {
  const form = useForm()
  const draft = useDraft(
    value === undefined ? '' : String(value),
    (typed) => readNumber(typed, isInteger(field.schema)),
    (next) => form.set(field.path, next, field.title, true),
  )
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <TextInput
          {...control.inputProps(draft.message)}
          value={draft.text}
          inputMode={isInteger(field.schema) ? 'numeric' : 'decimal'}
          placeholder={placeholderOf(field)}
          onChange={(event) => draft.change(event.currentTarget.value)}
          onBlur={draft.leave}
        />
      )}
    </FieldRow>
  )
}
