import { BIGINT, type DataType, DOUBLE, decimal, INTERVAL_DAY, isNumeric, isTime, TIMESTAMP } from '../data/types.ts'
import type { AnalysisContext } from './analysis-context.ts'
import { decimalResult } from './arithmetic.ts'
import type { ArithmeticOperator, AstOf } from './ast.ts'
import { coerceToDecimal } from './coercion.ts'
import { withArticle } from './type-words.ts'
import type { TypedExpression } from './typed.ts'

/** Types `+ - * / %` over numbers, and `+ - *` over dates, times and intervals. */
export function checkArithmetic(
  analysis: AnalysisContext,
  operator: ArithmeticOperator,
  ast: AstOf<'binary'>,
): TypedExpression | undefined {
  const left = analysis.typeOf(ast.left)
  const right = analysis.typeOf(ast.right)
  if (left === undefined || right === undefined) return undefined
  // NULL takes the other operand's type where that leads to a result, else that of a number.
  const a = left.type.name === 'NULL' ? analysis.coerce(left, isNumeric(right.type) ? right.type : BIGINT) : left
  const b = right.type.name === 'NULL' ? analysis.coerce(right, isNumeric(left.type) ? left.type : nullStep(left.type)) : right
  const timeZone = analysis.scope.timeZone
  const result = (x: TypedExpression, y: TypedExpression, type: DataType): TypedExpression => {
    return { kind: 'arithmetic', operator, left: x, right: y, timeZone, type, from: ast.from, to: ast.to }
  }
  if (isNumeric(a.type) && isNumeric(b.type)) {
    if (a.type.name === 'DOUBLE' || b.type.name === 'DOUBLE') return result(analysis.coerce(a, DOUBLE), analysis.coerce(b, DOUBLE), DOUBLE)
    if (a.type.name === 'BIGINT' && b.type.name === 'BIGINT') {
      if (operator === '/') warnOfCutting(analysis, a, b)
      return result(a, b, BIGINT)
    }
    const x = coerceToDecimal(a, timeZone)
    const y = coerceToDecimal(b, timeZone)
    if (x.type.name === 'DECIMAL' && y.type.name === 'DECIMAL') {
      const digits = decimalResult(operator, x.type, y.type)
      return result(x, y, decimal(digits.precision, digits.scale))
    }
  }
  const time = timeResult(operator, a.type, b.type)
  if (time !== undefined) {
    const mixed = a.type.name !== b.type.name && isTime(a.type) && isTime(b.type)
    return mixed ? result(analysis.coerce(a, TIMESTAMP), analysis.coerce(b, TIMESTAMP), time) : result(a, b, time)
  }
  explain(analysis, operator, ast, a, b)
  return undefined
}

function nullStep(other: DataType): DataType {
  return isTime(other) ? INTERVAL_DAY : other.name === 'INTERVAL' ? other : BIGINT
}

/** The type of an operation with dates, times or intervals; undefined where it has no meaning. */
function timeResult(operator: ArithmeticOperator, a: DataType, b: DataType): DataType | undefined {
  if (a.name === 'INTERVAL' && b.name === 'INTERVAL') return a.unit === b.unit && (operator === '+' || operator === '-') ? a : undefined
  if (operator === '*')
    return a.name === 'INTERVAL' && b.name === 'BIGINT' ? a : a.name === 'BIGINT' && b.name === 'INTERVAL' ? b : undefined
  if (b.name === 'INTERVAL' && isTime(a)) return operator === '+' || operator === '-' ? a : undefined
  if (a.name === 'INTERVAL' && isTime(b)) return operator === '+' ? b : undefined
  if (isTime(a) && isTime(b) && operator === '-') return INTERVAL_DAY
  return undefined
}

function warnOfCutting(analysis: AnalysisContext, a: TypedExpression, b: TypedExpression): void {
  const written = analysis.source(a)
  const number = /^\d+$/.test(written) ? `${written}.0` : `CAST(${written} AS DOUBLE)`
  analysis.warning(
    'INTEGER_DIVISION',
    { from: a.from, to: b.to },
    `Whole numbers divide to a whole number: 7 / 2 is 3. For the exact quotient write ${number} / ${analysis.wrapped(b)}.`,
    analysis.replace(a, 'Divide with fraction', number),
  )
}

function explain(
  analysis: AnalysisContext,
  operator: ArithmeticOperator,
  ast: AstOf<'binary'>,
  a: TypedExpression,
  b: TypedExpression,
): void {
  if (operator === '+' && (a.type.name === 'STRING' || b.type.name === 'STRING') && !isTime(a.type) && !isTime(b.type)) {
    const literal = a.type.name !== b.type.name && (a.kind === 'constant' || b.kind === 'constant')
    if (a.type.name === b.type.name || literal) {
      analysis.error(
        'PLUS_OF_TEXTS',
        ast,
        'Texts are joined with || in SQL; + is for numbers.',
        analysis.replace(ast.operatorAt, 'Write ||', '||'),
      )
      return
    }
  }
  const time = isTime(a.type) ? a : isTime(b.type) ? b : undefined
  const step = time === a ? b : a
  if (time !== undefined && step.type.name === 'BIGINT') {
    const source = analysis.source(step)
    const fix = /^\d+$/.test(source) ? analysis.replace(step, `Write INTERVAL '${source}' DAY`, `INTERVAL '${source}' DAY`) : undefined
    analysis.error(
      'TIME_NEEDS_INTERVAL',
      step,
      `To a date or time a length of time is added, such as INTERVAL '5' MINUTE or INTERVAL '1' DAY.`,
      fix,
    )
    return
  }
  const numberLike = [a, b].find((part) => part.type.name === 'STRING' || part.type.name === 'BOOLEAN')
  const other = numberLike === a ? b : a
  if (numberLike !== undefined) {
    const target = isNumeric(other.type) ? other.type : DOUBLE
    const message = `${analysis.shown(numberLike)} is ${withArticle(numberLike.type)}; ${operator} takes numbers. Convert it first.`
    analysis.error('NOT_A_NUMBER', numberLike, message, analysis.castFix(numberLike, target.name === 'DECIMAL' ? DOUBLE : target))
    return
  }
  analysis.error('BAD_OPERANDS', ast, `${operator} has no meaning between ${withArticle(a.type)} and ${withArticle(b.type)}.`)
}
