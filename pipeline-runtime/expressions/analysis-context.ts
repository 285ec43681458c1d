import type { DataType } from '../data/types.ts'
import type { Ast } from './ast.ts'
import type { ExpressionFix, Span } from './issues.ts'
import type { Scope } from './scope.ts'
import type { TypedExpression } from './typed.ts'

/** What the analysis of one part (a call, a comparison, a cast …) may ask of the analysis of the whole. An undefined result has been reported. */
export interface AnalysisContext {
  readonly scope: Scope
  typeOf(ast: Ast): TypedExpression | undefined
  /** The operand as BOOLEAN. */
  condition(ast: Ast): TypedExpression | undefined
  coerce(typed: TypedExpression, type: DataType): TypedExpression
  /** All expressions in one type, or an issue at the first that does not fit. */
  common(parts: readonly (TypedExpression | undefined)[], what: string): readonly TypedExpression[] | undefined
  asText(typed: TypedExpression, why: string): TypedExpression | undefined
  date(text: string, at: Span): TypedExpression | undefined
  timestamp(text: string, at: Span): TypedExpression | undefined
  /** Notes that the expression reads a column. */
  readsColumn(name: string): void
  error(code: string, at: Span, message: string, fix?: ExpressionFix | undefined): void
  warning(code: string, at: Span, message: string, fix?: ExpressionFix | undefined): void
  source(at: Span): string
  /** The text of a part for a message, cut where it is long. */
  shown(at: Span): string
  /** The text of a part, in parentheses where it is not a single word or call. */
  wrapped(at: Span): string
  replace(at: Span, title: string, insert: string): ExpressionFix
  /** Offers CAST where there is a cast between the types. */
  castFix(typed: TypedExpression, type: DataType): ExpressionFix | undefined
}
