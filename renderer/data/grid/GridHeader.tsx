import type { PointerEvent } from 'react'
import { type GridColumn, shownType } from './grid-model.ts'
import { type Cell, HEADER } from './grid-selection.ts'
import styles from './RowGrid.module.css'

interface GridHeaderProps {
  readonly columns: readonly GridColumn[]
  readonly template: string
  readonly widthOf: (column: GridColumn) => number
  readonly resize: (column: GridColumn, width: number) => void
  readonly cellId: (cell: Cell) => string
  readonly active: Cell | undefined
}

/** Names and types of the columns; their right edges can be dragged. */
export function GridHeader({ columns, template, widthOf, resize, cellId, active }: GridHeaderProps) {
  const drag = (column: GridColumn) => (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.stopPropagation()
    const from = { x: event.clientX, width: widthOf(column) }
    const handle = event.currentTarget
    handle.setPointerCapture(event.pointerId)
    handle.onpointermove = ({ clientX }) => resize(column, from.width + clientX - from.x)
    // Let go, or taken away by the system.
    handle.onlostpointercapture = () => {
      handle.onpointermove = null
      handle.onlostpointercapture = null
    }
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: part of the grid, which has the focus.
    <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: template }}>
      {columns.map((column, i) => (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: part of the grid, which has the focus.
        <div
          key={column.id}
          role="columnheader"
          id={cellId({ row: HEADER, column: i })}
          aria-colindex={i + 1}
          data-row={HEADER}
          data-column={i}
          title={column.type === '' ? column.title : `${column.title} ${column.type}`}
          className={`${styles.headCell} ${column.align === 'right' ? styles.right : ''} ${active?.row === HEADER && active.column === i ? styles.active : ''}`}
        >
          <span className={styles.name}>{column.title}</span>
          {column.type === '' ? null : <span className={styles.type}>{shownType(column.type)}</span>}
          <span className={styles.handle} onPointerDown={drag(column)} />
        </div>
      ))}
    </div>
  )
}
