import { useRef, useState } from 'react'
import { type GridColumn, type GridModel, naturalWidth } from './grid-model.ts'

const LEAST = 40
const MOST = 1200

export interface ColumnWidths {
  readonly widthOf: (column: GridColumn) => number
  readonly resize: (column: GridColumn, width: number) => void
}

/** Widths follow the content once, when the first rows are there, and after that only the user: columns that jump cannot be read. */
export function useColumnWidths(model: GridModel): ColumnWidths {
  const [chosen, setChosen] = useState<ReadonlyMap<string, number>>(new Map())
  const natural = useRef({ columns: '', rows: 0, widths: new Map<string, number>() })
  const columns = model.columns.map(({ id, title, type }) => `${id} ${title} ${type}`).join('|')
  const known = natural.current
  // The first few rows may be much shorter than what follows: measured again while there are few.
  if (known.columns !== columns || (known.rows < 20 && model.count > known.rows)) {
    const same = known.columns === columns
    const widths = new Map(
      model.columns.map((column) => [column.id, Math.max(naturalWidth(model, column), same ? (known.widths.get(column.id) ?? 0) : 0)]),
    )
    natural.current = { columns, rows: model.count, widths }
  }
  return {
    widthOf: (column) => chosen.get(keyOf(column)) ?? natural.current.widths.get(column.id) ?? 120,
    resize: (column, width) =>
      setChosen((before) => new Map(before).set(keyOf(column), Math.max(LEAST, Math.min(MOST, Math.round(width))))),
  }
}

const keyOf = ({ id, title }: GridColumn): string => `${id} ${title}`
