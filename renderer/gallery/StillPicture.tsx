import styles from './StillPicture.module.css'
import type { Still } from './still.ts'

const WIDTH = 320
const HEIGHT = 104
const PAD = 6

/** The answer of an example, small: the line or bars that it is about in colour, the rest in grey. The caption says it in words. */
export function StillPicture({ still }: { readonly still: Still }) {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.picture} aria-hidden="true" focusable="false">
      <line x1={PAD} x2={WIDTH - PAD} y1={HEIGHT - PAD} y2={HEIGHT - PAD} className={styles.axis} />
      {still.type === 'lines' ? <Lines lines={still.lines} /> : <Bars bars={still.bars} />}
    </svg>
  )
}

type Lines = Extract<Still, { type: 'lines' }>['lines']
type Bars = Extract<Still, { type: 'bars' }>['bars']

function Lines({ lines }: { readonly lines: Lines }) {
  // What the answer is about is drawn last, over the others.
  const ordered = [...lines].sort((a, b) => Number(a.marked) - Number(b.marked))
  return ordered.map(({ name, marked, values }) => (
    <polyline key={name} className={marked ? styles.marked : styles.other} points={points(values)} />
  ))
}

function points(values: readonly number[]): string {
  const step = (WIDTH - 2 * PAD) / Math.max(1, values.length - 1)
  return values
    .map((value, i) => `${(PAD + i * step).toFixed(1)},${(HEIGHT - PAD - (value / 100) * (HEIGHT - 3 * PAD)).toFixed(1)}`)
    .join(' ')
}

function Bars({ bars }: { readonly bars: Bars }) {
  const slot = (WIDTH - 2 * PAD) / bars.length
  return bars.map(({ name, text, share }, i) => {
    const height = Math.max(1, (share / 100) * (HEIGHT - 46))
    const middle = PAD + slot * (i + 0.5)
    return (
      <g key={name}>
        <rect
          x={middle - 18}
          y={HEIGHT - 22 - height}
          width={36}
          height={height}
          className={i === 0 ? styles.markedBar : styles.otherBar}
        />
        <text x={middle} y={HEIGHT - 28 - height} className={styles.value}>
          {text}
        </text>
        <text x={middle} y={HEIGHT - 10} className={styles.name}>
          {name}
        </text>
      </g>
    )
  })
}
