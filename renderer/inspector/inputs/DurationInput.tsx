import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type DurationUnit, durationUnits, millisecondsOf, splitDuration } from '../form/duration.ts'
import styles from '../form/form.module.css'
import { readNumber } from '../form/read-number.ts'
import { useDraft } from '../form/use-draft.ts'

/** A number and a unit. The unit that was chosen or typed beside stays, also where a larger one would do: 60 s does not jump to 1 min. */
export function DurationInput({
  value,
  usual,
  optional,
  title,
  inputProps,
  onChange,
}: {
  readonly value: number | undefined
  readonly usual: number | undefined
  readonly optional: boolean
  readonly title: string
  readonly inputProps: (message?: string) => Record<string, unknown>
  readonly onChange: (milliseconds: number | undefined, typing: boolean) => void
}) {
  const [held, setHeld] = useState<{ readonly unit: DurationUnit; readonly beside: number | undefined }>()
  const unit = held !== undefined && held.beside === value ? held.unit : splitDuration(value ?? usual ?? 0).unit
  const inUnit = (ms: number): number => ms / (durationUnits.find((candidate) => candidate.value === unit)?.ms ?? 1)
  const draft = useDraft<number | undefined>(
    value === undefined ? '' : String(inUnit(value)),
    (typed) => {
      const reading = readNumber(typed, false)
      if (!reading.ok) return { ok: false, message: 'Write a number, such as 5.' }
      if (reading.value === undefined) return { ok: true, value: undefined, text: '' }
      const ms = millisecondsOf({ amount: reading.value, unit })
      if (!Number.isSafeInteger(ms)) return { ok: false, message: 'This is finer than a millisecond, or too long.' }
      return { ok: true, value: ms, text: String(inUnit(ms)) }
    },
    (next) => {
      setHeld({ unit, beside: next })
      onChange(next, true)
    },
  )
  const placeholder = usual !== undefined ? `${inUnit(usual)} (as usual)` : optional ? 'not set' : ''
  return (
    <div className={styles.duration}>
      <TextInput
        className={styles.grow}
        {...inputProps(draft.message)}
        value={draft.text}
        inputMode="decimal"
        placeholder={placeholder}
        onChange={(event) => draft.change(event.currentTarget.value)}
        onBlur={draft.leave}
      />
      <NativeSelect
        className={styles.unit}
        aria-label={`${title}: unit`}
        value={unit}
        data={durationUnits.map(({ value: unitValue, label }) => ({ value: unitValue, label }))}
        onChange={(event) => {
          const chosen = durationUnits.find((candidate) => candidate.value === event.currentTarget.value)?.value ?? unit
          const next = value === undefined ? undefined : millisecondsOf({ amount: inUnit(value), unit: chosen })
          setHeld({ unit: chosen, beside: next })
          if (next !== value) onChange(next, false)
        }}
      />
    </div>
  )
}
