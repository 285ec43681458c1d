import type { SyntaxNode, Tree } from '@lezer/common'
import { RECORD_PARTS } from '../../pipeline-runtime/data/batch.ts'
import { type DataType, type Field, printType } from '../../pipeline-runtime/data/types.ts'
import { analyze, functionTable, printName, type Scope, type TableEntry, usageOf } from '../../pipeline-runtime/expressions/expressions.ts'

/** Something that can be written at the cursor. */
export interface Suggestion {
  readonly label: string
  readonly kind: 'column' | 'part' | 'field' | 'function' | 'keyword' | 'type'
  /** Type of a column, result of a function. */
  readonly detail?: string
  /** What is written in place of the word at the cursor, where it is not the label. */
  readonly apply?: string
  /** Where the cursor stands in `apply` afterwards; absent: behind it. */
  readonly cursor?: number
  readonly entry?: TableEntry
}

export interface Suggestions {
  readonly from: number
  readonly to: number
  readonly items: readonly Suggestion[]
}

const WORDS = [
  'AND',
  'OR',
  'NOT',
  'IN',
  'LIKE',
  'BETWEEN',
  'IS NULL',
  'IS NOT NULL',
  'NULL',
  'TRUE',
  'FALSE',
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'END',
  'INTERVAL',
  'DATE',
  'TIMESTAMP',
]
const TYPES = ['BIGINT', 'DOUBLE', 'STRING', 'BOOLEAN', 'DECIMAL(10, 2)', 'TIMESTAMP_LTZ(3)', 'DATE', 'INT']
/** What fits at a place of an expression; undefined where nothing is offered. `asked`: the user pressed Ctrl+Space. */
export function suggestionsAt(text: string, tree: Tree, at: number, scope: Scope, asked: boolean): Suggestions | undefined {
  const node = tree.resolveInner(at, -1)
  if (node.name === 'Number' || isInText(text.slice(0, at))) return undefined
  const word = /[$A-Za-z_\u00aa-\uffff][\w$\u00aa-\uffff]*$/.exec(text.slice(0, at))?.[0] ?? ''
  const from = at - word.length
  const behindDot = /\.\s*$/.test(text.slice(0, from))
  if (behindDot) return fieldsBehind(text, from, at, scope)
  if (word === '' && !asked) return undefined
  if (/\bAS\s+$/i.test(text.slice(0, from)) && isInCast(node))
    return { from, to: at, items: TYPES.map((label) => ({ label, kind: 'type' })) }
  const parts = scope.recordParts ? RECORD_PARTS : []
  return {
    from,
    to: at,
    items: [
      ...scope.columns.map((field) => named(field, 'column')),
      ...parts.map((field) => ({ label: field.name, kind: 'part' as const, detail: printType(field.type) })),
      ...functionTable.flatMap(callable),
      ...WORDS.map((label) => ({ label, kind: 'keyword' as const })),
    ],
  }
}

/** Whether a text or a comment has begun and not ended: there nothing is offered. Quotes inside of a text are doubled. */
function isInText(before: string): boolean {
  const rest = before.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*\n|\/\*[\s\S]*?\*\//g, ' ')
  return /['\u2018\u201c]|--|\/\*/.test(rest)
}

/** The fields of a ROW in front of the dot. */
function fieldsBehind(text: string, from: number, to: number, scope: Scope): Suggestions | undefined {
  const object = /([$\w.\][`"' -]+?)\.\s*$/
    .exec(text.slice(0, from))?.[1]
    ?.split(/[\s(,]+/)
    .at(-1)
  if (object === undefined) return undefined
  const type: DataType | undefined = analyze(object, scope).type
  return type?.name === 'ROW' ? { from, to, items: type.fields.map((field) => named(field, 'field')) } : undefined
}

function isInCast(node: SyntaxNode): boolean {
  for (let current: SyntaxNode | null = node; current !== null; current = current.parent) if (current.name === 'Arguments') return true
  return false
}

function named({ name, type }: Field, kind: 'column' | 'field'): Suggestion {
  const written = printName(name, false)
  return { label: name, kind, detail: printType(type), ...(written === name ? {} : { apply: written }) }
}

/** Functions, and the forms that look like calls; operators are learned from the reference. */
function callable(entry: TableEntry): readonly Suggestion[] {
  if (!/^[A-Z][A-Z0-9_]*$/.test(entry.name)) return []
  const usage = usageText(entry)
  if (!usage.startsWith(`${entry.name}(`)) return []
  const detail = entry.kind === 'function' && typeof entry.result === 'object' ? printType(entry.result) : ''
  const apply = `${entry.name}()`
  return [{ label: entry.name, kind: 'function', detail, apply, cursor: usage === apply ? apply.length : apply.length - 1, entry }]
}

/** How a function is called: `SUBSTRING(text, from [, length])`. */
export function usageText(entry: TableEntry): string {
  return entry.kind === 'function' ? usageOf(entry) : (entry.usage ?? entry.name)
}
