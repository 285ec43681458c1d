import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useCompiled, useDocument, useSelection } from '../app/studio-context.tsx'
import { useStepName } from '../canvas/use-step.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { KindIcon } from '../kind-icon/KindIcon.tsx'
import type { Point } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import { itemKey } from '../state/item.ts'
import styles from './Outline.module.css'
import { canOpen, type OutlineRow } from './outline-rows.ts'

interface OutlineLineProps {
  readonly row: OutlineRow
  /** From the top of the tree. */
  readonly top: number
  /** It is the stop of the Tab key. */
  readonly isCurrent: boolean
  readonly description: string | undefined
  readonly onFocus: () => void
  readonly onPress: (extend: boolean) => void
  readonly onOpen: () => void
  readonly onToggle: () => void
  readonly onMenu: (screen: Point) => void
}

export function OutlineLine({ row, top, isCurrent, description, onFocus, onPress, onOpen, onToggle, onMenu }: OutlineLineProps) {
  const key = selectionKey(row)
  const selected = useSelection((state) => state.selected.has(key)) && row.type !== 'section'
  const name = useStepName(row.nodeId, row.type === 'step')
  const opens = canOpen(row)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's
    <div
      role="treeitem"
      id={`outline-${row.key}`}
      data-key={row.key}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={selected}
      {...(opens ? { 'aria-expanded': row.expanded } : {})}
      aria-label={row.type === 'step' ? name : row.text}
      {...(description === undefined ? {} : { 'aria-description': description })}
      tabIndex={isCurrent ? 0 : -1}
      className={styles.line}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 4 + (row.level - 1) * 18 }}
      onFocus={onFocus}
      onClick={(event) => onPress(event.shiftKey || event.ctrlKey || event.metaKey)}
      onDoubleClick={onOpen}
      onContextMenu={(event) => {
        event.preventDefault()
        onPress(false)
        onMenu({ x: event.clientX, y: event.clientY })
      }}
    >
      <span
        className={styles.chevron}
        aria-hidden="true"
        onClick={(event) => {
          if (!opens) return
          event.stopPropagation()
          onToggle()
        }}
      >
        {opens ? row.expanded ? <IconChevronDown size={14} stroke={1.5} /> : <IconChevronRight size={14} stroke={1.5} /> : null}
      </span>
      {row.type === 'step' ? <StepLine nodeId={row.nodeId} /> : <span className={styles[row.type]}>{row.text}</span>}
    </div>
  )
}

function StepLine({ nodeId }: { readonly nodeId: string }) {
  const issues = useCompiled(({ issuesByNode }) => issuesByNode.get(nodeId))
  const node = useDocument(({ document }) => graphIndex(document).nodes.get(nodeId))
  if (node === undefined) return null
  const { kind, title } = stepFacts(node)
  const severity = issues?.[0]?.severity
  return (
    <>
      <KindIcon kind={kind} />
      <span className={styles.title}>{title}</span>
      {severity === undefined ? null : <IconAlertTriangle size={14} stroke={1.5} className={styles[severity]} aria-hidden="true" />}
    </>
  )
}

function selectionKey(row: OutlineRow): string {
  return row.type === 'entry' && row.of === 'link'
    ? itemKey({ type: 'edge', edge: row.edge })
    : row.type === 'step'
      ? itemKey({ type: 'node', id: row.nodeId })
      : ''
}
