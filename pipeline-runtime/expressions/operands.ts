import type { TypedExpression } from './typed.ts'

/** The parts of a typed expression. */
export function operands(typed: TypedExpression): readonly TypedExpression[] {
  switch (typed.kind) {
    case 'constant':
    case 'column':
      return []
    case 'field':
      return [typed.object]
    case 'element':
      return [typed.object, typed.index]
    case 'entry':
      return [typed.object, typed.key]
    case 'negate':
    case 'not':
    case 'is':
    case 'cast':
      return [typed.operand]
    case 'between':
      return [typed.operand, typed.low, typed.high]
    case 'in':
      return [typed.operand, ...typed.list]
    case 'like':
      return typed.escapeWith === undefined ? [typed.operand, typed.pattern] : [typed.operand, typed.pattern, typed.escapeWith]
    case 'case':
      return [...typed.branches.flatMap((branch) => [branch.when, branch.value]), typed.otherwise]
    case 'coalesce':
    case 'call':
      return typed.args
    default:
      return [typed.left, typed.right]
  }
}
