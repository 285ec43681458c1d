import type { SyntaxNode } from '@lezer/common'
import type { Ast } from './ast.ts'
import type { Span } from './issues.ts'
import { after, childOf, isCondition, parts } from './syntax-nodes.ts'

/** What the reading of one part may ask of the reading of the whole. */
export interface AstParts {
  /** `parent` is the place of a part that lacks. */
  ast(node: SyntaxNode | undefined, parent: Span): Ast
  source(node: Span | null | undefined): string
  /** Semicolons between the elements of a list are issues. */
  semicolons(list: SyntaxNode): void
  issue(code: string, at: Span, message: string, title?: string, insert?: string): void
}

/** Functions whose first argument is the name of a unit. */
const UNIT_FUNCTIONS = new Set(['TIMESTAMPDIFF'])

/** A call of a function, in the ways in which SQL writes them, and CAST. */
export function buildCall(builder: AstParts, node: SyntaxNode): Ast {
  const nameNode = node.getChild('FunctionName')
  const name = builder.source(nameNode).toUpperCase()
  const nameAt = { from: nameNode?.from ?? node.from, to: nameNode?.to ?? node.from }
  const span = { from: node.from, to: node.to }
  const list = node.getChild('Arguments')
  if (list !== null) builder.semicolons(list)
  const argumentNodes = list === null ? [] : parts(list)
  const only = argumentNodes.length === 1 ? argumentNodes[0] : undefined

  if (name === 'CAST' || name === 'TRY_CAST') {
    const type = only?.name === 'As' ? only.getChild('Type') : null
    const operandNode = only?.name === 'As' ? parts(only)[0] : only
    if (type === null)
      builder.issue('CAST_NEEDS_TYPE', span, `${name} is written ${name}(value AS type), for example ${name}(amount AS DOUBLE).`)
    const targetAt = type === null ? span : { from: type.from, to: type.to }
    const target = type === null ? '' : typeText(builder, type)
    return { kind: 'cast', operand: builder.ast(operandNode, list ?? span), target, targetAt, tolerant: name === 'TRY_CAST', ...span }
  }
  if (name === 'POSITION' && only?.name === 'In') {
    const list = only.getChild('List')
    const [needle, hay] = parts(only)
    const haystack = list === null ? hay : parts(list)[0]
    return { kind: 'call', name, nameAt, keyword: undefined, args: [builder.ast(needle, only), builder.ast(haystack, only)], ...span }
  }
  if (only?.name === 'From' || only?.name === 'TrimSide' || only?.name === 'To') {
    return { kind: 'call', name, nameAt, ...keywordArguments(builder, name, only), ...span }
  }
  if (UNIT_FUNCTIONS.has(name) && argumentNodes[0]?.name === 'Column') {
    const args = argumentNodes.slice(1).map((part) => argument(builder, part, name))
    return { kind: 'call', name, nameAt, keyword: word(builder.source(argumentNodes[0])), args, ...span }
  }
  return { kind: 'call', name, nameAt, keyword: undefined, args: argumentNodes.map((part) => argument(builder, part, name)), ...span }
}

/** `EXTRACT(DAY FROM t)`, `SUBSTRING(s FROM 1 FOR 2)`, `TRIM(BOTH 'x' FROM s)`, `FLOOR(t TO DAY)`. */
function keywordArguments(
  builder: AstParts,
  name: string,
  node: SyntaxNode,
): { readonly keyword: string | undefined; readonly args: readonly Ast[] } {
  const [first, second, third] = parts(node)
  if (node.name === 'To') return { keyword: word(builder.source(node.getChild('Unit'))), args: [builder.ast(first, node)] }
  if (node.name === 'TrimSide') {
    const side = childOf(node, ['BOTH', 'LEADING', 'TRAILING'])?.name
    return second === undefined
      ? { keyword: side, args: [builder.ast(first, node)] }
      : { keyword: side, args: [builder.ast(second, node), builder.ast(first, node)] }
  }
  if (first?.name === 'Column' && name !== 'SUBSTRING') {
    return { keyword: word(builder.source(first)), args: [builder.ast(second, after(node))] }
  }
  if (name === 'TRIM') return { keyword: 'BOTH', args: [builder.ast(second, after(node)), builder.ast(first, node)] }
  return { keyword: undefined, args: [first, second, third].filter((part) => part !== undefined).map((part) => builder.ast(part, node)) }
}

function argument(builder: AstParts, node: SyntaxNode, name: string): Ast {
  if (isCondition(node)) return builder.ast(node, node)
  const hint = node.name === 'Star' ? ' A star is for COUNT(*), which is a setting of an aggregation step.' : ''
  builder.issue('UNEXPECTED_ARGUMENT', node, `\`${builder.source(node)}\` cannot be an argument of ${name} here.${hint}`)
  return { kind: 'missing', from: node.from, to: node.to }
}

function typeText(builder: AstParts, type: SyntaxNode): string {
  return builder.source(type).toUpperCase().replace(/\s+/g, '').replace(',', ', ')
}

function word(written: string): string {
  return written.toUpperCase()
}
