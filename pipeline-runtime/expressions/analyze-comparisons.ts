import {
  BOOLEAN,
  type DataType,
  DOUBLE,
  decimal,
  isNumeric,
  isTime,
  MAX_DECIMAL_PRECISION,
  STRING,
  sameType,
  TIMESTAMP,
} from '../data/types.ts'
import type { AnalysisContext } from './analysis-context.ts'
import type { Ast, AstOf, CompareOperator } from './ast.ts'
import { canCast } from './casting.ts'
import { ExpressionError, type Span } from './issues.ts'
import { likeTest } from './like.ts'
import { printText } from './print.ts'
import { withArticle } from './type-words.ts'
import type { TypedExpression } from './typed.ts'

type Pair = readonly [TypedExpression, TypedExpression]

/** Types `a = b` and its kin; CASE x WHEN v asks for it too, without an operator in the text. */
export function checkComparison(
  analysis: AnalysisContext,
  operator: CompareOperator,
  ast: Span & { readonly left: Ast; readonly right: Ast; readonly operatorAt: Span | undefined },
): TypedExpression | undefined {
  const left = analysis.typeOf(ast.left)
  const right = analysis.typeOf(ast.right)
  if (left === undefined || right === undefined) return undefined
  if (ast.operatorAt !== undefined && (ast.right.kind === 'null' || ast.left.kind === 'null')) {
    explainNull(analysis, operator, ast)
    return undefined
  }
  const pair = comparable(analysis, left, right, operator === '=' || operator === '<>')
  if (pair === undefined) return undefined
  return { kind: 'compare', operator, left: pair[0], right: pair[1], type: BOOLEAN, from: ast.from, to: ast.to }
}

export function checkDistinct(analysis: AnalysisContext, ast: AstOf<'distinct'>): TypedExpression | undefined {
  const left = analysis.typeOf(ast.left)
  const right = analysis.typeOf(ast.right)
  if (left === undefined || right === undefined) return undefined
  const pair = comparable(analysis, left, right, true)
  return pair && { kind: 'distinct', negated: ast.negated, left: pair[0], right: pair[1], type: BOOLEAN, from: ast.from, to: ast.to }
}

export function checkBetween(analysis: AnalysisContext, ast: AstOf<'between'>): TypedExpression | undefined {
  const operand = analysis.typeOf(ast.operand)
  const low = analysis.typeOf(ast.low)
  const high = analysis.typeOf(ast.high)
  if (operand === undefined || low === undefined || high === undefined) return undefined
  const toLow = comparable(analysis, operand, low, false)
  const toHigh = comparable(analysis, operand, high, false)
  if (toLow === undefined || toHigh === undefined) return undefined
  // A date between two times becomes a time for both bounds.
  const tested = sameType(toLow[0].type, operand.type) ? toHigh[0] : toLow[0]
  const bounds = [toLow[1], toHigh[1]].map((bound) => (tested.type.name === 'TIMESTAMP_LTZ' ? analysis.coerce(bound, TIMESTAMP) : bound))
  const [lowest, highest] = bounds
  if (lowest === undefined || highest === undefined) return undefined
  return { kind: 'between', negated: ast.negated, operand: tested, low: lowest, high: highest, type: BOOLEAN, from: ast.from, to: ast.to }
}

export function checkIn(analysis: AnalysisContext, ast: AstOf<'in'>): TypedExpression | undefined {
  const operand = analysis.typeOf(ast.operand)
  const items = ast.list.map((item) => analysis.typeOf(item))
  if (operand === undefined) return undefined
  if (ast.negated && ast.list.some((item) => item.kind === 'null')) {
    analysis.warning('NOT_IN_NULL', ast, 'NOT IN with a NULL in the list is never true, so that no row passes. Take the NULL out.')
  }
  let tested = operand
  const list: TypedExpression[] = []
  for (const item of items) {
    const pair = item && comparable(analysis, tested, item, true)
    if (pair === undefined) continue
    tested = pair[0]
    list.push(pair[1])
  }
  if (list.length < ast.list.length || list.length === 0) return undefined
  const zone = tested.type.name === 'TIMESTAMP_LTZ' ? list.map((item) => analysis.coerce(item, TIMESTAMP)) : list
  return { kind: 'in', negated: ast.negated, operand: tested, list: zone, type: BOOLEAN, from: ast.from, to: ast.to }
}

export function checkLike(analysis: AnalysisContext, ast: AstOf<'like'>): TypedExpression | undefined {
  const parts = [ast.operand, ast.pattern, ...(ast.escapeWith === undefined ? [] : [ast.escapeWith])].map((part) => analysis.typeOf(part))
  const texts = parts.map((part) => part && analysis.asText(part, 'LIKE compares texts'))
  const [operand, pattern, escapeWith] = texts
  if (operand === undefined || pattern === undefined || (ast.escapeWith !== undefined && escapeWith === undefined)) return undefined
  if (
    pattern.kind === 'constant' &&
    pattern.value !== null &&
    (escapeWith === undefined || (escapeWith.kind === 'constant' && escapeWith.value !== null))
  ) {
    try {
      likeTest(String(pattern.value), escapeWith === undefined ? undefined : String(escapeWith.value))
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      analysis.error(error.code, pattern, error.message)
      return undefined
    }
  }
  return { kind: 'like', negated: ast.negated, operand, pattern, escapeWith, type: BOOLEAN, from: ast.from, to: ast.to }
}

/** Both sides in types that can be compared with each other, or an issue that says why not. */
function comparable(analysis: AnalysisContext, left: TypedExpression, right: TypedExpression, equality: boolean): Pair | undefined {
  const a = left.type
  const b = right.type
  if (a.name === 'NULL')
    return [analysis.coerce(left, b.name === 'NULL' ? BOOLEAN : b), b.name === 'NULL' ? analysis.coerce(right, BOOLEAN) : right]
  if (b.name === 'NULL') return [left, analysis.coerce(right, a)]
  if (isNumeric(a) && isNumeric(b)) return [left, constantLike(analysis, right, a)]
  if (isTime(a) && isTime(b))
    return a.name === b.name ? [left, right] : [analysis.coerce(left, TIMESTAMP), analysis.coerce(right, TIMESTAMP)]
  if (isTime(a) && isText(right)) return withTime(analysis, right, a, (time) => [left, time])
  if (isTime(b) && isText(left)) return withTime(analysis, left, b, (time) => [time, right])
  if (sameType(a, b)) {
    const ordered = a.name !== 'ROW' && a.name !== 'ARRAY' && a.name !== 'MAP'
    if (ordered || equality) return [left, right]
    analysis.error('NO_ORDER', right, `Of two values of type ${a.name} neither is smaller: only = and <> compare them.`)
    return undefined
  }
  explainMismatch(analysis, left, right)
  return undefined
}

/** A written number in the form of the other side where that changes nothing, so that rows need no conversion. */
function constantLike(analysis: AnalysisContext, right: TypedExpression, left: DataType): TypedExpression {
  if (right.kind !== 'constant' || right.type.name === left.name || right.value === null) return right
  // DECIMAL with DOUBLE is compared as DOUBLE, row by row or at once.
  if (left.name === 'DOUBLE' && right.type.name === 'DECIMAL') return analysis.coerce(right, DOUBLE)
  if (left.name === 'DECIMAL' && right.type.name === 'BIGINT' && left.scale + 19 <= MAX_DECIMAL_PRECISION)
    return analysis.coerce(right, decimal(left.scale + 19, left.scale))
  return right
}

function isText(typed: TypedExpression): typed is TypedExpression & { readonly kind: 'constant'; readonly value: string } {
  return typed.kind === 'constant' && typeof typed.value === 'string' && typed.type.name === 'STRING'
}

/** A written text beside a date or time is read as one, as Flink does. */
function withTime(
  analysis: AnalysisContext,
  text: TypedExpression & { readonly kind: 'constant'; readonly value: string },
  type: DataType,
  pair: (time: TypedExpression) => Pair | undefined,
): Pair | undefined {
  const time =
    type.name === 'DATE' && text.value.trim().length <= 10 ? analysis.date(text.value, text) : analysis.timestamp(text.value, text)
  if (time === undefined) return undefined
  const made = pair(time)
  if (made === undefined || made[0].type.name === made[1].type.name) return made
  return [analysis.coerce(made[0], TIMESTAMP), analysis.coerce(made[1], TIMESTAMP)]
}

function explainNull(analysis: AnalysisContext, operator: CompareOperator, ast: Span & { readonly left: Ast; readonly right: Ast }): void {
  const operand = ast.right.kind === 'null' ? ast.left : ast.right
  const test = operator === '<>' ? 'IS NOT NULL' : 'IS NULL'
  const insert = `${analysis.wrapped(operand)} ${test}`
  const fix = operator === '=' || operator === '<>' ? analysis.replace(ast, `Write ${test}`, insert) : undefined
  analysis.error('COMPARED_WITH_NULL', ast, `A comparison with NULL is never true. To ask for an absent value write ${insert}.`, fix)
}

function explainMismatch(analysis: AnalysisContext, left: TypedExpression, right: TypedExpression): void {
  const [literal, other] = right.kind === 'constant' ? [right, left] : [left, right]
  const message = `${analysis.shown(left)} is ${withArticle(left.type)} and ${analysis.shown(right)} is ${withArticle(right.type)}; they cannot be compared as they are.`
  const at = { from: Math.min(left.from, right.from), to: Math.max(left.to, right.to) }
  if (literal.kind === 'constant') {
    const source = analysis.source(literal)
    if (other.type.name === 'STRING' && isNumeric(literal.type)) {
      analysis.error('TYPE_MISMATCH', at, message, analysis.replace(literal, `Write ${printText(source)}`, printText(source)))
      return
    }
    if (isNumeric(other.type) && typeof literal.value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(literal.value)) {
      analysis.error('TYPE_MISMATCH', at, message, analysis.replace(literal, `Write ${literal.value.trim()}`, literal.value.trim()))
      return
    }
    if (other.type.name === 'BOOLEAN' && typeof literal.value === 'string' && /^(true|false)$/i.test(literal.value)) {
      const word = literal.value.toUpperCase()
      analysis.error('TYPE_MISMATCH', at, message, analysis.replace(literal, `Write ${word}`, word))
      return
    }
  }
  const [from, target]: readonly [TypedExpression, DataType] =
    left.type.name === 'STRING' && canCast(left.type, right.type)
      ? [left, right.type]
      : right.type.name === 'STRING'
        ? [right, left.type]
        : [right, left.type]
  const wanted = target.name === 'DECIMAL' ? DOUBLE : target
  const fix = analysis.castFix(from, wanted) ?? (canCast(from.type, STRING) ? analysis.castFix(from, STRING) : undefined)
  analysis.error('TYPE_MISMATCH', at, message, fix)
}
