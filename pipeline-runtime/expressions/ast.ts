import type { Span } from './issues.ts'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%'
export type CompareOperator = '=' | '<>' | '<' | '<=' | '>' | '>='
export type BinaryOperator = ArithmeticOperator | CompareOperator | '||' | 'AND' | 'OR'
export type TruthTest = 'NULL' | 'TRUE' | 'FALSE' | 'UNKNOWN'

/** An expression as it was written, without parentheses, which only shape the tree. Positions are UTF-16 units of the text. */
export type Ast = Span &
  (
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
    | { readonly kind: 'date'; readonly text: string }
    | { readonly kind: 'timestamp'; readonly text: string }
    /** `INTERVAL '5' MINUTE`: text without quotes, the unit in capitals. */
    | { readonly kind: 'interval'; readonly text: string; readonly unit: string }
    /** A column, or a record part with its `$`. */
    | { readonly kind: 'column'; readonly name: string }
    | { readonly kind: 'field'; readonly object: Ast; readonly name: string }
    | { readonly kind: 'index'; readonly object: Ast; readonly index: Ast }
    | { readonly kind: 'unary'; readonly operator: '-' | '+' | 'NOT'; readonly operand: Ast }
    | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Ast; readonly right: Ast; readonly operatorAt: Span }
    | { readonly kind: 'is'; readonly operand: Ast; readonly negated: boolean; readonly test: TruthTest }
    | { readonly kind: 'distinct'; readonly left: Ast; readonly right: Ast; readonly negated: boolean }
    | { readonly kind: 'between'; readonly operand: Ast; readonly low: Ast; readonly high: Ast; readonly negated: boolean }
    | { readonly kind: 'in'; readonly operand: Ast; readonly list: readonly Ast[]; readonly negated: boolean }
    | {
        readonly kind: 'like'
        readonly operand: Ast
        readonly pattern: Ast
        readonly escapeWith: Ast | undefined
        readonly negated: boolean
      }
    | {
        readonly kind: 'case'
        readonly operand: Ast | undefined
        readonly branches: readonly Branch[]
        readonly otherwise: Ast | undefined
      }
    /** `target` is the type's text in capitals: `DECIMAL(10, 2)`. */
    | { readonly kind: 'cast'; readonly operand: Ast; readonly target: string; readonly targetAt: Span; readonly tolerant: boolean }
    /** `name` in capitals; `keyword` is the unit of EXTRACT, FLOOR, CEIL and TIMESTAMPDIFF, or the side of TRIM. */
    | {
        readonly kind: 'call'
        readonly name: string
        readonly nameAt: Span
        readonly keyword: string | undefined
        readonly args: readonly Ast[]
      }
    /** Where the text lacks an operand; a syntax issue says so. */
    | { readonly kind: 'missing' }
  )

export interface Branch {
  readonly when: Ast
  readonly value: Ast
}

export type AstOf<Kind extends Ast['kind']> = Extract<Ast, { readonly kind: Kind }>

/** The parts of an expression, in the order of the text. */
export function children(ast: Ast): readonly Ast[] {
  switch (ast.kind) {
    case 'field':
      return [ast.object]
    case 'index':
      return [ast.object, ast.index]
    case 'unary':
    case 'is':
    case 'cast':
      return [ast.operand]
    case 'binary':
    case 'distinct':
      return [ast.left, ast.right]
    case 'between':
      return [ast.operand, ast.low, ast.high]
    case 'in':
      return [ast.operand, ...ast.list]
    case 'like':
      return ast.escapeWith === undefined ? [ast.operand, ast.pattern] : [ast.operand, ast.pattern, ast.escapeWith]
    case 'case': {
      const parts = ast.branches.flatMap((branch) => [branch.when, branch.value])
      return [...(ast.operand === undefined ? [] : [ast.operand]), ...parts, ...(ast.otherwise === undefined ? [] : [ast.otherwise])]
    }
    case 'call':
      return ast.args
    default:
      return []
  }
}
