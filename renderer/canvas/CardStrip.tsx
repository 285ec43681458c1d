import { IconAlertTriangle, IconClock, IconDatabase, IconHourglassLow, IconPlayerSkipForward } from '@tabler/icons-react'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { NodeFigures } from '../../pipeline-runtime/rpc/run-state.ts'
import type { NodeCategory } from '../../pipeline-runtime/spec/node-kind.ts'
import { setPanelOpen } from '../app/panels.ts'
import { useCompiled, useStudio } from '../app/studio-context.tsx'
import { formatCount, formatRate } from '../format/figures.ts'
import { isUnderWay } from '../state/run-store.ts'
import styles from './CardStrip.module.css'
import { useCanvasView } from './canvas-store.ts'
import { columnsOnCard } from './columns-text.ts'
import { writeText } from './figure-painters.ts'
import { sparklinePath } from './sparkline.ts'

/** The lowest part of a card. Screen readers hear what it says in the name of the step. */
export function CardStrip({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.strip} aria-hidden="true">
      {children}
    </div>
  )
}

/** Before the first run: the columns that come out. */
export function ColumnsStrip({ nodeId }: { readonly nodeId: string }) {
  const { documents } = useStudio()
  const [columns = '', more] = useCompiled(({ outputs }) => columnsOnCard(documents.getState().document, outputs, nodeId)).split('\n')
  return (
    <>
      <span className={styles.columns}>{columns}</span>
      {more === undefined ? null : <span className={styles.more}>{more}</span>}
    </>
  )
}

/** The run failed here: pressing leads to what the run says about it. */
export function FailedStrip({ nodeId, word }: { readonly nodeId: string; readonly word: string }) {
  const studio = useStudio()
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${styles.failed} nodrag`}
      onClick={() => {
        studio.selection.select({ type: 'node', id: nodeId })
        studio.view.setState({ dockTab: 'logs' })
        setPanelOpen(studio, 'dock', true)
      }}
    >
      {word}
    </button>
  )
}

/** Of a step with more groups in memory than this one wants to know. */
const MANY_KEYS = 100_000

type ChipKind = 'error' | 'late' | 'behind' | 'memory' | 'skipped'
const chips = {
  error: { icon: IconAlertTriangle, word: 'failed' },
  late: { icon: IconClock, word: 'late' },
  behind: { icon: IconHourglassLow, word: 'behind' },
  memory: { icon: IconDatabase, word: 'groups remembered' },
  skipped: { icon: IconPlayerSkipForward, word: 'skipped' },
} as const

/** What stands on the chip: the first of these that there are; the others are counted. */
function chipsOf({
  errors,
  late,
  behind = 0,
  stateKeys,
  skipped,
}: NodeFigures): readonly { readonly kind: ChipKind; readonly count: number }[] {
  return [
    { kind: 'error' as const, count: errors },
    { kind: 'late' as const, count: late },
    { kind: 'behind' as const, count: behind },
    { kind: 'memory' as const, count: stateKeys > MANY_KEYS ? stateKeys : 0 },
    { kind: 'skipped' as const, count: skipped },
  ].filter(({ count }) => count > 0)
}

/** `999`, `1k`, `12k`, `3M`: what fits on a chip. */
function shortCount(count: number): string {
  if (count < 1000) return String(count)
  if (count < 999_500) return `${Math.round(count / 1000)}k`
  return `${Math.round(count / 1e6)}M`
}

const SPARK = { width: 56, height: 20, most: 28 } as const

/** While it runs: rates, their last seven seconds, and what needs attention. Afterwards: what came in and went out in all. */
export function LiveStrip({ nodeId, category }: { readonly nodeId: string; readonly category: NodeCategory | undefined }) {
  const { runs } = useStudio()
  const { store, painters } = useCanvasView()
  const [chip, setChip] = useState<ChipKind | undefined>()
  const inText = useRef<HTMLSpanElement>(null)
  const outText = useRef<HTMLSpanElement>(null)
  const line = useRef<SVGPathElement>(null)
  const chipText = useRef<HTMLSpanElement>(null)
  const chipElement = useRef<HTMLSpanElement>(null)
  const others = useRef<HTMLSpanElement>(null)
  useLayoutEffect(
    () =>
      painters.add(() => {
        const { detail } = store.getState()
        if (detail === 'name' || detail === 'box') return
        const figures = runs.figuresOf(nodeId)
        const rates = runs.ratesOf(nodeId)
        if (figures === undefined) return
        const over = !isUnderWay(runs.getState().run)
        writeText(inText.current, over ? totalText(figures.in) : formatRate(rates?.inPerSecond))
        writeText(outText.current, over ? totalText(figures.out) : formatRate(rates?.outPerSecond))
        if (detail === 'all') {
          const path = sparklinePath(rates?.history ?? [], SPARK.most, SPARK.width, SPARK.height)
          if (line.current !== null && line.current.getAttribute('d') !== path) line.current.setAttribute('d', path)
        }
        const found = chipsOf(figures)
        const first = found[0]
        setChip(first?.kind)
        writeText(chipText.current, first === undefined ? '' : shortCount(first.count))
        writeText(others.current, found.length > 1 ? `+${found.length - 1}` : '')
        const title = found.map(({ kind, count }) => `${formatCount(count)} ${chips[kind].word}`).join(', ')
        if (chipElement.current !== null && chipElement.current.title !== title) chipElement.current.title = title
      }),
    [nodeId, painters, runs, store],
  )
  const Icon = chip === undefined ? undefined : chips[chip].icon
  return (
    <>
      {category === 'read' || category === 'write' ? (
        <span className={styles.only}>
          <span ref={category === 'read' ? outText : inText} />
        </span>
      ) : (
        <>
          <span className={styles.in} ref={inText} />
          <span className={styles.arrow}>→</span>
          <span className={styles.out} ref={outText} />
        </>
      )}
      <svg className={styles.spark} viewBox={`0 0 ${SPARK.width} ${SPARK.height}`} preserveAspectRatio="none" aria-hidden="true">
        <path ref={line} />
      </svg>
      <span className={styles.chip} data-kind={chip} hidden={chip === undefined} ref={chipElement}>
        {Icon === undefined ? null : <Icon size={11} stroke={1.75} />}
        <span ref={chipText} />
      </span>
      <span className={styles.others} ref={others} />
    </>
  )
}

/** Exact where it fits into its 60 pixels. */
function totalText(rows: number): string {
  return rows < 10_000_000 ? formatCount(rows) : shortCount(rows)
}
