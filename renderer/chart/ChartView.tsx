import { Button, Checkbox, NativeSelect, SegmentedControl } from '@mantine/core'
import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useStudio, useView } from '../app/studio-context.tsx'
import type { RowBuffer } from '../data/row-buffer.ts'
import { formatCount } from '../format/figures.ts'
import { BarChart } from './BarChart.tsx'
import { barData } from './bar-data.ts'
import styles from './ChartView.module.css'
import { type ChartChoice, type ChartType, chartColumns, fittingChoice, isWindowed } from './chart-choice.ts'
import { pointsOf } from './chart-points.ts'
import { barSentence, lineSentence, numberSentence } from './chart-sentence.ts'
import { LineChart } from './LineChart.tsx'
import { lineData } from './line-data.ts'
import { NumberTiles } from './NumberTiles.tsx'
import { numberData } from './number-data.ts'

interface ChartViewProps {
  /** The rows of the table, so that both show the same. */
  readonly rows: RowBuffer
  readonly label: string
  /** Changes with the step and the tab, which have a choice each. */
  readonly identity: string
  readonly timeZone: string
}

/** What was chosen for each step and tab, as long as the page lives. */
const choices = new Map<string, Partial<ChartChoice>>()

/** The rows shown as lines, bars or big numbers. */
export function ChartView({ rows: tableRows, label, identity, timeZone }: ChartViewProps) {
  const rows = useCalm(tableRows)
  const [chosen, setChosen] = useState<Partial<ChartChoice>>(() => choices.get(identity) ?? {})
  const choice = useMemo(() => fittingChoice(chosen, rows), [chosen, rows])
  const points = useMemo(() => pointsOf(rows, choice), [rows, choice])
  const change = (part: Partial<ChartChoice>): void => {
    const next = { ...chosen, ...part }
    choices.set(identity, next)
    setChosen(next)
  }
  return (
    <section className={styles.chart} aria-label={`Chart: ${label}`}>
      <Controls rows={rows} choice={choice} onChange={change} />
      <div className={styles.picture}>
        {points.points.length === 0 ? (
          <p className={styles.empty}>No row has a time and a number to draw yet.</p>
        ) : (
          <Picture choice={choice} points={points} timeZone={timeZone} />
        )}
      </div>
      {points.left === 0 ? null : (
        <p
          className={styles.note}
        >{`${formatCount(points.left)} ${points.left === 1 ? 'row has' : 'rows have'} no time or number and cannot be drawn.`}</p>
      )}
    </section>
  )
}

/** So many rows are drawn once a second: a picture of thousands of points does not change faster than that. */
const CROWD = 600

function useCalm(rows: RowBuffer): RowBuffer {
  const [calm, setCalm] = useState(rows)
  const drawn = useRef(0)
  const crowded = rows.rows.length > CROWD
  useEffect(() => {
    if (!crowded) return undefined
    const draw = (): void => {
      drawn.current = performance.now()
      setCalm(rows)
    }
    const timer = setTimeout(draw, Math.max(0, drawn.current + 1000 - performance.now()))
    return () => clearTimeout(timer)
  }, [rows, crowded])
  // Of an earlier run nothing is shown.
  return crowded && calm.total > 0 && calm.total <= rows.total ? calm : rows
}

interface PictureProps {
  readonly choice: ChartChoice
  readonly points: ReturnType<typeof pointsOf>
  readonly timeZone: string
}

/** Drawn only when there is something else to draw. */
const Picture = memo(function Picture({ choice, points, timeZone }: PictureProps) {
  switch (choice.type) {
    case 'line': {
      const data = lineData(points)
      return <LineChart data={data} yType={points.yType} timeZone={timeZone} sentence={lineSentence(choice, data, points.yType)} />
    }
    case 'bar': {
      const bars = barData(points, choice)
      return <BarChart bars={bars} sentence={barSentence(choice, bars)} />
    }
    case 'number': {
      const numbers = numberData(points)
      return <NumberTiles numbers={numbers} timeZone={timeZone} sentence={numberSentence(choice, numbers)} />
    }
  }
})

const types: readonly { readonly value: ChartType; readonly label: string }[] = [
  { value: 'line', label: 'Line' },
  { value: 'bar', label: 'Bars' },
  { value: 'number', label: 'Number' },
]

const ROWS = 'rows'
const NONE = ''

interface ControlsProps {
  readonly rows: RowBuffer
  readonly choice: ChartChoice
  readonly onChange: (part: Partial<ChartChoice>) => void
}

function Controls({ rows, choice, onChange }: ControlsProps) {
  const { view } = useStudio()
  const beside = useView(({ dataView }) => dataView === 'both')
  const { times, numbers, texts } = chartColumns(rows.columns)
  const option = (name: string) => ({ value: `=${name}`, label: name })
  const named = (value: string): string | undefined => (value.startsWith('=') ? value.slice(1) : undefined)
  const valueOf = (name: string | undefined, none: string): string => (name === undefined ? none : `=${name}`)
  return (
    <div className={styles.controls}>
      <SegmentedControl
        aria-label="Kind of chart"
        data={types.map(({ value, label }) => ({ value, label }))}
        value={choice.type}
        onChange={(value) => {
          const type = types.find((each) => each.value === value)?.value
          if (type !== undefined) onChange({ type })
        }}
      />
      <Choose
        label="Number"
        value={valueOf(choice.y, ROWS)}
        data={[...numbers.map(option), ...(choice.type === 'line' && numbers.length > 0 ? [] : [{ value: ROWS, label: 'number of rows' }])]}
        onChange={(value) => onChange({ y: named(value) })}
      />
      <Choose
        label="Per"
        text="per"
        value={valueOf(choice.per, NONE)}
        data={[{ value: NONE, label: 'all together' }, ...texts.map(option)]}
        onChange={(value) => onChange({ per: named(value) })}
      />
      {choice.type === 'bar' ? (
        isWindowed(rows) ? (
          <Choose
            label="Over"
            text="of"
            value={choice.over}
            data={[
              { value: 'last', label: 'the last time window' },
              { value: 'all', label: 'all rows shown' },
            ]}
            onChange={(value) => onChange({ over: value === 'last' ? 'last' : 'all' })}
          />
        ) : null
      ) : (
        <Choose
          label="Time"
          text="over"
          value={valueOf(choice.x, ROWS)}
          data={[...times.map(option), { value: ROWS, label: 'time of the row' }]}
          onChange={(value) => onChange({ x: named(value) })}
        />
      )}
      {rows.open.length > 0 || choice.withOpen ? (
        <Checkbox
          label="Still open"
          checked={choice.withOpen}
          onChange={({ currentTarget }) => onChange({ withOpen: currentTarget.checked })}
        />
      ) : null}
      <span className={styles.spring} />
      {beside ? null : (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => view.setState({ dataView: 'table' })}>
          Show as table
        </Button>
      )}
    </div>
  )
}

interface ChooseProps {
  readonly label: string
  readonly text?: ReactNode
  readonly value: string
  readonly data: { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

function Choose({ label, text, value, data, onChange }: ChooseProps) {
  return (
    <span className={styles.choose}>
      {text === undefined ? null : <span aria-hidden>{text}</span>}
      <NativeSelect
        aria-label={label}
        size="xs"
        value={value}
        data={data}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </span>
  )
}
