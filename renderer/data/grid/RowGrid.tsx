import { type ClipboardEvent, type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react'
import { tabSeparated } from '../delimited.ts'
import { GridHeader } from './GridHeader.tsx'
import type { GridColumn, GridModel } from './grid-model.ts'
import { type Cell, clamped, type GridSelection, HEADER, isInRange, moveSelection, rangeOf } from './grid-selection.ts'
import styles from './RowGrid.module.css'
import { useColumnWidths } from './use-column-widths.ts'
import { HEADER_HEIGHT, ROW_HEIGHT, useRowsInSight } from './use-rows-in-sight.ts'

interface RowGridProps {
  readonly label: string
  readonly model: GridModel
  /** Changes when the table becomes another one: another step, tab or run. */
  readonly identity: string
  /** While rows may still come their number is unknown. */
  readonly live: boolean
  /** Keeps the newest row in sight. */
  readonly following: boolean
  /** Rows since the run began. */
  readonly total: number
  readonly onPause: () => void
  readonly onCopied: (rows: number) => void
}

/** Rows as a table that is one stop of the Tab key; only what is on the screen is in the page. */
export function RowGrid({ label, model, identity, live, following, total, onPause, onCopied }: RowGridProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const byUser = useRef({ until: 0, held: false })
  const [kept, setKept] = useState<{ readonly identity: string; readonly selection: GridSelection }>()
  const selection = !following && kept?.identity === identity ? kept.selection : undefined
  const { widthOf, resize } = useColumnWidths(model)
  const sight = useRowsInSight(scroller, { count: model.count, openCount: model.openCount, following })
  const widths = model.columns.map(widthOf)
  const template = widths.map((width) => `${width}px`).join(' ')
  const width = widths.reduce((sum, each) => sum + each, 0)
  const size = { rows: model.count, columns: model.columns.length, page: sight.page }
  const range = selection === undefined ? undefined : rangeOf(selection)

  useEffect(() => {
    // Rows move on from under a selection.
    if (following) setKept(undefined)
  }, [following])
  useEffect(() => {
    const release = (): void => {
      byUser.current.held = false
    }
    window.addEventListener('pointerup', release)
    return () => window.removeEventListener('pointerup', release)
  }, [])

  const select = (next: GridSelection): void => {
    setKept({ identity, selection: next })
    const { row, column } = next.active
    if (row !== HEADER) sight.show(row)
    scrollToColumn(scroller.current, widths, column)
  }
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    if (range === undefined || range.bottom < 0) return
    const table = model.tableOf(range)
    event.clipboardData.setData('text/plain', tabSeparated(table))
    onCopied(table.rows.length)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, shiftKey: shift } = event
    const mod = event.ctrlKey || event.metaKey
    const inSight = { row: firstInSight(scroller.current, size.rows), column: dataColumns(model.columns).left }
    const current = selection ?? { anchor: inSight, active: inSight }
    const take = (): void => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (mod && key === 'a') {
      take()
      const { left, right } = dataColumns(model.columns)
      setKept({ identity, selection: { anchor: { row: 0, column: left }, active: { row: size.rows - 1, column: right } } })
    } else if (current.active.row === HEADER && shift && (key === 'ArrowLeft' || key === 'ArrowRight')) {
      take()
      const column = model.columns[current.active.column]
      if (column !== undefined) resize(column, widthOf(column) + (key === 'ArrowRight' ? 16 : -16))
    } else {
      const next = moveSelection(current, { key, shift, mod }, size)
      if (next === undefined) return
      take()
      select(selection === undefined ? current : next)
    }
  }
  const onPointerDown = (event: PointerEvent): void => {
    byUser.current.held = true
    const cell = event.button === 0 ? cellAt(event) : undefined
    if (cell === undefined) return
    const { anchor, active } = wholeLine(cell, model.columns, size.rows)
    setKept({ identity, selection: event.shiftKey && selection !== undefined ? { anchor: selection.anchor, active } : { anchor, active } })
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (!byUser.current.held || selection === undefined || (event.buttons & 1) === 0) return
    const cell = cellAt(event)
    if (cell === undefined || cell.row === HEADER || selection.anchor.row === HEADER) return
    const { active } = wholeLine(cell, model.columns, size.rows)
    if (active.row !== selection.active.row || active.column !== selection.active.column)
      setKept({ identity, selection: { anchor: selection.anchor, active } })
  }
  const cellId = ({ row, column }: Cell): string => `${id}-${row === HEADER ? 'head' : model.keyOf(row)}-${column}`
  const active = selection === undefined ? undefined : clamped(selection.active, size)

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be virtualised with sticky parts and one tab stop. */}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-rowcount={live ? -1 : total + model.openCount + 1}
        aria-colcount={model.columns.length}
        aria-activedescendant={active === undefined ? undefined : cellId(active)}
        aria-description="Arrow keys move, Shift extends, Control C copies with a header. In the header Shift with left or right changes the width."
        className={`${styles.grid} data-font`}
        onFocus={onPause}
        onCopy={onCopy}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onWheel={() => {
          byUser.current.until = performance.now() + 300
        }}
        onScroll={() => {
          sight.onScroll()
          if (following && (byUser.current.held || performance.now() < byUser.current.until)) onPause()
        }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: part of the grid. */}
        <div role="rowgroup" className={styles.body} style={{ width, height: sight.height }}>
          <GridHeader columns={model.columns} template={template} widthOf={widthOf} resize={resize} cellId={cellId} active={active} />
          {indices(sight.from, sight.to).map((row) => (
            <GridRow
              key={model.keyOf(row)}
              model={model}
              row={row}
              top={HEADER_HEIGHT + row * ROW_HEIGHT}
              template={template}
              cellId={cellId}
              active={active}
              isSelected={(column) => range !== undefined && isInRange(range, row, column)}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

interface GridRowProps {
  readonly model: GridModel
  readonly row: number
  readonly top: number
  readonly template: string
  readonly cellId: (cell: Cell) => string
  readonly active: Cell | undefined
  readonly isSelected: (column: number) => boolean
}

function GridRow({ model, row, top, template, cellId, active, isSelected }: GridRowProps) {
  const ariaIndex = model.ariaIndexOf(row)
  const classes = [styles.row, ariaIndex % 2 === 1 ? styles.zebra : '', model.isOpen(row) ? styles.open : '', kindClass(model, row)].join(
    ' ',
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: part of the grid above, which has the focus.
    <div
      role="row"
      aria-rowindex={ariaIndex}
      className={classes}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
    >
      {model.columns.map((column, i) => {
        const text = model.textOf(row, column)
        const isActive = active?.row === row && active.column === i
        return (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: part of the grid above, which has the focus.
          <div
            key={column.id}
            role="gridcell"
            id={cellId({ row, column: i })}
            aria-colindex={i + 1}
            aria-selected={isSelected(i)}
            data-row={row}
            data-column={i}
            title={model.detailOf(row, column) ?? text}
            className={cellClass(model, row, column, isActive)}
          >
            {text.includes('\n') ? text.replaceAll(/\r?\n/g, ' ↵ ') : text}
          </div>
        )
      })}
    </div>
  )
}

function kindClass(model: GridModel, row: number): string {
  return model.kindOf(row) === 'delete' ? (styles.deleted ?? '') : ''
}

function cellClass(model: GridModel, row: number, column: GridColumn, isActive: boolean): string {
  return [
    styles.cell,
    column.align === 'right' ? styles.right : '',
    typeof column.source === 'number' ? '' : styles.aside,
    model.isNull(row, column) ? styles.nothing : '',
    isActive ? styles.active : '',
  ].join(' ')
}

/** The cell under the mouse, by what the cells say of themselves. */
function cellAt({ clientX, clientY }: PointerEvent): Cell | undefined {
  const cell = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-row]')
  if (cell?.dataset.row === undefined || cell.dataset.column === undefined) return undefined
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) }
}

/** A press on the first column means the row, one on the header the column. */
function wholeLine(cell: Cell, columns: readonly GridColumn[], rows: number): GridSelection {
  if (cell.row === HEADER) return { anchor: { row: 0, column: cell.column }, active: { row: rows - 1, column: cell.column } }
  if (columns[cell.column]?.source !== 'lead') return { anchor: cell, active: cell }
  const { left, right } = dataColumns(columns)
  return { anchor: { row: cell.row, column: left }, active: { row: cell.row, column: right } }
}

/** Without what is no data: a spreadsheet gets the rows, not their numbers. */
function dataColumns(columns: readonly GridColumn[]): { readonly left: number; readonly right: number } {
  const isData = ({ source }: GridColumn): boolean => typeof source === 'number'
  return { left: Math.max(0, columns.findIndex(isData)), right: Math.max(0, columns.findLastIndex(isData)) }
}

function indices(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
}

function firstInSight(element: HTMLElement | null, rows: number): number {
  return Math.max(0, Math.min(rows - 1, Math.ceil((element?.scrollTop ?? 0) / ROW_HEIGHT)))
}

function scrollToColumn(element: HTMLElement | null, widths: readonly number[], column: number): void {
  if (element === null) return
  const left = widths.slice(0, column).reduce((sum, each) => sum + each, 0)
  const right = left + (widths[column] ?? 0)
  if (left < element.scrollLeft) element.scrollLeft = left
  else if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth
}
