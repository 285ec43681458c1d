import { TagsInput } from '@mantine/core'
import { printType } from '../../../pipeline-runtime/data/types.ts'
import { sameJson } from '../../../pipeline-runtime/spec/json.ts'
import { FieldRow } from '../form/FieldRow.tsx'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import { ColumnOption } from '../inputs/ColumnOption.tsx'

/** Several columns in an order, or other names; a column that is not there can be typed. */
export function ColumnListField({ field, value }: WidgetProps) {
  const form = useForm()
  const own = Array.isArray(value) ? value : Array.isArray(field.fallback.value) ? field.fallback.value : []
  const names = own.map((item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item)))
  const columns = field.widget === 'column-list' ? form.columns : []
  const types = new Map(columns.map(({ name, type }) => [name, printType(type)]))
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <TagsInput
          {...control.inputProps()}
          data={columns.map(({ name }) => name)}
          value={names}
          placeholder={names.length > 0 ? '' : columns.length > 0 ? 'Choose columns' : field.optional ? 'none' : ''}
          acceptValueOnBlur
          allowDuplicates={false}
          splitChars={[',']}
          renderOption={({ option }) => <ColumnOption name={option.value} type={types.get(option.value) ?? ''} />}
          onChange={(next) => {
            const isUsual = next.length === 0 && (!field.fallback.has ? field.optional : sameJson(field.fallback.value, []))
            form.set(field.path, isUsual ? undefined : next, field.title)
          }}
        />
      )}
    </FieldRow>
  )
}
