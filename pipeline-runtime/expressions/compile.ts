import type { Batch } from '../data/batch.ts'
import { Decimal } from '../data/decimal.ts'
import type { DataType } from '../data/types.ts'
import type { Value } from '../data/value.ts'
import { decimalArithmetic, doubleArithmetic, type Integer, integerArithmetic, negateInteger } from './arithmetic.ts'
import type { ArithmeticOperator } from './ast.ts'
import { conversion } from './casting.ts'
import { type Comparison, comparison, sameValues } from './comparing.ts'
import { compileCall } from './compile-call.ts'
import { ExpressionError } from './issues.ts'
import { likeTest, type TextTest } from './like.ts'
import { type Binder, located, pair, type RowFunction, strict, unary } from './row-function.ts'
import { timeArithmetic } from './time-arithmetic.ts'
import type { TypedExpression } from './typed.ts'

/** An expression ready to run on any number of batches. */
export interface Evaluator {
  readonly type: DataType
  /** Fetches the columns once; the function is called per row and stays valid, also beside other batches' functions. */
  bind(batch: Batch): RowFunction
}

/** Prepares an expression: constant patterns and conversions are made here, once. */
export function createEvaluator(typed: TypedExpression): Evaluator {
  const binder = compile(typed)
  return { type: typed.type, bind: (batch) => binder(batch) }
}

/** The value for one row given by a look-up of column names; for the screen and for constants. */
export function evaluateRow(typed: TypedExpression, lookup: (column: string) => Value): Value {
  return compile(typed)({
    column: (name) => {
      const value = lookup(name)
      return { value: () => value }
    },
  })(0)
}

export function compile(typed: TypedExpression): Binder {
  switch (typed.kind) {
    case 'constant': {
      const value = typed.value
      const constant = () => value
      return () => constant
    }
    case 'column': {
      const name = typed.name
      return (columns) => {
        const column = columns.column(name)
        return (row) => column.value(row)
      }
    }
    case 'field': {
      const index = typed.index
      return unary(compile(typed.object), (object) => (object as readonly Value[])[index] ?? null)
    }
    case 'element':
      return strict(compile(typed.object), compile(typed.index), (list, index) => (list as readonly Value[])[Number(index) - 1] ?? null)
    case 'entry':
      return strict(compile(typed.object), compile(typed.key), (map, key) => (map as ReadonlyMap<string, Value>).get(key as string) ?? null)
    case 'negate':
      return located(typed, unary(compile(typed.operand), negation(typed.type)))
    case 'arithmetic':
      return located(typed, strict(compile(typed.left), compile(typed.right), arithmeticBody(typed)))
    case 'concat':
      return strict(compile(typed.left), compile(typed.right), (a, b) => (a as string) + (b as string))
    case 'compare':
      return compileComparison(typed.left, typed.right, comparison(typed.operator, typed.left.type, typed.right.type))
    case 'distinct': {
      const same = sameValues(typed.left.type, typed.right.type)
      const wanted = typed.negated
      return pair(compile(typed.left), compile(typed.right), (a, b) => (row) => same(a(row), b(row)) === wanted)
    }
    case 'and':
      return pair(compile(typed.left), compile(typed.right), (a, b) => (row) => {
        const left = a(row)
        if (left === false) return false
        const right = b(row)
        return right === false ? false : left === null || right === null ? null : true
      })
    case 'or':
      return pair(compile(typed.left), compile(typed.right), (a, b) => (row) => {
        const left = a(row)
        if (left === true) return true
        const right = b(row)
        return right === true ? true : left === null || right === null ? null : false
      })
    case 'not':
      return unary(compile(typed.operand), (value) => value !== true)
    case 'is': {
      const tested = typed.test === 'TRUE' ? true : typed.test === 'FALSE' ? false : null
      const wanted = !typed.negated
      const operand = compile(typed.operand)
      return (columns) => {
        const value = operand(columns)
        return (row) => (value(row) === tested) === wanted
      }
    }
    case 'between':
      return compileBetween(typed)
    case 'in':
      return compileIn(typed)
    case 'like':
      return compileLike(typed)
    case 'case':
      return compileCase(typed)
    case 'coalesce': {
      const args = typed.args.map(compile)
      return (columns) => {
        const values = args.map((arg) => arg(columns))
        return (row) => {
          for (const value of values) {
            const result = value(row)
            if (result !== null) return result
          }
          return null
        }
      }
    }
    case 'cast':
      return compileCast(typed)
    case 'call':
      return compileCall(typed, typed.args.map(compile))
  }
}

function negation(type: DataType): (value: Value) => Value {
  switch (type.name) {
    case 'BIGINT':
      return (value) => negateInteger(value as Integer)
    case 'DECIMAL':
      return (value) => new Decimal(-(value as Decimal).unscaled, (value as Decimal).scale)
    case 'INTERVAL':
      return (value) => 0 - (value as number)
    default:
      return (value) => -(value as number)
  }
}

type ValuePair = (a: Value, b: Value) => Value

/** The analysis has brought both operands to the types that these bodies take. */
function arithmeticBody(typed: TypedExpression & { readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator }): ValuePair {
  const { left, right, operator, type } = typed
  if (left.type.name === 'BIGINT' && right.type.name === 'BIGINT') return integerArithmetic[operator] as ValuePair
  if (type.name === 'DOUBLE') return doubleArithmetic[operator] as ValuePair
  if (type.name === 'DECIMAL') return decimalArithmetic(operator, type.precision, type.scale) as ValuePair
  return timeArithmetic(operator, left.type, right.type, typed.timeZone) as ValuePair
}

function compileComparison(left: TypedExpression, right: TypedExpression, compare: Comparison): Binder {
  const leftBinder = compile(left)
  // A constant on the right is by far the most frequent case.
  if (right.kind === 'constant') {
    const constant = right.value
    if (constant === null)
      return pair(leftBinder, compile(right), (a) => (row) => {
        // The other side still may fail.
        a(row)
        return null
      })
    return (columns) => {
      const a = leftBinder(columns)
      return (row) => {
        const x = a(row)
        return x === null ? null : compare(x, constant)
      }
    }
  }
  return strict(leftBinder, compile(right), compare)
}

function compileBetween(typed: TypedExpression & { readonly kind: 'between' }): Binder {
  const fromLow = comparison('>=', typed.operand.type, typed.low.type)
  const toHigh = comparison('<=', typed.operand.type, typed.high.type)
  const [operand, low, high] = [compile(typed.operand), compile(typed.low), compile(typed.high)]
  const inside = !typed.negated
  return (columns) => {
    const [value, lowest, highest] = [operand(columns), low(columns), high(columns)]
    return (row) => {
      const v = value(row)
      if (v === null) return null
      const from = lowest(row)
      const to = highest(row)
      const aboveLow = from === null ? null : fromLow(v, from)
      const belowHigh = to === null ? null : toHigh(v, to)
      if (aboveLow === false || belowHigh === false) return !inside
      return aboveLow === null || belowHigh === null ? null : inside
    }
  }
}

function compileIn(typed: TypedExpression & { readonly kind: 'in' }): Binder {
  const operand = compile(typed.operand)
  const found = !typed.negated
  const { list } = typed
  // Where values at rest are equal exactly if they are the same, a set finds them.
  const plain = ['STRING', 'BOOLEAN', 'DATE', 'TIMESTAMP_LTZ', 'BIGINT'].includes(typed.operand.type.name)
  if (plain && list.every((item) => item.kind === 'constant' && (item.type.name === typed.operand.type.name || item.value === null))) {
    const values = list.map((item) => (item.kind === 'constant' ? item.value : null))
    const set: ReadonlySet<Value> = new Set(values.filter((value) => value !== null))
    const otherwise = values.includes(null) ? null : !found
    return unary(operand, (value) => (set.has(value) ? found : otherwise))
  }
  const items = list.map((item) => ({ binder: compile(item), equal: comparison('=', typed.operand.type, item.type) }))
  return (columns) => {
    const value = operand(columns)
    const bound = items.map((item) => ({ value: item.binder(columns), equal: item.equal }))
    return (row) => {
      const v = value(row)
      if (v === null) return null
      let unknown = false
      for (const item of bound) {
        const other = item.value(row)
        if (other === null) unknown = true
        else if (item.equal(v, other)) return found
      }
      return unknown ? null : !found
    }
  }
}

function compileLike(typed: TypedExpression & { readonly kind: 'like' }): Binder {
  const operand = compile(typed.operand)
  const matching = !typed.negated
  const { pattern, escapeWith } = typed
  if (pattern.kind === 'constant' && (escapeWith === undefined || escapeWith.kind === 'constant')) {
    if (pattern.value === null || escapeWith?.value === null) return unary(operand, () => null)
    const test = likeTest(pattern.value as string, escapeWith === undefined ? undefined : (escapeWith.value as string))
    return unary(operand, (value) => test(value as string) === matching)
  }
  const patternBinder = compile(pattern)
  const escapeBinder = escapeWith === undefined ? undefined : compile(escapeWith)
  return located(typed, (columns) => {
    const [value, patternOf, escapeOf] = [operand(columns), patternBinder(columns), escapeBinder?.(columns)]
    // Neighbouring rows often share a pattern: the last test is kept.
    let lastPattern: Value = null
    let lastEscape: Value | undefined
    let test: TextTest = () => false
    return (row) => {
      const v = value(row)
      const p = patternOf(row)
      const e = escapeOf?.(row)
      if (v === null || p === null || e === null) return null
      if (p !== lastPattern || e !== lastEscape) {
        test = likeTest(p as string, e as string | undefined)
        lastPattern = p
        lastEscape = e
      }
      return test(v as string) === matching
    }
  })
}

function compileCase(typed: TypedExpression & { readonly kind: 'case' }): Binder {
  const whens = typed.branches.map((branch) => compile(branch.when))
  const values = typed.branches.map((branch) => compile(branch.value))
  const otherwise = compile(typed.otherwise)
  return (columns) => {
    const branches = whens.map((when, i) => ({ when: when(columns), value: values[i]?.(columns) }))
    const rest = otherwise(columns)
    return (row) => {
      for (const branch of branches) if (branch.when(row) === true && branch.value !== undefined) return branch.value(row)
      return rest(row)
    }
  }
}

function compileCast(typed: TypedExpression & { readonly kind: 'cast' }): Binder {
  const operand = compile(typed.operand)
  const convert = conversion(typed.operand.type, typed.type, typed.timeZone, typed.range)
  if (!typed.tolerant) return located(typed, unary(operand, convert))
  return unary(operand, (value) => {
    try {
      return convert(value)
    } catch (error) {
      if (error instanceof ExpressionError) return null
      throw error
    }
  })
}
