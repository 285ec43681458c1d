import type { Tree } from '@lezer/common'
import type { Ast } from './ast.ts'
import { AstBuilder, MAX_DEPTH, TOO_DEEP } from './ast-builder.ts'
import type { ExpressionIssue } from './issues.ts'
import { parser } from './sql-parser.ts'
import { syntaxIssues } from './syntax-issues.ts'

export interface ParsedExpression {
  readonly tree: Tree
  readonly ast: Ast
  readonly issues: readonly ExpressionIssue[]
}

/** Reads an expression. Whatever the text, there is a tree and an AST, with `missing` parts where operands lack. */
export function parse(text: string): ParsedExpression {
  const tree = treeOf(text)
  const issues = tree === undefined ? [] : syntaxIssues(text, tree)
  // Lezer cuts chains of some 300 operators short, with errors that are none of the writer's.
  if (tree === undefined || (issues.length > 0 && depthOf(tree) > MAX_DEPTH)) {
    const whole = { from: 0, to: text.length }
    const issue: ExpressionIssue = { code: 'TOO_DEEP', severity: 'error', ...whole, message: TOO_DEEP }
    return { tree: tree ?? parser.parse(''), ast: { kind: 'missing', ...whole }, issues: [issue] }
  }
  const ast = new AstBuilder(text, issues).expression(tree.topNode)
  return { tree, ast, issues }
}

/** Lezer builds its tree by recursion: some thousand levels exhaust the stack, and engines differ in the error that they then throw. */
function treeOf(text: string): Tree | undefined {
  try {
    return parser.parse(text)
  } catch {
    return undefined
  }
}

function depthOf(tree: Tree): number {
  let depth = 0
  let deepest = 0
  tree.iterate({
    enter: () => {
      depth++
      deepest = Math.max(deepest, depth)
    },
    leave: () => {
      depth--
    },
  })
  return deepest
}
