// SQL scalar expressions: the only file of this folder that the rest of the project imports.
// text -> analyze (Lezer tree, AST, types, issues) -> createEvaluator -> value per row. Meaning: docs/reference/expressions.md

export { type AnalyzedExpression, analyze, analyzeCondition } from './analyze.ts'
export { usageOf } from './analyze-calls.ts'
export { createEvaluator, type Evaluator, evaluateRow } from './compile.ts'
export type { TableEntry } from './function-entry.ts'
export { functionTable } from './function-table.ts'
export { functionsPage } from './functions-page.ts'
export { applyFix, ExpressionError, type ExpressionFix, type ExpressionIssue } from './issues.ts'
export { operands } from './operands.ts'
export { parse } from './parse.ts'
export { printName, printText } from './print.ts'
export type { Scope } from './scope.ts'
export { parser } from './sql-parser.ts'
export type { TypedExpression } from './typed.ts'
export { isTimeZone } from './zone.ts'
