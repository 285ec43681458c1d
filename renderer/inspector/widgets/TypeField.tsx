import { FieldRow } from '../form/FieldRow.tsx'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import { TypeInput } from '../inputs/TypeInput.tsx'

/** The type of a column. */
export function TypeField({ field, value }: WidgetProps) {
  const form = useForm()
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <TypeInput
          inputProps={control.inputProps()}
          value={typeof value === 'string' ? value : ''}
          onChange={(next) => form.set(field.path, next === '' ? undefined : next, field.title, true)}
        />
      )}
    </FieldRow>
  )
}
