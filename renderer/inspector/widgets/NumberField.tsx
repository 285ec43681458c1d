import { isInteger } from '../form/form-field.ts'
import { readNumber } from '../form/read-number.ts'
import { TypedField } from '../form/TypedField.tsx'
import type { WidgetProps } from '../form/widget-props.ts'

/** A number. */
export function NumberField({ field, value }: WidgetProps) {
  const integer = isInteger(field.schema)
  const text = value === undefined ? '' : String(value)
  return <TypedField field={field} text={text} read={(typed) => readNumber(typed, integer)} inputMode={integer ? 'numeric' : 'decimal'} />
}
