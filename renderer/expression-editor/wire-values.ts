import { printBase64 } from '../../pipeline-runtime/data/base64.ts'
import { DAY } from '../../pipeline-runtime/data/calendar.ts'
import { Decimal } from '../../pipeline-runtime/data/decimal.ts'
import type { DataType } from '../../pipeline-runtime/data/types.ts'
import { integerAtRest, printValue, type Value } from '../../pipeline-runtime/data/value.ts'

/** Why a cell cannot be calculated with: lists, rows and maps cross as text for people. */
export const UNREADABLE = Symbol('unreadable')

/** The value that a cell of a row page stands for. */
export function valueOfCell(type: DataType, cell: string | null): Value | typeof UNREADABLE {
  if (cell === null) return null
  switch (type.name) {
    case 'STRING':
      return cell
    case 'BOOLEAN':
      return cell === 'true'
    case 'BIGINT':
      return /^-?\d+$/.test(cell) ? integerAtRest(BigInt(cell)) : UNREADABLE
    case 'DOUBLE':
      return Number(cell)
    case 'DECIMAL':
      return Decimal.parse(cell)?.toScale(type.scale) ?? UNREADABLE
    case 'DATE':
      return known(Date.parse(cell) / DAY)
    case 'TIMESTAMP_LTZ':
      return known(/^-?\d+$/.test(cell) ? Number(cell) : Date.parse(cell))
    case 'BYTES':
      return Uint8Array.from(atob(cell), (character) => character.charCodeAt(0))
    default:
      return UNREADABLE
  }
}

/** As the runtime writes cells. */
export function wireCell(type: DataType, value: Value): string | null {
  if (value === null) return null
  if (type.name === 'BYTES' && value instanceof Uint8Array) return printBase64(value)
  return printValue(type, value)
}

function known(time: number): number | typeof UNREADABLE {
  return Number.isNaN(time) ? UNREADABLE : time
}
