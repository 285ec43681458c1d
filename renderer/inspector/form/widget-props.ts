import type { ComponentType } from 'react'
import type { FormField, Path, Schema } from './form-field.ts'

export interface WidgetProps {
  readonly field: FormField
  /** As it stands in the document; undefined where it is left out. */
  readonly value: unknown
  readonly parts: FormParts
}

/** What a control with settings inside of it draws them with. */
export interface FormParts {
  readonly Fields: ComponentType<FieldsProps>
  readonly Field: ComponentType<{ readonly field: FormField; readonly value: unknown }>
}

export interface FieldsProps {
  readonly schema: Schema
  readonly path: Path
  readonly value: unknown
  /** Names of fields that stand elsewhere. */
  readonly without?: readonly string[]
}
