import { Switch } from '@mantine/core'
import { FieldRow } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import { useForm } from '../form/form-port.tsx'
import { Info } from '../form/Info.tsx'
import type { WidgetProps } from '../form/widget-props.ts'

/** Yes or no. */
export function SwitchField({ field, value }: WidgetProps) {
  const form = useForm()
  const usual = field.fallback.value === true
  return (
    <FieldRow field={field} hidesLabel>
      {(control) => (
        <div className={styles.row}>
          <Switch
            id={control.id}
            label={field.title}
            checked={typeof value === 'boolean' ? value : usual}
            onChange={(event) => {
              const next = event.currentTarget.checked
              form.set(field.path, field.optional && next === usual ? undefined : next, field.title)
            }}
          />
          <Info title={field.title} description={field.description} term={field.term} />
        </div>
      )}
    </FieldRow>
  )
}
