import { isJsonObject } from '../../../pipeline-runtime/spec/json.ts'
import { widgets } from '../widgets/widgets.ts'
import styles from './form.module.css'
import { type FormField, fieldsOf } from './form-field.ts'
import type { FieldsProps, FormParts } from './widget-props.ts'

/** A form made from the schema of an object: one control for each setting. */
export function Fields({ schema, path, value, without = [] }: FieldsProps) {
  const fields = fieldsOf(schema, path).filter((field) => !without.includes(String(field.path.at(-1))))
  const values = isJsonObject(value) ? value : {}
  return (
    <div className={styles.fields}>
      {fields.map((field) => {
        const name = String(field.path.at(-1))
        return <Field key={name} field={field} value={Object.hasOwn(values, name) ? values[name] : undefined} />
      })}
    </div>
  )
}

function Field({ field, value }: { readonly field: FormField; readonly value: unknown }) {
  const Widget = widgets[field.widget]
  return <Widget field={field} value={value} parts={parts} />
}

const parts: FormParts = { Fields, Field }
