import type { SyntaxNode, Tree } from '@lezer/common'
import type { ExpressionIssue } from './issues.ts'

/** What the grammar could not read, in words: one issue per place. */
export function syntaxIssues(text: string, tree: Tree): ExpressionIssue[] {
  if (text.trim() === '') {
    return [
      {
        code: 'EMPTY_EXPRESSION',
        severity: 'error',
        from: 0,
        to: text.length,
        message: "The expression is empty. Write for example status = 'paid'.",
      },
    ]
  }
  const open = unclosed(text)
  const issues: ExpressionIssue[] = open === undefined ? [] : [open]
  let lastEnd = -1
  tree.iterate({
    enter: (node) => {
      if (!node.type.isError) return
      if (open !== undefined && node.from >= open.from) return
      // One mistake makes the parser skip several tokens in a row: the first says enough.
      if (lastEnd >= 0 && text.slice(lastEnd, node.from).trim() === '') {
        lastEnd = Math.max(lastEnd, node.to)
        return
      }
      if (open !== undefined && text.slice(node.to, open.from).trim() === '') return
      lastEnd = node.to
      issues.push(node.from === node.to ? missing(text, node.node) : unexpected(text, node.from, node.to))
    },
  })
  return issues
}

function missing(text: string, node: SyntaxNode): ExpressionIssue {
  const parent = node.parent
  const base = { code: 'SYNTAX', severity: 'error', from: node.from, to: node.to } as const
  const close = (code: string, what: string, insert: string): ExpressionIssue => {
    const at = text.slice(0, node.from).trimEnd().length
    return { ...base, code, message: `${what} is missing.`, fix: { title: `Add ${insert.trim()}`, edits: [{ from: at, to: at, insert }] } }
  }
  const next = text.slice(node.from).trimStart()
  switch (parent?.name) {
    case 'Paren':
    case 'Arguments':
    case 'List':
    case 'TypeArguments': {
      const previous = text.slice(0, node.from).trimEnd().slice(-1)
      if (next === '' && !'(,;'.includes(previous)) return close('UNCLOSED_PARENTHESIS', 'A closing parenthesis', ')')
      break
    }
    case 'Index':
      if (next === '') return close('UNCLOSED_BRACKET', 'A closing bracket', ']')
      break
    case 'Case':
      if (next === '') return close('CASE_NEEDS_END', 'The END of CASE', ' END')
      break
    default:
      break
  }
  const before = lastToken(text.slice(0, node.from))
  const where = before === '' ? 'at the start' : `after \`${before}\``
  if (next !== '') return { ...base, to: node.from, message: `A value is missing ${where}.` }
  return {
    ...base,
    message: `Something is missing ${where}: the expression stops there. Write a column, a number or a text in single quotes.`,
  }
}

function unexpected(text: string, from: number, to: number): ExpressionIssue {
  const word = text.slice(from, to)
  const base = { code: 'SYNTAX', severity: 'error', from, to } as const
  const remove = { title: `Remove ${word}`, edits: [{ from, to, insert: '' }] }
  if (word === ';') return { ...base, message: 'An expression has no semicolon at its end.', fix: remove }
  if (word === ')') return { ...base, message: 'This closing parenthesis has no opening one.', fix: remove }
  if (word === ',') return { ...base, message: 'A comma only stands between the arguments of a function and in a list after IN.' }
  if (word === '&' || word === '|') return { ...base, message: `\`${word}\` is not an operator. Conditions are joined with AND and OR.` }
  const before = lastToken(text.slice(0, from))
  const where = before === '' ? 'at the start' : `after \`${before}\``
  return { ...base, message: `\`${word}\` cannot stand ${where}. An operator may be missing (=, AND, +), or quotes around a text.` }
}

function lastToken(text: string): string {
  return /(?:[\p{L}\p{N}_$.]+|'[^']*'|"[^"]*"|\S)\s*$/u.exec(text)?.[0].trim() ?? ''
}

const CLOSERS: Readonly<Record<string, string>> = { "'": 'text', '"': 'name', '`': 'name' }

/** A quote or a comment that is opened and never closed. */
function unclosed(text: string): ExpressionIssue | undefined {
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at, at + 2)
    const char = text[at] ?? ''
    if (rest === '--') {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else if (rest === '/*') {
      const end = text.indexOf('*/', at + 2)
      if (end < 0) {
        return {
          code: 'UNCLOSED_COMMENT',
          severity: 'error',
          from: at,
          to: text.length,
          message: 'The comment that starts here is never closed: add */.',
        }
      }
      at = end + 2
    } else if (Object.hasOwn(CLOSERS, char)) {
      const end = text.indexOf(char, at + 1)
      if (end < 0) {
        const what = CLOSERS[char] ?? 'text'
        return {
          code: 'UNCLOSED_QUOTE',
          severity: 'error',
          from: at,
          to: text.length,
          message: `The ${what} that starts with ${char} here is never closed.`,
          fix: { title: `Add ${char} at the end`, edits: [{ from: text.length, to: text.length, insert: char }] },
        }
      }
      at = end + 1
    } else {
      at++
    }
  }
  return undefined
}
