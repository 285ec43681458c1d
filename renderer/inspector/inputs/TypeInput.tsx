import { Autocomplete } from '@mantine/core'
import { ColumnOption } from './ColumnOption.tsx'

/** Types to choose from, with what they are; lists, rows and maps of these can be typed. */
const TYPES: Readonly<Record<string, string>> = {
  STRING: 'text',
  BIGINT: 'whole number',
  DOUBLE: 'number',
  'DECIMAL(10, 2)': 'exact number',
  BOOLEAN: 'true or false',
  'TIMESTAMP_LTZ(3)': 'date and time',
  DATE: 'date',
  BYTES: 'bytes',
}

export function TypeInput({
  value,
  inputProps,
  onChange,
}: {
  readonly value: string
  readonly inputProps: Record<string, unknown>
  readonly onChange: (type: string) => void
}) {
  return (
    <Autocomplete
      {...inputProps}
      data={Object.keys(TYPES)}
      // All types are offered beside one that is chosen: whoever opens the list wants another one.
      filter={({ options, search }) =>
        Object.hasOwn(TYPES, search) ? options : options.filter((option) => 'value' in option && matches(option.value, search))
      }
      value={value}
      placeholder="Type"
      comboboxProps={{ width: 220, position: 'bottom-end' }}
      renderOption={({ option }) => <ColumnOption name={option.value} type={TYPES[option.value] ?? ''} />}
      onChange={onChange}
    />
  )
}

function matches(type: string, search: string): boolean {
  const word = search.trim().toLowerCase()
  return type.toLowerCase().includes(word) || (TYPES[type] ?? '').includes(word)
}
