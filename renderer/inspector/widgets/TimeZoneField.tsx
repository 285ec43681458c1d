import { Select } from '@mantine/core'
import { FieldRow } from '../form/FieldRow.tsx'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** A time zone, found by typing a part of its name. */
export function TimeZoneField({ field, value }: WidgetProps) {
  const form = useForm()
  const chosen = typeof value === 'string' ? value : field.fallback.value
  const zone = typeof chosen === 'string' ? chosen : null
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <Select
          {...control.inputProps()}
          data={zone === null || zones.includes(zone) ? zones : [zone, ...zones]}
          value={zone}
          searchable
          allowDeselect={false}
          limit={60}
          nothingFoundMessage="No such time zone"
          onChange={(next) => form.set(field.path, next ?? undefined, field.title)}
        />
      )}
    </FieldRow>
  )
}
