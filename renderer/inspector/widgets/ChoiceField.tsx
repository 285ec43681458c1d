import { SegmentedControl, Select } from '@mantine/core'
import { FieldRow } from '../form/FieldRow.tsx'
import { type Choice, choicesOf } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'

/** One of few words: side by side where they fit, else a list. */
export function ChoiceField({ field, value }: WidgetProps) {
  const form = useForm()
  const choices = choicesOf(field.schema)
  const usual = field.fallback.has ? String(field.fallback.value) : undefined
  const chosen = value === undefined ? usual : String(value)
  const choose = (next: unknown): void => form.set(field.path, next === null || next === usual ? undefined : next, field.title)
  const known = choices.some((choice) => choice.value === chosen)
  // Also before one is chosen: a list that turned into something else would drop the focus.
  const isOpen = chosen === undefined && !field.optional
  if ((known || isOpen) && fitsSideBySide(choices)) {
    return (
      <FieldRow field={field}>
        {(control) => (
          <SegmentedControl fullWidth value={chosen ?? ''} data={[...choices]} onChange={choose} aria-labelledby={control.labelId} />
        )}
      </FieldRow>
    )
  }
  const data = choices.map((choice) => (choice.value === usual ? { ...choice, label: `${choice.label} (as usual)` } : choice))
  if (!known && chosen !== undefined) data.push({ value: chosen, label: `${chosen} (not possible)` })
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <Select
          {...control.inputProps()}
          data={data}
          value={chosen ?? null}
          placeholder={field.optional ? 'not set' : 'Choose'}
          clearable={field.optional && usual === undefined}
          allowDeselect={false}
          onChange={choose}
        />
      )}
    </FieldRow>
  )
}

function fitsSideBySide(choices: readonly Choice[]): boolean {
  return choices.length > 1 && choices.length < 4 && choices.reduce((sum, { label }) => sum + label.length, 0) <= 38
}
