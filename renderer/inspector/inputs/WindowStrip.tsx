import styles from './inputs.module.css'

interface Span {
  readonly from: number
  readonly to: number
  readonly lane: number
}

/** Where time windows lie on a strip of 1 unit, by kind of window; rows of the strip are lanes. */
const SPANS: Readonly<Record<string, readonly Span[]>> = {
  tumbling: [0, 1, 2, 3].map((i) => ({ from: i / 4, to: (i + 1) / 4, lane: 0 })),
}

const WIDTH = 288
const LANE = 12
const ROWS = [0.03, 0.08, 0.1, 0.19, 0.27, 0.33, 0.41, 0.45, 0.47, 0.62, 0.7, 0.77, 0.82, 0.85, 0.96]

/** A small drawing of how time is cut: rows as dots, time windows as brackets below them. Decoration; the words stand beside it. */
export function WindowStrip({ type }: { readonly type: string }) {
  const spans = SPANS[type]
  if (spans === undefined) return null
  const lanes = Math.max(...spans.map(({ lane }) => lane)) + 1
  return (
    <svg className={styles.strip} viewBox={`0 0 ${WIDTH} ${16 + lanes * LANE}`} aria-hidden="true">
      {ROWS.map((at) => (
        <circle key={at} cx={at * WIDTH} cy={6} r={2} className={styles.stripRow} />
      ))}
      {spans.map(({ from, to, lane }) => (
        <path
          key={`${lane} ${from}`}
          d={`M${from * WIDTH + 2} ${14 + lane * LANE}v5h${(to - from) * WIDTH - 4}v-5`}
          className={styles.stripSpan}
          fill="none"
        />
      ))}
      <path
        d={`M0 ${15 + lanes * LANE}h${WIDTH - 4}m-4 -3l4 3l-4 3`}
        className={styles.stripAxis}
        fill="none"
        transform="translate(0 -3)"
      />
    </svg>
  )
}
