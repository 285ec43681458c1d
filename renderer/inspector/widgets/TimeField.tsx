import { readTime } from '../form/read-time.ts'
import { TypedField } from '../form/TypedField.tsx'
import type { WidgetProps } from '../form/widget-props.ts'

/** A moment: ISO 8601 with a zone. */
export function TimeField({ field, value }: WidgetProps) {
  return <TypedField field={field} text={typeof value === 'string' ? value : ''} read={readTime} example="2026-01-01T00:00:00Z" />
}
