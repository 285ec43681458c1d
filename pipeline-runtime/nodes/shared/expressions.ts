import type { DataType, Field } from '../../data/types.ts'
import { analyze, analyzeCondition, applyFix, type ExpressionIssue, type Scope } from '../../expressions/expressions.ts'
import type { EdgeSchema } from '../../spec/edge-schema.ts'
import type { DeriveContext } from '../../spec/node-kind.ts'

type Path = readonly (string | number)[]

/** What an expression over the rows of an edge may name. */
export function scopeOf(input: EdgeSchema, timeZone: string): Scope {
  return { columns: input.columns, recordParts: input.recordParts, timeZone }
}

/** The type of an expression of the config; its issues go to the context, with their places and fixes. */
export function checkExpression(text: string, input: EdgeSchema, path: Path, context: DeriveContext): DataType | undefined {
  const { type, issues } = analyze(text, scopeOf(input, context.timeZone))
  report(text, issues, path, context)
  return type
}

/** As `checkExpression`, for a condition. */
export function checkCondition(text: string, input: EdgeSchema, path: Path, context: DeriveContext): void {
  report(text, analyzeCondition(text, scopeOf(input, context.timeZone)).issues, path, context)
}

function report(text: string, issues: readonly ExpressionIssue[], path: Path, context: DeriveContext): void {
  for (const { code, severity, message, from, to, fix } of issues) {
    context.issue({
      code,
      severity,
      path,
      message,
      range: { from, to },
      ...(fix === undefined ? {} : { fix: { title: fix.title, edits: [{ path, value: applyFix(text, fix) }] } }),
    })
  }
}

export function typeOfColumn(columns: readonly Field[], name: string): DataType | undefined {
  return columns.find((column) => column.name === name)?.type
}
