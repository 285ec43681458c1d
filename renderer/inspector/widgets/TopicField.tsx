import { Autocomplete } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useDocument, useRuns, useStudio } from '../../app/studio-context.tsx'
import { refusalOf } from '../../host/refusal.ts'
import { targetName } from '../../run/target-name.ts'
import { FieldRow } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import { useForm } from '../form/form-port.tsx'
import { usedValues } from '../form/used-values.ts'
import type { WidgetProps } from '../form/widget-props.ts'

/** The name of a topic: those of the cluster that the run bar names are offered, any name can be typed. */
export function TopicField({ field, value }: WidgetProps) {
  const form = useForm()
  const document = useDocument((state) => state.document)
  const used = useMemo(() => usedValues(document, 'topic'), [document])
  const topics = useTopics()
  const text = typeof value === 'string' ? value : ''
  const names = topics.names ?? used
  return (
    <FieldRow field={field} ownMessages>
      {(control) => (
        <>
          <Autocomplete
            {...control.inputProps()}
            data={[...names]}
            limit={200}
            maxDropdownHeight={280}
            filter={({ options, search }) =>
              names.includes(search)
                ? options
                : options.filter((option) => 'value' in option && option.value.toLowerCase().includes(search.trim().toLowerCase()))
            }
            value={text}
            placeholder="Choose a topic"
            onFocus={topics.load}
            onChange={(next) => form.set(field.path, next === '' ? undefined : next, field.title, true)}
          />
          {topics.problem !== undefined && (
            <p className={styles.hint} role="note">
              {topics.problem}
            </p>
          )}
        </>
      )}
    </FieldRow>
  )
}

interface Topics {
  /** Undefined on sample data, and until the cluster has answered. */
  readonly names: readonly string[] | undefined
  readonly problem: string | undefined
  load(): void
}

/** The topics of the cluster that the run bar names, asked for when the field is entered. */
function useTopics(): Topics {
  const { host } = useStudio()
  const target = useRuns((state) => state.settings.target)
  const [answer, setAnswer] = useState<{ readonly of: typeof target; readonly names?: readonly string[]; readonly problem?: string }>()
  const current = answer?.of === target ? answer : undefined
  return {
    names: current?.names,
    problem: current?.problem,
    load() {
      if (target.type === 'sample') return
      host.runtime
        .ready()
        .then((client) => client.data.topics({ target }))
        .then(
          (topics) => setAnswer({ of: target, names: topics.map(({ name }) => name).sort() }),
          (error: unknown) =>
            setAnswer({ of: target, problem: `The topics of ${targetName(target)} cannot be listed: ${refusalOf(error).message}` }),
        )
    },
  }
}
