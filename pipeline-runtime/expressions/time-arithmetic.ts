import { DAY } from '../data/calendar.ts'
import type { DataType } from '../data/types.ts'
import type { ArithmeticOperator } from './ast.ts'
import { addMonths, MAX_DAYS } from './calendar.ts'
import { inTime } from './casting.ts'
import { ExpressionError } from './issues.ts'
import { zoneOf } from './zone.ts'

type Step = (a: number, b: number) => number

/** Arithmetic of dates, times and intervals; the analysis has checked that the combination has a meaning. */
export function timeArithmetic(operator: ArithmeticOperator, left: DataType, right: DataType, timeZone: string): Step {
  if (left.name === 'INTERVAL' && right.name === 'INTERVAL') {
    return operator === '+' ? (a, b) => inInterval(a + b) : (a, b) => inInterval(a - b)
  }
  if (operator === '*') return (a, b) => inInterval(Number(a) * Number(b))
  if (left.name === 'INTERVAL') {
    const step = addInterval(right, left, timeZone)
    return (a, b) => step(b, a)
  }
  if (right.name === 'INTERVAL') {
    const step = addInterval(left, right, timeZone)
    return operator === '+' ? step : (a, b) => step(a, -b)
  }
  return left.name === 'DATE' ? (a, b) => (a - b) * DAY : (a, b) => a - b
}

function addInterval(time: DataType, interval: DataType, timeZone: string): Step {
  const months = interval.name === 'INTERVAL' && interval.unit === 'MONTH'
  if (time.name === 'DATE') {
    if (months) return (days, count) => inDays(addMonths(days, count))
    return (days, length) => inDays(Math.floor((days * DAY + length) / DAY))
  }
  if (!months) return (t, length) => inTime(t + length)
  const zone = zoneOf(timeZone)
  return (t, count) => {
    const local = zone.toLocal(t)
    const days = Math.floor(local / DAY)
    const moved = addMonths(days, count)
    return inTime(moved === days ? t : zone.fromLocal(inTime(moved * DAY) + (local - days * DAY)))
  }
}

function inDays(days: number): number {
  if (Math.abs(days) <= MAX_DAYS) return days + 0
  throw new ExpressionError('OVERFLOW', 'The result lies beyond the dates that can be held (about the years -270000 to 275000).')
}

function inInterval(length: number): number {
  if (Math.abs(length) <= Number.MAX_SAFE_INTEGER) return length + 0
  throw new ExpressionError('OVERFLOW', 'The interval is too long.')
}
