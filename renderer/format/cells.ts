import { formatDateTime } from './times.ts'

/** `printValue` writes an instant like this. */
const INSTANT = /^[+-]?\d{4,6}-\d{2}-\d{2}T/
const MOST_DECIMALS = 6

export const isNumericType = (type: string): boolean => type === 'BIGINT' || type === 'DOUBLE' || type.startsWith('DECIMAL')
export const isTimeType = (type: string): boolean => type.startsWith('TIMESTAMP')

/**
 * A cell as the screen shows it. Integers and decimals with all their digits; a DOUBLE rounded to six decimals (copying and the tooltip
 * give all of them); instants in the zone of the document; bytes as text where they are text.
 */
export function formatCell(type: string, cell: string | null, timeZone: string): string {
  if (cell === null) return 'NULL'
  if (isTimeType(type)) return INSTANT.test(cell) ? formatDateTime(Date.parse(cell), timeZone) : cell
  if (type === 'DOUBLE') return roundedDouble(cell)
  if (type === 'BYTES') return bytesAsText(cell).text
  return cell
}

/** A cell without loss, for copies and files: as `formatCell`, but every digit, instants in ISO-8601 in UTC, NULL as nothing. */
export function exactCell(type: string, cell: string | null): string {
  if (cell === null) return ''
  return type === 'BYTES' ? bytesAsText(cell).text : cell
}

/** Milliseconds of an instant; undefined for NULL and for what no Date can hold. */
export function cellTimeMs(cell: string | null): number | undefined {
  if (cell === null || !INSTANT.test(cell)) return undefined
  const ms = Date.parse(cell)
  return Number.isNaN(ms) ? undefined : ms
}

export interface ShownBytes {
  readonly text: string
  /** Shown in hexadecimal because the bytes are no text. */
  readonly hex: boolean
}

/** Base64 bytes as the text that they are in UTF-8, else as `0x00ff`. */
export function bytesAsText(base64: string): ShownBytes {
  const bytes = decodeBase64(base64)
  if (bytes === undefined) return { text: base64, hex: false }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    // Control characters would be invisible: such bytes are no text that anybody can read.
    if (!/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) return { text, hex: false }
  } catch {
    // Not UTF-8.
  }
  return { text: `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`, hex: true }
}

function decodeBase64(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

function roundedDouble(cell: string): string {
  const value = Number(cell)
  if (!Number.isFinite(value) || /e/i.test(cell)) return cell
  const decimals = cell.length - cell.indexOf('.') - 1
  if (!cell.includes('.') || decimals <= MOST_DECIMALS || Math.abs(value) < 1e-3) return cell
  return value.toFixed(MOST_DECIMALS).replace(/\.?0+$/, '')
}
