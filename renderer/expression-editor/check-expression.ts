import { type DataType, printType } from '../../pipeline-runtime/data/types.ts'
import {
  type AnalyzedExpression,
  analyze,
  analyzeCondition,
  type ExpressionIssue,
  parse,
  type Scope,
} from '../../pipeline-runtime/expressions/expressions.ts'
import type { EdgeSchema } from '../../pipeline-runtime/spec/edge-schema.ts'

/** An expression as it was read and checked at once, before the compiler has seen it. */
export interface CheckedExpression {
  readonly text: string
  readonly issues: readonly ExpressionIssue[]
  readonly analyzed: AnalyzedExpression | undefined
  /** Of the result; undefined while something is wrong or nothing is known about what comes in. */
  readonly type: DataType | undefined
}

/** What an expression may name. */
export function scopeOf(input: EdgeSchema, timeZone: string): Scope {
  return { columns: input.columns, recordParts: input.recordParts, timeZone }
}

export function checkExpression(text: string, scope: Scope | undefined, condition: boolean): CheckedExpression {
  if (text.trim() === '') return { text, issues: [], analyzed: undefined, type: undefined }
  // Without columns every name would be wrong: only the grammar can be checked.
  if (scope === undefined) return { text, issues: parse(text).issues, analyzed: undefined, type: undefined }
  const analyzed = condition ? analyzeCondition(text, scope) : analyze(text, scope)
  return { text, issues: analyzed.issues, analyzed, type: analyzed.type }
}

/** The type of a result in words: `true or false`, `BIGINT`. */
export function resultText({ type }: CheckedExpression): string | undefined {
  if (type === undefined) return undefined
  return type.name === 'BOOLEAN' ? 'true or false' : printType(type)
}
