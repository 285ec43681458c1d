import { formatCell } from './cells.ts'

/** `12,345.5`: the digits of a cell, grouped; integers exact at any size. */
export function groupDigits(text: string): string {
  const [, sign = '', whole = '', rest = ''] = /^([+-]?)(\d+)(\.\d+)?$/.exec(text) ?? []
  return whole === '' ? text : `${sign}${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}${rest}`
}

/** A numeric cell as charts show it. */
export function formatNumber(type: string, cell: string): string {
  return groupDigits(formatCell(type, cell, 'UTC'))
}

/** The sum of numeric cells as text; exact where they are integers, whatever their size. */
export function sumOfCells(cells: readonly string[]): string {
  if (cells.every((cell) => /^[+-]?\d+$/.test(cell))) return cells.reduce((sum, cell) => sum + BigInt(cell), 0n).toString()
  return String(cells.reduce((sum, cell) => sum + Number(cell), 0))
}

/** `b - a` of numeric cells as text, exact where they are integers. */
export function differenceOfCells(a: string, b: string): string {
  const whole = /^[+-]?\d+$/
  return whole.test(a) && whole.test(b) ? (BigInt(b) - BigInt(a)).toString() : String(Number(b) - Number(a))
}
