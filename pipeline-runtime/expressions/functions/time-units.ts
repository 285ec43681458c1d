import { civilFromDays, DAY, daysFromCivil } from '../../data/calendar.ts'
import type { DataType } from '../../data/types.ts'
import { dayOfWeek } from '../calendar.ts'
import { inTime } from '../casting.ts'
import { zoneOf } from '../zone.ts'

/** The units of FLOOR and CEIL. */
export const floorUnits = ['SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const

const SHORT: Readonly<Record<string, number>> = { SECOND: 1000, MINUTE: 60_000, HOUR: 3_600_000 }

/** The start of a time's unit on the zone's clock. */
export function floorTime(type: DataType, unit: string, timeZone: string): (time: number) => number {
  if (type.name === 'DATE') return (days) => floorDays(days, unit)
  const zone = zoneOf(timeZone)
  const length = SHORT[unit]
  if (length !== undefined) {
    return (time) => {
      const local = zone.toLocal(time)
      return time - (local - Math.floor(local / length) * length)
    }
  }
  return (time) => zone.fromLocal(inTime(floorDays(Math.floor(zone.toLocal(time) / DAY), unit) * DAY))
}

/** The start of the next unit, or the time itself where a unit starts there. */
export function ceilTime(type: DataType, unit: string, timeZone: string): (time: number) => number {
  if (type.name === 'DATE') {
    return (days) => {
      const start = floorDays(days, unit)
      return start === days ? days : nextDays(start, unit)
    }
  }
  const zone = zoneOf(timeZone)
  const floor = floorTime(type, unit, timeZone)
  const length = SHORT[unit]
  return (time) => {
    const start = floor(time)
    if (start === time) return time
    if (length !== undefined) return inTime(start + length)
    return zone.fromLocal(inTime(nextDays(floorDays(Math.floor(zone.toLocal(time) / DAY), unit), unit) * DAY))
  }
}

function floorDays(days: number, unit: string): number {
  if (unit === 'WEEK') return days - (dayOfWeek(days) - 1)
  if (unit !== 'MONTH' && unit !== 'QUARTER' && unit !== 'YEAR') return days
  const { year, month } = civilFromDays(days)
  if (unit === 'YEAR') return daysFromCivil(year, 1, 1)
  return daysFromCivil(year, unit === 'MONTH' ? month : month - ((month - 1) % 3), 1)
}

function nextDays(start: number, unit: string): number {
  switch (unit) {
    case 'WEEK':
      return start + 7
    case 'MONTH':
      return floorDays(start + 31, 'MONTH')
    case 'QUARTER':
      return floorDays(start + 100, 'QUARTER')
    case 'YEAR':
      return floorDays(start + 366, 'YEAR')
    default:
      return start + 1
  }
}
