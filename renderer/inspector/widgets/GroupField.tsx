import { Button } from '@mantine/core'
import { useStudio } from '../../app/studio-context.tsx'
import { FieldRow } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import { initialValue } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'

/** Settings that belong together. */
export function GroupField({ field, value, parts }: WidgetProps) {
  const form = useForm()
  const { focus } = useStudio()
  const shown = value ?? field.fallback.value
  return (
    <FieldRow field={field} deep={false}>
      {(control) =>
        shown === undefined && field.optional ? (
          <Button
            variant="default"
            onClick={() => {
              form.set(field.path, initialValue(field.schema, new Date()), field.title)
              // The button goes away: the first of what comes in its place takes the focus.
              focus.field({ nodeId: form.nodeId, path: field.path })
            }}
          >
            Set {field.title}
          </Button>
        ) : (
          <fieldset className={styles.group} aria-labelledby={control.labelId}>
            <parts.Fields schema={field.schema} path={field.path} value={shown} />
          </fieldset>
        )
      }
    </FieldRow>
  )
}
