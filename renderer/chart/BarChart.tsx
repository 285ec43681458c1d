import type { Bar } from './bar-data.ts'
import styles from './ChartView.module.css'

interface BarChartProps {
  readonly bars: readonly Bar[]
  readonly sentence: string
}

/** Lying bars: names have room, and the value stands beside its bar. */
export function BarChart({ bars, sentence }: BarChartProps) {
  const most = Math.max(0, ...bars.map(({ value }) => value))
  const least = Math.min(0, ...bars.map(({ value }) => value))
  const span = most - least || 1
  const share = (value: number): string => `${(100 * Math.abs(value)) / span}%`
  return (
    <div role="img" aria-label={sentence} className={`${styles.bars} figures`}>
      {bars.map(({ name, value, shown, isOther }) => (
        <div key={name} className={styles.barRow}>
          <span className={styles.barName} title={name}>
            {name}
          </span>
          <span className={styles.barRoom}>
            <span
              className={isOther ? styles.otherBar : styles.bar}
              style={{ width: share(value), marginLeft: share(value < 0 ? least - value : least) }}
            />
          </span>
          <span className={styles.barValue}>{shown}</span>
        </div>
      ))}
    </div>
  )
}
