import { Autocomplete } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useDocument, useStudio } from '../../app/studio-context.tsx'
import { FieldRow } from '../form/FieldRow.tsx'
import { useForm } from '../form/form-port.tsx'
import { usedValues } from '../form/used-values.ts'
import type { WidgetProps } from '../form/widget-props.ts'

/** The name of a connection: those of this machine and of the document are offered, another one can be typed. */
export function ConnectionField({ field, value }: WidgetProps) {
  const form = useForm()
  const { host } = useStudio()
  const document = useDocument((state) => state.document)
  const [saved, setSaved] = useState<readonly string[]>([])
  const used = useMemo(() => usedValues(document, 'connection'), [document])
  useEffect(() => {
    let gone = false
    // Without an answer there are fewer names to choose from; what is wrong with the host is said elsewhere.
    host.shell.connections.list().then(
      (list) => {
        if (!gone) setSaved(list.map(({ name }) => name))
      },
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [host])
  const text = typeof value === 'string' ? value : ''
  const names = [...new Set([...saved, ...used])]
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <Autocomplete
          {...control.inputProps()}
          data={names}
          filter={({ options, search }) =>
            names.includes(search) ? options : options.filter((option) => 'value' in option && option.value.includes(search))
          }
          value={text}
          placeholder="A name, such as shop"
          onChange={(next) => form.set(field.path, next === '' ? undefined : next, field.title, true)}
        />
      )}
    </FieldRow>
  )
}
