import type { SyntaxNode } from '@lezer/common'
import type { Span } from './issues.ts'

/** Children that are no operands of their node: words, signs, and parts that are read by their name. */
const NOT_OPERANDS = new Set([
  ...['AND', 'OR', 'NOT', 'IS', 'IN', 'BETWEEN', 'LIKE', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'ESCAPE', 'ILIKE', 'UNKNOWN', 'DISTINCT'],
  ...[
    'FROM',
    'FOR',
    'TO',
    'AS',
    'BOTH',
    'LEADING',
    'TRAILING',
    'INTERVAL',
    'DATE',
    'TIMESTAMP',
    '(',
    ')',
    '[',
    ']',
    '.',
    'Comma',
    'Semicolon',
  ],
  ...['CompareOp', 'Bang', 'AndAnd', 'Concat', 'Sign', 'TimesOp', 'List', 'When', 'Else', 'Type', 'Unit', 'FunctionName', 'Arguments'],
  ...['Identifier', 'QuotedName', 'BacktickName', 'RecordPart', 'LineComment', 'BlockComment', '⚠'],
])

/** The operands among a node's children. */
export function parts(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) if (!NOT_OPERANDS.has(child.name)) found.push(child)
  return found
}

const ARGUMENT_FORMS = new Set(['Star', 'As', 'From', 'TrimSide', 'To'])

/** Whether it can stand where an expression is wanted. */
export function isCondition(node: SyntaxNode): boolean {
  return !ARGUMENT_FORMS.has(node.name)
}

/** The operand before an operator and the one behind it; undefined where one lacks. */
export function binaryParts(node: SyntaxNode, operatorAt: Span): [SyntaxNode | undefined, SyntaxNode | undefined] {
  const operands = parts(node)
  return [operands.find((part) => part.to <= operatorAt.from), operands.find((part) => part.from >= operatorAt.to)]
}

/** The first child of one of the names. */
export function childOf(node: SyntaxNode, names: readonly string[]): SyntaxNode | undefined {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) if (names.includes(child.name)) return child
  return undefined
}

/** Where the node ends: the place of what lacks behind it. */
export function after(node: SyntaxNode): Span {
  return { from: node.to, to: node.to }
}
