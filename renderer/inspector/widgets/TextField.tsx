import { TypedField } from '../form/TypedField.tsx'
import { readText } from '../form/use-draft.ts'
import type { WidgetProps } from '../form/widget-props.ts'

/** A text; an empty one takes the setting away. */
export function TextField({ field, value }: WidgetProps) {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
  return <TypedField field={field} text={text} read={readText} />
}
