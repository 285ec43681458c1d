import type { Tree } from '@lezer/common'
import { BOOLEAN, type DataType } from '../data/types.ts'
import { Analysis } from './analysis.ts'
import type { Ast } from './ast.ts'
import type { ExpressionIssue } from './issues.ts'
import { parse } from './parse.ts'
import type { Scope } from './scope.ts'
import type { TypedExpression } from './typed.ts'

export interface AnalyzedExpression {
  /** Lezer's tree, for colours and completion. */
  readonly tree: Tree
  readonly ast: Ast
  /** There exactly if no issue is an error. */
  readonly typed: TypedExpression | undefined
  readonly type: DataType | undefined
  /** All that is wrong, in the order of the text. */
  readonly issues: readonly ExpressionIssue[]
  /** The columns that are read, record parts included, each once, also where there are issues. */
  readonly columns: readonly string[]
}

/** Reads and checks an expression. Never throws for a text; all issues come at once. */
export function analyze(text: string, scope: Scope): AnalyzedExpression {
  return analyzeAs(text, scope, () => undefined)
}

/** As `analyze`, for a filter or another yes-or-no setting: anything else than BOOLEAN is an issue. */
export function analyzeCondition(text: string, scope: Scope): AnalyzedExpression {
  return analyzeAs(text, scope, (analysis, typed) => {
    if (typed.type.name === 'BOOLEAN' || typed.type.name === 'NULL') return { ...typed, type: BOOLEAN }
    analysis.notACondition(typed)
    return undefined
  })
}

function analyzeAs(
  text: string,
  scope: Scope,
  finish: (analysis: Analysis, typed: TypedExpression) => TypedExpression | undefined,
): AnalyzedExpression {
  const { tree, ast, issues } = parse(text)
  const analysis = new Analysis(text, scope, issues)
  const checked = analysis.typeOf(ast)
  const finished = checked === undefined ? undefined : (finish(analysis, checked) ?? checked)
  const all = withoutRepeats(analysis.issues)
  const typed = all.some((issue) => issue.severity === 'error') ? undefined : finished
  return { tree, ast, typed, type: typed?.type, issues: all, columns: analysis.columns }
}

function withoutRepeats(issues: readonly ExpressionIssue[]): ExpressionIssue[] {
  const seen = new Set<string>()
  const kept = issues.filter((issue) => {
    const key = `${issue.code} ${issue.from} ${issue.to}`
    return !seen.has(key) && seen.add(key)
  })
  return kept.sort((a, b) => a.from - b.from || a.to - b.to)
}
