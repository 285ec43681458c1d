import type { Value } from '../data/value.ts'
import { ExpressionError, type Span } from './issues.ts'

/** The value of an expression for a row. Throws ExpressionError where the row's values allow none. */
export type RowFunction = (row: number) => Value

/** What an expression reads: a batch, or anything that has columns by name. */
export interface Columns {
  column(name: string): { value(row: number): Value }
}

/** What is left to do when the columns are known; everything that can be prepared before has been. */
export type Binder = (columns: Columns) => RowFunction

/** Gives an error that comes from a body the place of its operation; one from an operand has its own already. */
export function located(span: Span, binder: Binder): Binder {
  return (columns) => {
    const value = binder(columns)
    return (row) => {
      try {
        return value(row)
      } catch (error) {
        throw error instanceof ExpressionError && error.to === 0 ? error.at(span) : error
      }
    }
  }
}

/** An operation on one value that gives NULL for NULL. */
export function unary(operand: Binder, apply: (value: Value) => Value): Binder {
  return (columns) => {
    const value = operand(columns)
    return (row) => {
      const v = value(row)
      return v === null ? null : apply(v)
    }
  }
}

/** An operation on two values that gives NULL where one is NULL. */
export function strict(left: Binder, right: Binder, apply: (a: Value, b: Value) => Value): Binder {
  return pair(left, right, (a, b) => (row) => {
    const x = a(row)
    if (x === null) return null
    const y = b(row)
    return y === null ? null : apply(x, y)
  })
}

export function pair(left: Binder, right: Binder, make: (a: RowFunction, b: RowFunction) => RowFunction): Binder {
  return (columns) => make(left(columns), right(columns))
}
