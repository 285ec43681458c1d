/** A cell by row and column as they are shown; row -1 is the header. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** From where to where cells are selected; `active` moves with the keys. */
export interface GridSelection {
  readonly anchor: Cell
  readonly active: Cell
}

export interface GridSize {
  readonly rows: number
  readonly columns: number
  /** Rows that fit on the screen: a page. */
  readonly page: number
}

export interface CellRange {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export const HEADER = -1

interface Key {
  readonly key: string
  readonly shift: boolean
  /** Ctrl or Cmd. */
  readonly mod: boolean
}

/** The selection after a key; undefined for keys that move nothing. */
export function moveSelection(selection: GridSelection, { key, shift, mod }: Key, size: GridSize): GridSelection | undefined {
  const { active } = selection
  const to = moved(active, key, mod, size)
  if (to === undefined) return undefined
  const next = clamped(to, size)
  // The header is no data: a range never reaches into it.
  if (shift && active.row !== HEADER && next.row !== HEADER) return { anchor: selection.anchor, active: next }
  return { anchor: next, active: next }
}

function moved({ row, column }: Cell, key: string, mod: boolean, { rows, columns, page }: GridSize): Cell | undefined {
  switch (key) {
    case 'ArrowDown':
      return { row: mod ? rows - 1 : row + 1, column }
    case 'ArrowUp':
      return { row: mod ? 0 : row - 1, column }
    case 'ArrowRight':
      return { row, column: mod ? columns - 1 : column + 1 }
    case 'ArrowLeft':
      return { row, column: mod ? 0 : column - 1 }
    case 'PageDown':
      return { row: row + page, column }
    case 'PageUp':
      return { row: Math.max(0, row - page), column }
    case 'Home':
      return { row: mod ? 0 : row, column: 0 }
    case 'End':
      return { row: mod ? rows - 1 : row, column: columns - 1 }
    default:
      return undefined
  }
}

export function clamped({ row, column }: Cell, { rows, columns }: GridSize): Cell {
  return { row: Math.max(HEADER, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) }
}

export function rangeOf({ anchor, active }: GridSelection): CellRange {
  return {
    top: Math.max(0, Math.min(anchor.row, active.row)),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  }
}

export function isInRange({ top, bottom, left, right }: CellRange, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right
}
