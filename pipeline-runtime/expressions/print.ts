import type { Ast, AstOf } from './ast.ts'
import { isOpenKeyword, isReservedWord } from './keywords.ts'

/** How tightly each form binds, as in the grammar; an operand that binds less tightly than its place needs gets parentheses. */
const OR = 1
const AND = 2
const NOT = 3
const IS = 4
const COMPARE = 5
const LIKE = 6
const PLUS = 7
const TIMES = 8
const UNARY = 9
const MEMBER = 10
const ATOM = 11

/** The canonical text: `parse(print(ast))` is `ast` but for positions. */
export function print(ast: Ast): string {
  switch (ast.kind) {
    case 'number':
      return ast.text
    case 'text':
      return printText(ast.value)
    case 'boolean':
      return ast.value ? 'TRUE' : 'FALSE'
    case 'null':
      return 'NULL'
    case 'date':
      return `DATE ${printText(ast.text)}`
    case 'timestamp':
      return `TIMESTAMP ${printText(ast.text)}`
    case 'interval':
      return `INTERVAL ${printText(ast.text)} ${ast.unit}`
    case 'column':
      return printName(ast.name)
    case 'field':
      return `${operand(ast.object, MEMBER)}.${printName(ast.name, false)}`
    case 'index':
      return `${operand(ast.object, MEMBER)}[${print(ast.index)}]`
    case 'unary':
      return ast.operator === 'NOT' ? `NOT ${operand(ast.operand, NOT)}` : `${ast.operator}${operand(ast.operand, MEMBER)}`
    case 'binary': {
      const level = levelOf(ast)
      return `${operand(ast.left, level)} ${ast.operator} ${operand(ast.right, level + 1)}`
    }
    case 'is':
      return `${operand(ast.operand, IS)} IS ${ast.negated ? 'NOT ' : ''}${ast.test}`
    case 'distinct':
      return `${operand(ast.left, IS)} IS ${ast.negated ? 'NOT ' : ''}DISTINCT FROM ${operand(ast.right, PLUS)}`
    case 'between':
      return `${operand(ast.operand, LIKE)}${not(ast)} BETWEEN ${operand(ast.low, PLUS)} AND ${operand(ast.high, PLUS)}`
    case 'in':
      return `${operand(ast.operand, LIKE)}${not(ast)} IN (${ast.list.map(print).join(', ')})`
    case 'like': {
      const escapeWith = ast.escapeWith === undefined ? '' : ` ESCAPE ${operand(ast.escapeWith, PLUS)}`
      return `${operand(ast.operand, LIKE)}${not(ast)} LIKE ${operand(ast.pattern, PLUS)}${escapeWith}`
    }
    case 'case':
      return printCase(ast)
    case 'cast':
      return `${ast.tolerant ? 'TRY_CAST' : 'CAST'}(${print(ast.operand)} AS ${ast.target})`
    case 'call':
      return printCall(ast)
    case 'missing':
      return '?'
  }
}

/** Text in single quotes, quotes inside doubled. */
export function printText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** A name as it can stand in an expression: in backticks where it is no plain word, or a keyword. */
export function printName(name: string, recordPart = true): string {
  if (recordPart && /^\$[A-Za-z_]\w*$/.test(name)) return name
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !isReservedWord(name) && !isOpenKeyword(name)) return name
  return `\`${name.replaceAll('`', '``')}\``
}

function operand(ast: Ast, needed: number): string {
  return levelOf(ast) >= needed ? print(ast) : `(${print(ast)})`
}

function not(ast: { readonly negated: boolean }): string {
  return ast.negated ? ' NOT' : ''
}

function levelOf(ast: Ast): number {
  switch (ast.kind) {
    case 'binary':
      switch (ast.operator) {
        case 'OR':
          return OR
        case 'AND':
          return AND
        case '+':
        case '-':
          return PLUS
        case '*':
        case '/':
        case '%':
        case '||':
          return TIMES
        default:
          return COMPARE
      }
    case 'unary':
      return ast.operator === 'NOT' ? NOT : UNARY
    case 'is':
    case 'distinct':
      return IS
    case 'between':
    case 'in':
    case 'like':
      return LIKE
    case 'field':
    case 'index':
      return MEMBER
    default:
      return ATOM
  }
}

function printCase(ast: AstOf<'case'>): string {
  const parts = ['CASE']
  if (ast.operand !== undefined) parts.push(print(ast.operand))
  for (const branch of ast.branches) parts.push(`WHEN ${print(branch.when)} THEN ${print(branch.value)}`)
  if (ast.otherwise !== undefined) parts.push(`ELSE ${print(ast.otherwise)}`)
  parts.push('END')
  return parts.join(' ')
}

function printCall(ast: AstOf<'call'>): string {
  const args = ast.args.map(print)
  const [first, second] = ast.args
  if (ast.name === 'POSITION' && first !== undefined && second !== undefined && args.length === 2) {
    return `POSITION(${operand(first, LIKE)} IN (${print(second)}))`
  }
  if (ast.keyword === undefined) return `${ast.name}(${args.join(', ')})`
  switch (ast.name) {
    case 'EXTRACT':
      return `EXTRACT(${ast.keyword} FROM ${args.join(', ')})`
    case 'TRIM':
      return args.length === 2 ? `TRIM(${ast.keyword} ${args[1]} FROM ${args[0]})` : `TRIM(${ast.keyword} ' ' FROM ${args.join(', ')})`
    case 'TIMESTAMPDIFF':
      return `TIMESTAMPDIFF(${[ast.keyword, ...args].join(', ')})`
    default:
      return `${ast.name}(${args.join(', ')} TO ${ast.keyword})`
  }
}
