import type { DataType } from '../data/types.ts'
import type { Value } from '../data/value.ts'
import type { ArithmeticOperator, CompareOperator, TruthTest } from './ast.ts'
import type { FunctionEntry } from './function-entry.ts'
import type { Span } from './issues.ts'

/**
 * An expression whose names and types are settled: what is evaluated, and what code and Flink SQL are printed from.
 * Implicit conversions are `cast` nodes; operands of `compare` may differ among the numeric types and are compared exactly.
 */
export type TypedExpression = Span & { readonly type: DataType } & (
    | { readonly kind: 'constant'; readonly value: Value }
    | { readonly kind: 'column'; readonly name: string }
    /** A field of a ROW by its place. */
    | { readonly kind: 'field'; readonly object: TypedExpression; readonly index: number; readonly name: string }
    /** An element of an ARRAY, counted from 1; outside NULL. */
    | { readonly kind: 'element'; readonly object: TypedExpression; readonly index: TypedExpression }
    /** The value under a key of a MAP; absent NULL. */
    | { readonly kind: 'entry'; readonly object: TypedExpression; readonly key: TypedExpression }
    | { readonly kind: 'negate'; readonly operand: TypedExpression }
    /** Both operands have the operation's own type (BIGINT, DOUBLE, DECIMAL of any scale), or it is a step of time. */
    | {
        readonly kind: 'arithmetic'
        readonly operator: ArithmeticOperator
        readonly left: TypedExpression
        readonly right: TypedExpression
        readonly timeZone: string
      }
    | { readonly kind: 'concat'; readonly left: TypedExpression; readonly right: TypedExpression }
    | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly left: TypedExpression; readonly right: TypedExpression }
    | { readonly kind: 'distinct'; readonly negated: boolean; readonly left: TypedExpression; readonly right: TypedExpression }
    | { readonly kind: 'and' | 'or'; readonly left: TypedExpression; readonly right: TypedExpression }
    | { readonly kind: 'not'; readonly operand: TypedExpression }
    | { readonly kind: 'is'; readonly test: TruthTest; readonly negated: boolean; readonly operand: TypedExpression }
    | {
        readonly kind: 'between'
        readonly negated: boolean
        readonly operand: TypedExpression
        readonly low: TypedExpression
        readonly high: TypedExpression
      }
    | { readonly kind: 'in'; readonly negated: boolean; readonly operand: TypedExpression; readonly list: readonly TypedExpression[] }
    | {
        readonly kind: 'like'
        readonly negated: boolean
        readonly operand: TypedExpression
        readonly pattern: TypedExpression
        readonly escapeWith: TypedExpression | undefined
      }
    /** `CASE x WHEN v` has become a comparison in each branch. */
    | { readonly kind: 'case'; readonly branches: readonly TypedBranch[]; readonly otherwise: TypedExpression }
    | { readonly kind: 'coalesce'; readonly args: readonly TypedExpression[] }
    /** `range` is set by CAST(x AS INT) and its smaller kin, which are BIGINT with a check. */
    | {
        readonly kind: 'cast'
        readonly operand: TypedExpression
        readonly tolerant: boolean
        readonly implicit: boolean
        readonly range: IntegerRange | undefined
        readonly timeZone: string
      }
    | {
        readonly kind: 'call'
        readonly entry: FunctionEntry
        readonly args: readonly TypedExpression[]
        readonly keyword: string | undefined
        readonly timeZone: string
      }
  )

export interface TypedBranch {
  readonly when: TypedExpression
  readonly value: TypedExpression
}

export interface IntegerRange {
  readonly name: 'TINYINT' | 'SMALLINT' | 'INT'
  readonly bits: 8 | 16 | 32
}
