import { FieldRow } from '../form/FieldRow.tsx'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import { DurationInput } from '../inputs/DurationInput.tsx'

/** A length of time in milliseconds, as a number and a unit. */
export function DurationField({ field, value }: WidgetProps) {
  const form = useForm()
  const usual = field.fallback.value
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <DurationInput
          value={typeof value === 'number' ? value : undefined}
          usual={typeof usual === 'number' ? usual : undefined}
          optional={field.optional}
          title={field.title}
          inputProps={control.inputProps}
          onChange={(next, typing) => form.set(field.path, next, field.title, typing)}
        />
      )}
    </FieldRow>
  )
}
