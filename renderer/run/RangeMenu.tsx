import { Popover, Radio, Select, TextInput, Tooltip } from '@mantine/core'
import { IconCalendarTime, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useDocument, useRuns, useStudio } from '../app/studio-context.tsx'
import { formatDuration } from '../format/times.ts'
import controls from '../style/controls.module.css'
import { BarButton } from './BarButton.tsx'
import styles from './RunBar.module.css'
import {
  choiceOf,
  instantOf,
  isBounded,
  lastLengths,
  type RangeChoice,
  type RunRange,
  rangeChoices,
  rangeInWords,
  rangeOf,
  sameRange,
  wallTimeOf,
} from './run-range.ts'

const titles: Readonly<Record<RangeChoice, string>> = {
  live: 'Live',
  new: 'Only what is new',
  last: 'The last while, then live',
  between: 'From – to',
  all: 'All, then stop',
}

/** Each with what it is called in files and on the command line. */
const notes: Readonly<Record<RangeChoice, string>> = {
  live: 'Goes on where the last run stopped; the first run reads everything there is. Start "continue", stop "never".',
  new: 'Skips what is there already. Start "latest", stop "never".',
  last: 'Reads again what happened during that time, then goes on. Start "last", stop "never".',
  between: 'Reads what happened between two times, finishes all results and stops. Start and stop "time".',
  all: 'Reads everything there is now, finishes all results and stops. Start "earliest", stop "end".',
}

/** From when to when the next run reads. */
export function RangeMenu() {
  const { runs } = useStudio()
  const timeZone = useDocument(({ document }) => document.timeZone)
  const start = useDocument(({ document }) => document.start)
  const stop = useDocument(({ document }) => document.stop)
  const chosenStart = useRuns(({ settings }) => settings.start)
  const chosenStop = useRuns(({ settings }) => settings.stop)
  const byDefault: RunRange = { start, stop }
  const range: RunRange = { start: chosenStart ?? start, stop: chosenStop ?? stop }
  const set = (next: RunRange): void => {
    // What the document says anyway follows the document.
    runs.configure(sameRange(next, byDefault) ? { start: undefined, stop: undefined } : { start: next.start, stop: next.stop })
  }
  const choice = choiceOf(range)
  const words = rangeInWords(range, timeZone)
  const defaultChoice = choiceOf(byDefault)
  return (
    <Popover position="bottom-start" trapFocus returnFocus width={360}>
      <Popover.Target>
        <BarButton menu icon={<IconCalendarTime size={16} stroke={1.5} aria-hidden />} aria-label={`Reads: ${words}`}>
          {words}
        </BarButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="What the next run reads">
        <Radio.Group label="The next run reads" value={choice ?? ''} onChange={(value) => set(rangeOf(asChoice(value), range, Date.now()))}>
          <div className={styles.choices}>
            {rangeChoices.map((each) => (
              <div key={each}>
                <div className={styles.choice}>
                  <Radio value={each} label={titles[each]} size="xs" classNames={{ label: styles.radioLabel ?? '' }} />
                  {each === defaultChoice ? <span className={styles.note}>as the document says</span> : null}
                  <span className={styles.spring} />
                  <Tooltip label={notes[each]} withinPortal>
                    <button type="button" className={controls.iconButton} aria-label={`${titles[each]}: ${notes[each]}`}>
                      <IconInfoCircle size={16} stroke={1.5} aria-hidden />
                    </button>
                  </Tooltip>
                </div>
                {each === choice ? <ChoiceFields range={range} timeZone={timeZone} onChange={set} /> : null}
              </div>
            ))}
          </div>
        </Radio.Group>
        {choice === undefined ? <p className={styles.note}>The document says: {words}.</p> : null}
        {isBounded(range) ? null : <p className={styles.note}>Runs until you stop it.</p>}
      </Popover.Dropdown>
    </Popover>
  )
}

interface ChoiceFieldsProps {
  readonly range: RunRange
  readonly timeZone: string
  readonly onChange: (range: RunRange) => void
}

function ChoiceFields({ range, timeZone, onChange }: ChoiceFieldsProps) {
  const { start, stop } = range
  if (start.type === 'last') {
    const lengths = lastLengths.includes(start.lastMs) ? lastLengths : [start.lastMs, ...lastLengths]
    return (
      <Select
        className={styles.field}
        label="How long"
        value={String(start.lastMs)}
        data={lengths.map((ms) => ({ value: String(ms), label: formatDuration(ms) }))}
        onChange={(value) => value !== null && onChange({ ...range, start: { type: 'last', lastMs: Number(value) } })}
        comboboxProps={{ withinPortal: false }}
      />
    )
  }
  if (start.type !== 'time' || stop.type !== 'time') return null
  const backwards = Date.parse(stop.time) <= Date.parse(start.time)
  return (
    <div className={styles.field}>
      <TimeField
        label={`From (${timeZone})`}
        instant={start.time}
        timeZone={timeZone}
        onChange={(time) => onChange({ ...range, start: { type: 'time', time } })}
      />
      <TimeField
        label={`To (${timeZone})`}
        instant={stop.time}
        timeZone={timeZone}
        error={backwards ? 'Has to be later than "From".' : undefined}
        onChange={(time) => onChange({ ...range, stop: { type: 'time', time } })}
      />
    </div>
  )
}

interface TimeFieldProps {
  readonly label: string
  readonly instant: string
  readonly timeZone: string
  readonly error?: string | undefined
  readonly onChange: (instant: string) => void
}

function TimeField({ label, instant, timeZone, error, onChange }: TimeFieldProps) {
  const [text, setText] = useState(() => wallTimeOf(instant, timeZone))
  return (
    <TextInput
      type="datetime-local"
      step={1}
      label={label}
      value={text}
      error={error}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        const next = instantOf(currentTarget.value, timeZone)
        if (next !== undefined) onChange(next)
      }}
    />
  )
}

function asChoice(value: string): RangeChoice {
  return rangeChoices.find((choice) => choice === value) ?? 'live'
}
