import type { SyntaxNode } from '@lezer/common'
import type { Ast, BinaryOperator, Branch, TruthTest } from './ast.ts'
import { type AstParts, buildCall } from './build-call.ts'
import type { ExpressionIssue, Span } from './issues.ts'
import { printText } from './print.ts'
import { after, binaryParts, childOf, parts } from './syntax-nodes.ts'

/** Keeps the passes over an AST, which go down by recursion, within the stack. */
export const MAX_DEPTH = 250
export const TOO_DEEP = `More than ${MAX_DEPTH} parts are nested in each other here. Use IN (…) for a long list of values, or new columns for parts.`

/** Makes the AST of a syntax tree. Where operands lack, `missing` parts stand. */
export class AstBuilder implements AstParts {
  private readonly text: string
  private readonly issues: ExpressionIssue[]
  private depth = 0

  constructor(text: string, issues: ExpressionIssue[]) {
    this.text = text
    this.issues = issues
  }

  expression(top: SyntaxNode): Ast {
    return this.ast(parts(top)[0], top)
  }

  ast(node: SyntaxNode | undefined, parent: Span): Ast {
    if (node === undefined) return { kind: 'missing', from: parent.from, to: parent.to }
    if (this.depth >= MAX_DEPTH) {
      if (!this.issues.some((issue) => issue.code === 'TOO_DEEP')) {
        this.issue('TOO_DEEP', node, TOO_DEEP)
      }
      return { kind: 'missing', from: node.from, to: node.to }
    }
    this.depth++
    const ast = this.astOf(node)
    this.depth--
    return ast
  }

  private astOf(node: SyntaxNode): Ast {
    const span = { from: node.from, to: node.to }
    switch (node.name) {
      case 'Number':
        return { kind: 'number', text: this.source(node), ...span }
      case 'String':
        return { kind: 'text', value: this.unquote(node), ...span }
      case 'SmartQuoted':
        return this.smartQuoted(node)
      case 'NULL':
        return { kind: 'null', ...span }
      case 'TRUE':
      case 'FALSE':
        return { kind: 'boolean', value: node.name === 'TRUE', ...span }
      case 'DateLiteral':
        return { kind: 'date', text: this.unquote(node.getChild('String')), ...span }
      case 'TimestampLiteral':
        return { kind: 'timestamp', text: this.unquote(node.getChild('String')), ...span }
      case 'Interval': {
        const sign = node.getChild('Sign')
        const text = this.unquote(node.getChild('String'))
        // The unit may be written in the plural.
        const unit = this.source(node.getChild('Unit')).toUpperCase().replace(/(.)S$/, '$1')
        return { kind: 'interval', text: sign !== null && this.source(sign) === '-' ? flipSign(text) : text, unit, ...span }
      }
      case 'Column':
        return { kind: 'column', name: this.name(node.firstChild), ...span }
      case 'Member':
        return { kind: 'field', object: this.ast(parts(node)[0], span), name: this.name(node.lastChild), ...span }
      case 'Index':
        return { kind: 'index', object: this.ast(parts(node)[0], span), index: this.ast(parts(node)[1], span), ...span }
      case 'Paren':
        return this.ast(parts(node)[0], span)
      case 'Unary': {
        const operator = this.source(node.getChild('Sign')) === '-' ? '-' : '+'
        return { kind: 'unary', operator, operand: this.ast(parts(node)[0], after(node)), ...span }
      }
      case 'Not':
        return { kind: 'unary', operator: 'NOT', operand: this.ast(parts(node)[0], after(node)), ...span }
      case 'Times':
      case 'Plus':
      case 'Compare':
      case 'And':
      case 'Or':
        return this.binary(node)
      case 'Like':
        return this.like(node)
      case 'Between': {
        const [operand, low, high] = parts(node)
        const negated = node.getChild('NOT') !== null
        return {
          kind: 'between',
          operand: this.ast(operand, span),
          low: this.ast(low, after(node)),
          high: this.ast(high, after(node)),
          negated,
          ...span,
        }
      }
      case 'In':
        return this.inList(node)
      case 'Is':
        return this.is(node)
      case 'Case':
        return this.caseOf(node)
      case 'Call':
        return buildCall(this, node)
      default:
        return { kind: 'missing', ...span }
    }
  }

  private binary(node: SyntaxNode): Ast {
    const operatorNode = childOf(node, ['CompareOp', 'TimesOp', 'Concat', 'Sign', 'AND', 'OR', 'AndAnd'])
    const written = this.source(operatorNode).toUpperCase()
    const operatorAt = { from: operatorNode?.from ?? node.from, to: operatorNode?.to ?? node.to }
    const [left, right] = binaryParts(node, operatorAt)
    if (written === '==') {
      this.issue('DOUBLE_EQUALS', operatorAt, 'Equality is a single = in SQL.', 'Write =', '=')
    } else if (written === '&&') {
      this.issue(
        'DOUBLE_AMPERSAND',
        operatorAt,
        'Two conditions are joined by AND in SQL.',
        'Write AND',
        padded(this.text, operatorAt, 'AND'),
      )
    }
    return {
      kind: 'binary',
      operator: operatorOf(written),
      left: this.ast(left, { from: node.from, to: operatorAt.from }),
      right: this.ast(right, { from: operatorAt.to, to: Math.max(operatorAt.to, node.to) }),
      operatorAt,
      from: node.from,
      to: node.to,
    }
  }

  private like(node: SyntaxNode): Ast {
    const [operandNode, patternNode, escapeNode] = parts(node)
    const negated = node.getChild('NOT') !== null
    const operand = this.ast(operandNode, node)
    const pattern = this.ast(patternNode, after(node))
    const escapeWith = node.getChild('ESCAPE') === null ? undefined : this.ast(escapeNode, after(node))
    const ilike = node.getChild('ILIKE')
    if (ilike !== null) {
      const lower = (part: Ast) => `LOWER(${this.text.slice(part.from, part.to)})`
      this.issues.push({
        code: 'UNKNOWN_OPERATOR',
        severity: 'error',
        from: ilike.from,
        to: ilike.to,
        message: 'There is no ILIKE. To compare without regard to case, compare both sides in lower case.',
        fix: {
          title: 'Use LOWER(…) LIKE LOWER(…)',
          edits: [
            { from: operand.from, to: operand.to, insert: lower(operand) },
            { from: ilike.from, to: ilike.to, insert: 'LIKE' },
            { from: pattern.from, to: pattern.to, insert: lower(pattern) },
          ],
        },
      })
    }
    return { kind: 'like', operand, pattern, escapeWith, negated, from: node.from, to: node.to }
  }

  private inList(node: SyntaxNode): Ast {
    const list = node.getChild('List')
    const conditions = parts(node)
    const negated = node.getChild('NOT') !== null
    const span = { from: node.from, to: node.to }
    if (list === null) {
      const item = this.ast(conditions[1], after(node))
      if (item.kind !== 'missing') {
        this.issue(
          'IN_NEEDS_LIST',
          item,
          'The values after IN go in parentheses.',
          'Put it in parentheses',
          `(${this.text.slice(item.from, item.to)})`,
        )
      }
      return { kind: 'in', operand: this.ast(conditions[0], span), list: [item], negated, ...span }
    }
    this.semicolons(list)
    const items = parts(list).map((item) => this.ast(item, list))
    if (items.length === 0) this.issue('EMPTY_LIST', list, 'The list after IN is empty. Put at least one value into it.')
    return { kind: 'in', operand: this.ast(conditions[0], span), list: items, negated, ...span }
  }

  private is(node: SyntaxNode): Ast {
    const span = { from: node.from, to: node.to }
    const negated = node.getChild('NOT') !== null
    const [operand, other] = parts(node)
    if (node.getChild('DISTINCT') !== null) {
      return { kind: 'distinct', left: this.ast(operand, span), right: this.ast(other, after(node)), negated, ...span }
    }
    // NULL, TRUE and FALSE are operands as well as tests: the test is the last of them.
    const test: TruthTest | undefined = (['NULL', 'TRUE', 'FALSE', 'UNKNOWN'] as const).find((word) => node.lastChild?.name === word)
    return { kind: 'is', operand: this.ast(operand, span), negated, test: test ?? 'NULL', ...span }
  }

  private caseOf(node: SyntaxNode): Ast {
    const branches: Branch[] = node.getChildren('When').map((when) => {
      const [condition, value] = parts(when)
      return { when: this.ast(condition, when), value: this.ast(value, after(when)) }
    })
    const otherwise = node.getChild('Else')
    const operand = parts(node)[0]
    return {
      kind: 'case',
      operand: operand === undefined ? undefined : this.ast(operand, node),
      branches,
      otherwise: otherwise === null ? undefined : this.ast(parts(otherwise)[0], after(otherwise)),
      from: node.from,
      to: node.to,
    }
  }

  private smartQuoted(node: SyntaxNode): Ast {
    const value = this.source(node).slice(1, -1)
    this.issue(
      'CURLY_QUOTES',
      node,
      "Text goes in straight single quotes ('…'); these are curly ones, as a word processor makes them.",
      'Use straight quotes',
      printText(value),
    )
    return { kind: 'text', value, from: node.from, to: node.to }
  }

  semicolons(list: SyntaxNode): void {
    for (const semicolon of list.getChildren('Semicolon')) {
      this.issue('SEMICOLON', semicolon, 'Arguments are separated by a comma in SQL, not by a semicolon.', 'Write a comma', ',')
    }
  }

  private name(node: SyntaxNode | null): string {
    const text = this.source(node)
    if (text.startsWith('"')) return text.slice(1, -1).replaceAll('""', '"')
    if (text.startsWith('`')) return text.slice(1, -1).replaceAll('``', '`')
    return node?.name === '⚠' || text === '.' ? '' : text
  }

  private unquote(node: SyntaxNode | null): string {
    return this.source(node).slice(1, -1).replaceAll("''", "'")
  }

  source(node: Span | null | undefined): string {
    return node === null || node === undefined ? '' : this.text.slice(node.from, node.to)
  }

  issue(code: string, at: Span, message: string, title?: string, insert?: string): void {
    const base = { code, severity: 'error', from: at.from, to: at.to, message } as const
    this.issues.push(
      title === undefined || insert === undefined ? base : { ...base, fix: { title, edits: [{ from: at.from, to: at.to, insert }] } },
    )
  }
}

function operatorOf(written: string): BinaryOperator {
  if (written === '==') return '='
  if (written === '!=') return '<>'
  if (written === '&&') return 'AND'
  // The grammar lets no other operators through.
  return written as BinaryOperator
}

function flipSign(text: string): string {
  const trimmed = text.trim()
  return trimmed.startsWith('-') ? trimmed.slice(1) : `-${trimmed.replace(/^\+/, '')}`
}

function padded(text: string, at: Span, word: string): string {
  return `${/\s/.test(text[at.from - 1] ?? ' ') ? '' : ' '}${word}${/\s/.test(text[at.to] ?? ' ') ? '' : ' '}`
}
