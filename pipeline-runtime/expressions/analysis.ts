import {
  BIGINT,
  BOOLEAN,
  DATE,
  type DataType,
  INTERVAL_DAY,
  INTERVAL_MONTH,
  isNumeric,
  NULL,
  printType,
  STRING,
  TIMESTAMP,
} from '../data/types.ts'
import type { AnalysisContext } from './analysis-context.ts'
import { checkArithmetic } from './analyze-arithmetic.ts'
import { checkCall } from './analyze-calls.ts'
import { checkCase } from './analyze-case.ts'
import { checkCast } from './analyze-casts.ts'
import { checkBetween, checkComparison, checkDistinct, checkIn, checkLike } from './analyze-comparisons.ts'
import { checkColumn, checkField, checkIndex } from './analyze-names.ts'
import type { Ast, AstOf } from './ast.ts'
import { parseDate, parseTime } from './calendar.ts'
import { canCast } from './casting.ts'
import { coerce, commonType } from './coercion.ts'
import type { ExpressionFix, ExpressionIssue, Span } from './issues.ts'
import { intervalValue, numberConstant } from './literals.ts'
import type { Scope } from './scope.ts'
import { withArticle } from './type-words.ts'
import type { TypedExpression } from './typed.ts'
import { zoneOf } from './zone.ts'

/** One pass over an AST that settles names and types and collects what is wrong. An undefined result has been reported. */
export class Analysis implements AnalysisContext {
  readonly text: string
  readonly scope: Scope
  readonly issues: ExpressionIssue[]
  readonly columns: string[] = []

  constructor(text: string, scope: Scope, syntaxIssues: readonly ExpressionIssue[]) {
    this.text = text
    this.scope = scope
    this.issues = [...syntaxIssues]
  }

  typeOf(ast: Ast): TypedExpression | undefined {
    const { from, to } = ast
    switch (ast.kind) {
      case 'number':
        return numberConstant(this, ast.text, ast)
      case 'text':
        return { kind: 'constant', value: ast.value, type: STRING, from, to }
      case 'boolean':
        return { kind: 'constant', value: ast.value, type: BOOLEAN, from, to }
      case 'null':
        return { kind: 'constant', value: null, type: NULL, from, to }
      case 'date':
        return this.date(ast.text, ast)
      case 'timestamp':
        return this.timestamp(ast.text, ast)
      case 'interval': {
        const interval = intervalValue(this, ast)
        return interval && { kind: 'constant', value: interval.value, type: interval.months ? INTERVAL_MONTH : INTERVAL_DAY, from, to }
      }
      case 'column':
        return checkColumn(this, ast)
      case 'field':
        return checkField(this, ast)
      case 'index':
        return checkIndex(this, ast)
      case 'unary':
        return this.unary(ast)
      case 'binary':
        return this.binary(ast)
      case 'is':
        return this.is(ast)
      case 'distinct':
        return checkDistinct(this, ast)
      case 'between':
        return checkBetween(this, ast)
      case 'in':
        return checkIn(this, ast)
      case 'like':
        return checkLike(this, ast)
      case 'case':
        return checkCase(this, ast)
      case 'cast':
        return checkCast(this, ast)
      case 'call':
        return checkCall(this, ast)
      case 'missing':
        // The grammar has said so already, or the text has nothing at all.
        if (!this.issues.some((issue) => issue.severity === 'error')) this.error('SYNTAX', ast, 'Something is missing here.')
        return undefined
    }
  }

  /** The operand as BOOLEAN. */
  condition(ast: Ast): TypedExpression | undefined {
    const typed = this.typeOf(ast)
    if (typed === undefined) return undefined
    if (typed.type.name === 'BOOLEAN' || typed.type.name === 'NULL') return this.coerce(typed, BOOLEAN)
    this.notACondition(typed)
    return undefined
  }

  notACondition(typed: TypedExpression): void {
    const source = this.source(typed)
    const message = `${this.shown(typed)} is ${withArticle(typed.type)}; here a condition has to stand that is true or false, such as`
    if (isNumeric(typed.type))
      this.error(
        'NOT_A_CONDITION',
        typed,
        `${message} ${source} <> 0.`,
        this.replace(typed, 'Compare with 0', `${this.wrapped(typed)} <> 0`),
      )
    else if (typed.kind === 'constant') this.error('NOT_A_CONDITION', typed, `${message} status = 'paid'.`)
    else this.error('NOT_A_CONDITION', typed, `${message} ${source} IS NOT NULL.`)
  }

  coerce(typed: TypedExpression, type: DataType): TypedExpression {
    return coerce(typed, type, this.scope.timeZone)
  }

  /** All expressions in one type, or an issue at the first that does not fit. */
  common(parts: readonly (TypedExpression | undefined)[], what: string): readonly TypedExpression[] | undefined {
    let type: DataType = NULL
    let complete = true
    for (const part of parts) {
      if (part === undefined) {
        complete = false
        continue
      }
      const next = commonType(type, part.type)
      if (next === undefined) {
        const wanted = type
        const message = `${what} must have one type, but ${this.shown(part)} is ${withArticle(part.type)} beside ${withArticle(wanted)}.`
        this.error('TYPE_MISMATCH', part, message, this.castFix(part, wanted))
        return undefined
      }
      type = next
    }
    if (!complete) return undefined
    return parts.filter((part) => part !== undefined).map((part) => this.coerce(part, type))
  }

  error(code: string, at: Span, message: string, fix?: ExpressionFix | undefined): void {
    this.add(code, 'error', at, message, fix)
  }

  warning(code: string, at: Span, message: string, fix?: ExpressionFix | undefined): void {
    this.add(code, 'warning', at, message, fix)
  }

  source(at: Span): string {
    return this.text.slice(at.from, at.to)
  }

  /** The text of a part for a message, cut where it is long. */
  shown(at: Span): string {
    const source = this.source(at)
    return `\`${source.length > 40 ? `${source.slice(0, 39)}…` : source}\``
  }

  replace(at: Span, title: string, insert: string): ExpressionFix {
    return { title, edits: [{ from: at.from, to: at.to, insert }] }
  }

  /** The text of a part, in parentheses where it is not a single word or call. */
  wrapped(at: Span): string {
    const source = this.source(at)
    return /^[\w.$]+$|^'[^']*'$|^\w+\([^()]*\)$/.test(source) ? source : `(${source})`
  }

  /** Offers CAST where there is a cast between the types. */
  castFix(typed: TypedExpression, type: DataType): ExpressionFix | undefined {
    if (type.name === 'NULL' || !canCast(typed.type, type)) return undefined
    const target = type.name === 'TIMESTAMP_LTZ' ? 'TIMESTAMP' : printType(type)
    return this.replace(typed, `Convert with CAST(… AS ${target})`, `CAST(${this.source(typed)} AS ${target})`)
  }

  date(text: string, at: Span): TypedExpression | undefined {
    const days = parseDate(text)
    if (days !== undefined) return { kind: 'constant', value: days, type: DATE, from: at.from, to: at.to }
    this.error('BAD_DATE', at, `'${text}' is not a day of the calendar. Write it as '2024-02-29'.`)
    return undefined
  }

  timestamp(text: string, at: Span): TypedExpression | undefined {
    const parsed = parseTime(text)
    if (parsed !== undefined) {
      const value = parsed.offset === undefined ? zoneOf(this.scope.timeZone).fromLocal(parsed.local) : parsed.local - parsed.offset
      return { kind: 'constant', value, type: TIMESTAMP, from: at.from, to: at.to }
    }
    this.error('BAD_TIMESTAMP', at, `'${text}' is not a time. Write it as '2024-02-29 10:04:05'.`)
    return undefined
  }

  readsColumn(name: string): void {
    if (!this.columns.includes(name)) this.columns.push(name)
  }

  private add(code: string, severity: 'error' | 'warning', at: Span, message: string, fix: ExpressionFix | undefined): void {
    const issue = { code, severity, from: at.from, to: at.to, message }
    this.issues.push(fix === undefined ? issue : { ...issue, fix })
  }

  private unary(ast: AstOf<'unary'>): TypedExpression | undefined {
    const { from, to } = ast
    if (ast.operator === 'NOT') {
      const operand = this.condition(ast.operand)
      return operand && { kind: 'not', operand, type: BOOLEAN, from, to }
    }
    // -9223372036854775808 is a BIGINT although 9223372036854775808 is not: the sign belongs to the number.
    if (ast.operator === '-' && ast.operand.kind === 'number') return numberConstant(this, `-${ast.operand.text}`, ast)
    const operand = this.typeOf(ast.operand)
    if (operand === undefined) return undefined
    if (!isNumeric(operand.type) && operand.type.name !== 'INTERVAL' && operand.type.name !== 'NULL') {
      this.error('NOT_A_NUMBER', operand, `${this.shown(operand)} is ${withArticle(operand.type)}; a sign goes before a number.`)
      return undefined
    }
    if (ast.operator === '+') return { ...operand, from, to }
    const number = operand.type.name === 'NULL' ? this.coerce(operand, BIGINT) : operand
    if (number.type.name === 'INTERVAL' && number.kind === 'constant' && typeof number.value === 'number')
      return { ...number, value: 0 - number.value, from, to }
    return { kind: 'negate', operand: number, type: number.type, from, to }
  }

  private binary(ast: AstOf<'binary'>): TypedExpression | undefined {
    const { operator, from, to } = ast
    switch (operator) {
      case 'AND':
      case 'OR': {
        const left = this.condition(ast.left)
        const right = this.condition(ast.right)
        if (left === undefined || right === undefined) return undefined
        return { kind: operator === 'AND' ? 'and' : 'or', left, right, type: BOOLEAN, from, to }
      }
      case '||':
        return this.concat(ast)
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return checkArithmetic(this, operator, ast)
      default:
        return checkComparison(this, operator, ast)
    }
  }

  private concat(ast: AstOf<'binary'>): TypedExpression | undefined {
    const left = this.typeOf(ast.left)
    const right = this.typeOf(ast.right)
    if (left === undefined || right === undefined) return undefined
    if (left.type.name === 'BOOLEAN' && right.type.name === 'BOOLEAN') {
      this.error(
        'DOUBLE_BAR',
        ast.operatorAt,
        '|| joins two texts. For "one of the two conditions" write OR.',
        this.replace(ast.operatorAt, 'Write OR', 'OR'),
      )
      return undefined
    }
    const texts = [left, right].map((part) => this.asText(part, '|| joins texts'))
    const [a, b] = texts
    return a && b && { kind: 'concat', left: a, right: b, type: STRING, from: ast.from, to: ast.to }
  }

  /** The expression as STRING, or an issue that offers a CAST. */
  asText(typed: TypedExpression, why: string): TypedExpression | undefined {
    if (typed.type.name === 'STRING' || typed.type.name === 'NULL') return this.coerce(typed, STRING)
    this.error('NOT_A_TEXT', typed, `${why}, but ${this.shown(typed)} is ${withArticle(typed.type)}.`, this.castFix(typed, STRING))
    return undefined
  }

  private is(ast: AstOf<'is'>): TypedExpression | undefined {
    const { test, negated, from, to } = ast
    const operand = test === 'NULL' ? this.typeOf(ast.operand) : this.condition(ast.operand)
    return operand && { kind: 'is', test, negated, operand, type: BOOLEAN, from, to }
  }
}
