import { Button, Checkbox, Modal, NativeSelect, Select } from '@mantine/core'
import { useState } from 'react'
import { parseType } from '../../../pipeline-runtime/data/types.ts'
import type { SampledColumn, SampledRows } from '../../../pipeline-runtime/rpc/runtime-api.ts'
import { formatCell } from '../../format/cells.ts'
import { TypeInput } from '../inputs/TypeInput.tsx'
import styles from './columns.module.css'
import { withoutFormatDefaults } from './without-format-defaults.ts'

export interface TakenColumns {
  readonly columns: readonly { readonly name: string; readonly type: string; readonly unit?: string }[]
  readonly eventTime: string | undefined
  readonly format: Readonly<Record<string, unknown>> | undefined
}

interface Row {
  readonly take: boolean
  readonly name: string
  readonly type: string
  readonly unit: string
  readonly note: string | undefined
}

const UNITS = [
  { value: '', label: 'text (ISO 8601)' },
  { value: 's', label: 'seconds' },
  { value: 'ms', label: 'milliseconds' },
  { value: 'us', label: 'microseconds' },
  { value: 'ns', label: 'nanoseconds' },
]

const SHOWN_ROWS = 20

/** The columns of sampled rows as they were guessed, to be corrected and taken, above the rows themselves. */
export function TakeColumnsDialog({
  sampled,
  from,
  timeZone,
  action,
  onTake,
  onClose,
}: {
  readonly sampled: SampledRows
  readonly from: string
  readonly timeZone: string
  /** What taking them does, if not to set them: "Add to the drawing". */
  readonly action?: string
  readonly onTake: (taken: TakenColumns) => void
  readonly onClose: () => void
}) {
  const [rows, setRows] = useState<readonly Row[]>(() => sampled.columns.map(rowOf))
  const [eventTime, setEventTime] = useState<string | null>(sampled.eventTime ?? null)
  const taken = rows.filter((row) => row.take)
  const wrong = taken.filter((row) => parseType(row.type) === undefined)
  const times = taken.filter((row) => isTime(row.type)).map((row) => row.name)
  const change = (index: number, part: Partial<Row>): void => setRows(rows.map((row, i) => (i === index ? { ...row, ...part } : row)))
  const take = (): void =>
    onTake({
      columns: taken.map(({ name, type, unit }) => ({ name, type, ...(isTime(type) && unit !== '' ? { unit } : {}) })),
      eventTime: eventTime !== null && times.includes(eventTime) ? eventTime : undefined,
      format: withoutFormatDefaults(sampled.format),
    })
  return (
    <Modal opened onClose={onClose} size={820} title={`Columns of ${from}`}>
      <p className={styles.intro}>
        As they look in {sampled.page.rows.length.toLocaleString('en-US')} rows. Correct what is wrong, then take them over.
      </p>
      <div className={styles.scroll}>
        <table className={styles.columns}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Take</span>
              </th>
              <th scope="col">Column</th>
              <th scope="col">Type</th>
              <th scope="col">Times are written as</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={row.name}>
                <td>
                  <Checkbox
                    aria-label={`Take ${row.name}`}
                    checked={row.take}
                    onChange={(event) => change(i, { take: event.currentTarget.checked })}
                  />
                </td>
                <th scope="row">{row.name}</th>
                <td>
                  <TypeInput
                    value={row.type}
                    inputProps={{
                      'aria-label': `Type of ${row.name}`,
                      error: parseType(row.type) === undefined ? 'This is not a type.' : undefined,
                    }}
                    onChange={(type) => change(i, { type })}
                  />
                  {row.note !== undefined && <span className={styles.note}>{row.note}</span>}
                </td>
                <td>
                  {isTime(row.type) && (
                    <NativeSelect
                      aria-label={`How ${row.name} is written`}
                      data={UNITS}
                      value={row.unit}
                      onChange={(event) => change(i, { unit: event.currentTarget.value })}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.time}>
        <Select
          label="Time of a row"
          description="The column that says when something happened."
          placeholder="not set"
          clearable
          data={times}
          value={eventTime !== null && times.includes(eventTime) ? eventTime : null}
          onChange={setEventTime}
        />
      </div>
      <SampledTable sampled={sampled} timeZone={timeZone} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="filled" disabled={taken.length === 0 || wrong.length > 0} onClick={take}>
          {action ?? `Take ${taken.length} ${taken.length === 1 ? 'column' : 'columns'}`}
        </Button>
      </div>
    </Modal>
  )
}

/** The first of the rows as they were read. */
function SampledTable({ sampled: { page }, timeZone }: { readonly sampled: SampledRows; readonly timeZone: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={styles.rows} aria-label="Sampled rows" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {page.columns.map(({ name, type }) => (
              <th key={name} scope="col">
                {name} <span className={styles.type}>{type}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.rows.slice(0, SHOWN_ROWS).map(({ seq, cells }) => (
            <tr key={seq}>
              {page.columns.map(({ name, type }, i) => (
                <td key={name} data-null={cells[i] === null || cells[i] === undefined ? true : undefined}>
                  {formatCell(type, cells[i] ?? null, timeZone)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function rowOf({ name, type, unit, note }: SampledColumn): Row {
  return { take: true, name, type, unit: unit === 'iso' ? '' : (unit ?? ''), note }
}

function isTime(type: string): boolean {
  return parseType(type)?.name === 'TIMESTAMP_LTZ'
}
