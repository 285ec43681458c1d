import { Select } from '@mantine/core'
import { printType } from '../../../pipeline-runtime/data/types.ts'
import { FieldRow } from '../form/FieldRow.tsx'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import { ColumnOption } from '../inputs/ColumnOption.tsx'
import { TextField } from './TextField.tsx'

/** One of the columns at hand; where none is known, its name can be typed. */
export function ColumnField(props: WidgetProps) {
  const form = useForm()
  const { field, value } = props
  if (form.columns.length === 0) return <TextField {...props} />
  const chosen = typeof value === 'string' ? value : null
  const data = form.columns.map(({ name }) => name)
  if (chosen !== null && !data.includes(chosen)) data.push(chosen)
  const types = new Map(form.columns.map(({ name, type }) => [name, printType(type)]))
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <Select
          {...control.inputProps()}
          data={data}
          value={chosen}
          placeholder={field.optional ? 'not set' : 'Choose a column'}
          clearable={field.optional}
          allowDeselect={false}
          searchable
          nothingFoundMessage="No such column"
          renderOption={({ option }) => <ColumnOption name={option.value} type={types.get(option.value) ?? 'not there'} />}
          onChange={(next) => form.set(field.path, next ?? undefined, field.title)}
        />
      )}
    </FieldRow>
  )
}
