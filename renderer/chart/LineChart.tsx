import 'uplot/dist/uPlot.min.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import type UPlot from 'uplot'
import uPlot from 'uplot'
import { formatNumber } from '../format/numbers.ts'
import { formatDateTime } from '../format/times.ts'
import styles from './ChartView.module.css'
import { useThemeName } from './chart-colours.ts'
import type { LineData } from './line-data.ts'
import { isCrowded, lineOptions } from './line-options.ts'
import { SeriesMark } from './SeriesMark.tsx'

interface LineChartProps {
  readonly data: LineData
  readonly yType: string
  readonly timeZone: string
  /** The picture in words. */
  readonly sentence: string
}

/** Lines over time; beside them the values at the mouse, else the newest. */
export function LineChart({ data, yType, timeZone, sentence }: LineChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot>(undefined)
  const [hovered, setHovered] = useState<number>()
  const theme = useThemeName()
  const aligned = useMemo(() => alignedData(data), [data])
  const latest = useRef(aligned)
  latest.current = aligned
  const names = JSON.stringify(data.series.map(({ name, isOther }) => [name, isOther]))

  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for other lines, another zone and another theme; data goes in below.
  useEffect(() => {
    const element = host.current
    if (element === null) return undefined
    const options = lineOptions({ data, timeZone, width: element.clientWidth, height: element.clientHeight, onHover: setHovered })
    const made = new uPlot(options, latest.current, element)
    plot.current = made
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }))
    resized.observe(element)
    return () => {
      resized.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [names, isCrowded(data), timeZone, theme])
  useEffect(() => plot.current?.setData(aligned), [aligned])

  const newest = newestOf(data)
  const at = hovered !== undefined && hovered < data.x.length ? hovered : newest
  return (
    <div className={styles.lines}>
      <div ref={host} role="img" aria-label={sentence} className={styles.plot} />
      <ul aria-hidden className={`${styles.legend} figures`}>
        {data.series.map((series, i) => (
          <li key={series.name}>
            <SeriesMark index={series.isOther ? 6 : i} />
            <span className={styles.legendName}>{series.name === '' ? 'all together' : series.name}</span>
            <span className={styles.legendValue}>{valueAt(series.texts, at, isCrowded(data) && hovered === undefined, yType)}</span>
          </li>
        ))}
        <li className={styles.legendTime}>{at < 0 ? '' : formatDateTime(data.x[at] ?? 0, timeZone)}</li>
      </ul>
    </div>
  )
}

/** The last time at which there is a finished value: a line that ends before it shows nothing there. */
function newestOf({ x, series }: LineData): number {
  return x.findLastIndex((_, i) => series.some(({ values }) => typeof values[i] === 'number'))
}

/** Rows at times of their own hardly ever meet: of those the newest of each. */
function valueAt(texts: readonly (string | undefined)[], at: number, eachNewest: boolean, type: string): string {
  const text = eachNewest ? texts.findLast((each) => each !== undefined) : texts[at]
  return text === undefined ? '–' : formatNumber(type, text)
}

/** Finished values of each series, then those still open. */
function alignedData({ x, series }: LineData): UPlot.AlignedData {
  return [[...x], ...series.map(({ values }) => [...values]), ...series.map(({ open }) => [...open])]
}
