import type { Value } from '../data/value.ts'
import type { CallContext } from './function-entry.ts'
import { type Binder, located, type RowFunction } from './row-function.ts'
import type { TypedExpression } from './typed.ts'

type Call = TypedExpression & { readonly kind: 'call' }

/** What a function may know of a call before it runs. */
export function callContext(call: Call): CallContext {
  return {
    types: call.args.map((arg) => arg.type),
    type: call.type,
    constant: (index) => {
      const arg = call.args[index]
      return arg?.kind === 'constant' ? arg.value : undefined
    },
    keyword: call.keyword,
    timeZone: call.timeZone,
  }
}

/** The call of a function's body with its arguments, NULL for a NULL argument unless the function wants to see it. */
export function compileCall(call: Call, args: readonly Binder[]): Binder {
  // The analysis has checked the arguments against the parameters that the body is written for.
  const body = call.entry.prepare(callContext(call)) as (...args: readonly Value[]) => Value
  const given = call.entry.nulls === 'given'
  return located(call, (columns) =>
    rowFunction(
      body,
      args.map((arg) => arg(columns)),
      given,
    ),
  )
}

function rowFunction(body: (...args: readonly Value[]) => Value, args: readonly RowFunction[], given: boolean): RowFunction {
  const [first, second, third] = args
  if (!given && first !== undefined && args.length === 1) {
    return (row) => {
      const a = first(row)
      return a === null ? null : body(a)
    }
  }
  if (!given && first !== undefined && second !== undefined && args.length === 2) {
    return (row) => {
      const a = first(row)
      const b = second(row)
      return a === null || b === null ? null : body(a, b)
    }
  }
  if (!given && first !== undefined && second !== undefined && third !== undefined && args.length === 3) {
    return (row) => {
      const a = first(row)
      const b = second(row)
      const c = third(row)
      return a === null || b === null || c === null ? null : body(a, b, c)
    }
  }
  return (row) => {
    const values: Value[] = []
    for (const arg of args) {
      const value = arg(row)
      if (value === null && !given) return null
      values.push(value)
    }
    return body(...values)
  }
}
