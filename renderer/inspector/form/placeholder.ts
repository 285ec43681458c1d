import { durationText } from './duration.ts'
import { choicesOf, type FormField } from './form-field.ts'

/** What an empty control says: what holds without it, or that nothing does. */
export function placeholderOf(field: FormField): string {
  const usual = field.fallback.has ? usualText(field) : undefined
  if (usual !== undefined) return `${usual} (as usual)`
  return field.optional ? 'not set' : ''
}

/** What holds without the setting, as the control shows it; undefined for lists, groups and empty texts. */
export function usualText({ widget, schema, fallback }: FormField): string | undefined {
  const { value } = fallback
  if (widget === 'duration' && typeof value === 'number') return durationText(value)
  if (widget === 'choice') return choicesOf(schema).find((choice) => choice.value === String(value))?.label
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return value.toLocaleString('en-US')
  return typeof value === 'string' && value !== '' ? value : undefined
}
