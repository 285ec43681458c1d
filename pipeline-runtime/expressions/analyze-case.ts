import { NULL } from '../data/types.ts'
import type { AnalysisContext } from './analysis-context.ts'
import { checkComparison } from './analyze-comparisons.ts'
import type { AstOf } from './ast.ts'
import type { TypedExpression } from './typed.ts'

export function checkCase(analysis: AnalysisContext, ast: AstOf<'case'>): TypedExpression | undefined {
  const { from, to } = ast
  const whens = ast.branches.map((branch) => {
    if (ast.operand === undefined) return analysis.condition(branch.when)
    const { from: start, to: end } = branch.when
    if (branch.when.kind === 'null') {
      analysis.warning('CASE_WHEN_NULL', branch.when, 'WHEN NULL never matches. Write CASE WHEN … IS NULL THEN …')
    }
    return checkComparison(analysis, '=', { left: ast.operand, right: branch.when, from: start, to: end, operatorAt: undefined })
  })
  const otherwise: TypedExpression | undefined =
    ast.otherwise === undefined ? { kind: 'constant', value: null, type: NULL, from: to, to } : analysis.typeOf(ast.otherwise)
  const results = analysis.common([...ast.branches.map((branch) => analysis.typeOf(branch.value)), otherwise], 'The results of CASE')
  if (ast.branches.length === 0) {
    analysis.error('CASE_NEEDS_WHEN', ast, 'CASE needs at least one WHEN … THEN …')
    return undefined
  }
  const rest = results?.[results.length - 1]
  if (results === undefined || rest === undefined) return undefined
  const branches = []
  for (const [i, when] of whens.entries()) {
    const value = results[i]
    if (when === undefined || value === undefined) return undefined
    branches.push({ when, value })
  }
  return { kind: 'case', branches, otherwise: rest, type: rest.type, from, to }
}
