import { type ConnectionLineComponentProps, type EdgeProps, getSmoothStepPath } from '@xyflow/react'
import { memo, useLayoutEffect, useRef } from 'react'
import { useDocument, useSelection, useStudio } from '../app/studio-context.tsx'
import { runOf } from '../edit/step-state-of.ts'
import { titleIn } from '../edit/title-in.ts'
import { formatCount, formatRate } from '../format/figures.ts'
import { edgeKey, nodeOf, portOf } from '../state/change.ts'
import { isUnderWay } from '../state/run-store.ts'
import { useCanvas, useCanvasView } from './canvas-store.ts'
import { elementId } from './element-id.ts'
import { writeText } from './figure-painters.ts'
import type { LinkEdge } from './flow-graph.ts'
import styles from './Link.module.css'

const SHAPE = { borderRadius: 8, offset: 16 } as const
/** Shorter links have no room for a figure. */
const PILL_LENGTH = 96

/** 1.5 px without rows, 3.75 at a thousand a second, at most 6. */
function linkWidth(perSecond: number): number {
  return Math.min(6, 1.5 + 0.75 * Math.log10(1 + Math.max(0, perSecond)))
}

/** A link: its width grows with the logarithm of its rate, which stands on it where there is room. */
export const Link = memo(function Link(props: EdgeProps<LinkEdge>) {
  const { id, data, selected, sourceX, sourceY, targetX, targetY } = props
  const active = useSelection((state) => state.active?.type === 'edge' && edgeKey(state.active.edge) === id)
  const drop = useCanvas(({ dropEdge }) => dropEdge === id)
  const name = useDocument(({ document }) =>
    data === undefined ? '' : `from ${titleIn(document, nodeOf(data.edge.from))} to ${titleIn(document, nodeOf(data.edge.to))}`,
  )
  const [path, labelX, labelY] = getSmoothStepPath({ ...props, ...SHAPE })
  const line = useRef<SVGPathElement>(null)
  if (data === undefined) return null
  const hasRoom = Math.abs(targetX - sourceX) + Math.abs(targetY - sourceY) >= PILL_LENGTH
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no such element in SVG
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a <g> is not interactive
    <g
      role="group"
      aria-roledescription="link"
      aria-label={name}
      id={elementId({ type: 'edge', edge: data.edge })}
      className={styles.link}
      data-selected={selected === true ? '' : undefined}
      data-active={active ? '' : undefined}
      data-drop={drop ? '' : undefined}
    >
      <path className={styles.hit} d={path} />
      {active ? <path className={styles.halo} d={path} /> : null}
      {active ? <path className={styles.gap} d={path} /> : null}
      <path ref={line} className={`${styles.line} ${data.role === 'rows' ? '' : styles.dashed}`} d={path} />
      <LinkFigures from={data.edge.from} line={line} x={labelX} y={labelY} hasRoom={hasRoom} />
    </g>
  )
})

interface LinkFiguresProps {
  readonly from: string
  readonly line: React.RefObject<SVGPathElement | null>
  readonly x: number
  readonly y: number
  readonly hasRoom: boolean
}

function LinkFigures({ from, line, x, y, hasRoom }: LinkFiguresProps) {
  const { documents, runs } = useStudio()
  const { store, painters } = useCanvasView()
  const pill = useRef<SVGGElement>(null)
  const text = useRef<SVGTextElement>(null)
  const rect = useRef<SVGRectElement>(null)
  useLayoutEffect(() => {
    const nodeId = nodeOf(from)
    const port = portOf(from)
    let width = 0
    return painters.add(() => {
      const { detail } = store.getState()
      if (detail === 'name' || detail === 'box') return
      const run = runOf(documents.getState(), runs.getState().run)
      const rate = run === undefined ? undefined : runs.edgeRate(nodeId, port)
      const over = !isUnderWay(run)
      const wide = Math.round(linkWidth(over ? 0 : (rate ?? 0)) * 4) / 4
      if (wide !== width && line.current !== null) {
        width = wide
        line.current.style.strokeWidth = String(wide)
      }
      if (!hasRoom || pill.current === null) return
      const total = run === undefined ? undefined : runs.figuresOf(nodeId)?.ports[port]
      const label = total === undefined ? '' : over ? formatCount(total) : formatRate(rate)
      if (text.current?.textContent === label) return
      writeText(text.current, label)
      pill.current.style.display = label === '' ? 'none' : ''
      const half = (label.length * 6.2 + 12) / 2
      rect.current?.setAttribute('x', String(-half))
      rect.current?.setAttribute('width', String(2 * half))
    })
  }, [documents, from, hasRoom, line, painters, runs, store])
  if (!hasRoom) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a <g> takes no focus
    <g ref={pill} className={styles.pill} transform={`translate(${x} ${y})`} style={{ display: 'none' }} aria-hidden="true">
      <rect ref={rect} y={-8} height={16} rx={8} />
      <text ref={text} />
    </g>
  )
}

/** The link that is being drawn. */
export function DrawnLink({ fromX, fromY, toX, toY, fromPosition, toPosition }: ConnectionLineComponentProps) {
  const [path] = getSmoothStepPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
    ...SHAPE,
  })
  return <path className={styles.drawing} d={path} />
}
