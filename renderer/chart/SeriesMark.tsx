import styles from './ChartView.module.css'
import { dashes } from './chart-colours.ts'

/** The line of a series in a legend, dashed as in the picture; 6 is "other". */
export function SeriesMark({ index }: { readonly index: number }) {
  return (
    <svg width="20" height="8" aria-hidden="true" className={styles.mark}>
      <line
        x1="0"
        y1="4"
        x2="20"
        y2="4"
        strokeWidth="2"
        stroke={index === 6 ? 'var(--edge)' : `var(--series-${index + 1})`}
        strokeDasharray={dashes[index]?.join(' ')}
      />
    </svg>
  )
}
