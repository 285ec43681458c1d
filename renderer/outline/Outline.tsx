import { Button } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useCompiled, useDocument, useStudio } from '../app/studio-context.tsx'
import { figuresInWords } from '../commands/canvas/read-figures.ts'
import { runCanvasCommandByLetter } from '../commands/keys.ts'
import { titleIn } from '../edit/title-in.ts'
import { goToIssue } from '../problems/apply-issue-fix.ts'
import { nodeOf } from '../state/change.ts'
import { type Item, itemKey } from '../state/item.ts'
import styles from './Outline.module.css'
import { OutlineLine } from './OutlineLine.tsx'
import { canOpen, type OutlineRow, outlineRows, stepKey, treeMove, typeAhead } from './outline-rows.ts'
import { useReturnFocus } from './use-return-focus.ts'

const LINE = 28
const TYPED_FOR_MS = 700

/**
 * The graph as a list: the way for screen readers, complete for every edit (keyboard.md). One selection and one active item with the
 * canvas; every letter of the canvas is a chord "G, then letter" here.
 */
export function Outline() {
  const studio = useStudio()
  const document = useDocument((state) => state.document)
  const outputs = useCompiled((state) => state.outputs)
  const issuesByNode = useCompiled((state) => state.issuesByNode)
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const [current, setCurrent] = useState<string>()
  const [description, setDescription] = useState<string>()
  const scroller = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const rows = useMemo(() => outlineRows({ document, outputs, issuesByNode, expanded }), [document, outputs, issuesByNode, expanded])
  const found = rows.findIndex(({ key }) => key === current)
  const at = Math.max(found, 0)
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 8,
    // What has the focus stays in the page, however far it is scrolled away.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan)
      const to = Math.min(count - 1, endIndex + overscan)
      const range = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
      return at < from ? [at, ...range] : at > to && at < count ? [...range, at] : range
    },
  })

  const goTo = (index: number, options: { readonly extend?: boolean } = {}): void => {
    const row = rows[index]
    if (row === undefined) return
    setCurrent(row.key)
    wantsFocus.current = true
    lines.scrollToIndex(index)
    const item = itemOf(row)
    if (options.extend === true) {
      const selected = [...studio.selection.getState().selected.values()]
      studio.selection.selectAll([...selected, item])
    } else studio.selection.activate(item)
    studio.canvas.port?.reveal(item)
  }
  const jumpTo = (nodeId: string): void => goTo(rows.findIndex(({ key }) => key === stepKey(nodeId)))
  const setOpen = (key: string, open: boolean): void => {
    const next = new Set(expanded)
    if (open) next.add(key)
    else next.delete(key)
    setExpanded(next)
  }

  // The row that was moved to takes the focus as soon as it is drawn.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return
    const line = scroller.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')
    if (line?.dataset.key !== current) return
    wantsFocus.current = false
    line?.focus({ preventScroll: true })
  })

  // What becomes active elsewhere is the current row here, and has the focus if the outline has it.
  useEffect(
    () =>
      studio.selection.subscribe(({ active }, before) => {
        if (active === undefined || active === before.active) return
        setCurrent((key) => keyFor(active, key))
        wantsFocus.current ||= scroller.current?.contains(window.document.activeElement) === true
      }),
    [studio],
  )
  useReturnFocus(scroller, () => {
    wantsFocus.current = true
    setDescription(undefined)
  })

  const press = (row: OutlineRow): void => {
    if (row.type === 'step') studio.focus.field({ nodeId: row.nodeId, path: [] })
    else if (row.type === 'section') setOpen(row.key, !row.expanded && canOpen(row))
    else if (row.of === 'link') jumpTo(row.jumpsTo)
    else if (row.of === 'problem') goToIssue(studio, row.issue)
  }
  const typing = useRef({ text: '', atMs: 0 })
  const isTyping = (): boolean => Date.now() - typing.current.atMs < TYPED_FOR_MS
  const chord = useRef(false)
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (chord.current && event.key !== 'Shift') {
      chord.current = false
      event.preventDefault()
      if (event.key !== 'Escape' && !runCanvasCommandByLetter(studio, event.key, event.shiftKey)) {
        studio.announcer.say(`G then ${event.key.toUpperCase()} does nothing here.`, 'chord')
      }
      return
    }
    const row = rows[at]
    if (row === undefined) return
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp'
    const move = event.shiftKey && !isArrow ? undefined : treeMove(rows, at, event.key)
    if (move !== undefined) {
      event.preventDefault()
      if (move.type === 'go') goTo(move.index, { extend: event.shiftKey })
      else setOpen(move.key, move.type === 'open')
    } else if (event.key === 'Enter') {
      event.preventDefault()
      press(row)
    } else if (event.key === ' ' && !isTyping()) {
      event.preventDefault()
      studio.selection.toggle(itemOf(row))
    } else if (event.key === 'Escape' && studio.selection.getState().selected.size > 1) {
      event.preventDefault()
      studio.selection.select(itemOf(row))
    } else if ((event.key === 'g' || event.key === 'G') && !isTyping()) {
      event.preventDefault()
      chord.current = true
    } else if (event.key.length === 1 && /[\p{L}\p{N} ]/u.test(event.key)) {
      event.preventDefault()
      typing.current = { text: isTyping() ? typing.current.text + event.key : event.key, atMs: Date.now() }
      const index = typeAhead(rows, at, typing.current.text, (candidate) =>
        candidate.type === 'step' ? titleIn(document, candidate.nodeId) : candidate.text,
      )
      if (index !== undefined) goTo(index)
    }
  }
  if (rows.length === 0) {
    return (
      <div ref={scroller} className={styles.empty}>
        <p className={styles.words}>Steps are listed here in the order in which rows pass them.</p>
        <Button onClick={() => studio.mode.enter({ type: 'add-step' })}>Add a step</Button>
      </div>
    )
  }
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Outline"
      aria-multiselectable="true"
      className={styles.tree}
      onKeyDown={onKey}
      onBlur={() => {
        chord.current = false
      }}
    >
      <div role="none" className={styles.inner} style={{ height: lines.getTotalSize() }}>
        {lines.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          return row === undefined ? null : (
            <OutlineLine
              key={key}
              row={row}
              top={start}
              isCurrent={index === at}
              description={index === at ? description : undefined}
              onFocus={() => setDescription(row.type === 'step' ? liveFigures(row.nodeId) : undefined)}
              onPress={(extend) => {
                goTo(index, { extend })
                if (row.type === 'section') press(row)
              }}
              onOpen={() => press(row)}
              onToggle={() => setOpen(row.key, row.type !== 'entry' && !row.expanded)}
              onMenu={(screen) => studio.mode.enter({ type: 'menu', item: itemOf(row), screen })}
            />
          )
        })}
      </div>
    </div>
  )

  function liveFigures(nodeId: string): string | undefined {
    return studio.runs.figuresOf(nodeId) === undefined ? undefined : figuresInWords(studio, nodeId)
  }
}

/** What a row stands for in the selection: its link, else its step. */
function itemOf(row: OutlineRow): Item {
  return row.type === 'entry' && row.of === 'link' ? { type: 'edge', edge: row.edge } : { type: 'node', id: row.nodeId }
}

/** The row of an item; the current one where it stands for the same (a heading of the step, one of the two ends of a link). */
function keyFor(active: Item, current: string | undefined): string | undefined {
  if (active.type === 'node') {
    const isOfStep = current !== undefined && current.split(':')[1] === active.id && !current.includes('→')
    return isOfStep ? current : stepKey(active.id)
  }
  if (active.type !== 'edge') return current
  const link = itemKey(active).slice('edge:'.length)
  return current?.endsWith(`:${link}`) === true ? current : stepKey(nodeOf(active.edge.from))
}
