import styles from './StillPicture.module.css'
import type { Still } from './still.ts'

const WIDTH = 320
const HEIGHT = 112
/** Above the highest line: the name of the one that is marked. */
const TOP = 20
const PAD = 6

/** The answer of an example, small: the line or bars that it is about in colour, the rest in grey. The caption says it in words. */
export function StillPicture({ still }: { readonly still: Still }) {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.picture} aria-hidden="true" focusable="false">
      <line x1={PAD} x2={WIDTH - PAD} y1={base(still)} y2={base(still)} className={styles.axis} />
      {still.type === 'lines' ? <Lines lines={still.lines} /> : <Bars bars={still.bars} />}
    </svg>
  )
}

/** Under lines, or under bars and above their names. */
const base = ({ type }: Still): number => (type === 'lines' ? HEIGHT - PAD : HEIGHT - 22)

type Lines = Extract<Still, { type: 'lines' }>['lines']
type Bars = Extract<Still, { type: 'bars' }>['bars']

function Lines({ lines }: { readonly lines: Lines }) {
  // What the answer is about is drawn last, over the others.
  const ordered = [...lines].sort((a, b) => Number(a.marked) - Number(b.marked))
  return ordered.map(({ name, marked, values }) => (
    <g key={name}>
      <polyline className={marked ? styles.marked : styles.other} points={points(values)} />
      {marked ? <Tag name={name} values={values} others={lines.filter((line) => line.name !== name)} /> : null}
    </g>
  ))
}

/** The name of a line, above it where there is most room. */
function Tag({ name, values, others }: { readonly name: string; readonly values: readonly number[]; readonly others: Lines }) {
  const at = roomiest(values, others)
  const x = PAD + (at * (WIDTH - 2 * PAD)) / Math.max(1, values.length - 1)
  return (
    <text x={x} y={yOf(values[at] ?? 0) - 7} className={styles.tag}>
      {name}
    </text>
  )
}

function roomiest(values: readonly number[], others: Lines): number {
  let best = { at: 0, room: -1 }
  const middle = (values.length - 1) / 2
  values.forEach((value, at) => {
    const steep = Math.max(Math.abs(value - (values[at - 1] ?? Infinity)), Math.abs(value - (values[at + 1] ?? Infinity)))
    if (steep > 10) return
    const above = others.flatMap((line) => (line.values[at] === undefined || line.values[at] < value ? [] : [line.values[at] - value]))
    // More than a line of text is no better; then the middle is.
    const room = Math.min(30, ...above) - Math.abs(at - middle) / values.length
    if (room > best.room) best = { at, room }
  })
  return best.at
}

function points(values: readonly number[]): string {
  const step = (WIDTH - 2 * PAD) / Math.max(1, values.length - 1)
  return values.map((value, i) => `${(PAD + i * step).toFixed(1)},${yOf(value).toFixed(1)}`).join(' ')
}

const yOf = (value: number): number => HEIGHT - PAD - (value / 100) * (HEIGHT - PAD - TOP)

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
