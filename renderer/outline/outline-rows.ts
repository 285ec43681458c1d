import type { Outputs } from '../../pipeline-runtime/compiler/derive.ts'
import { printType } from '../../pipeline-runtime/data/types.ts'
import type { Document, DocumentEdge } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { titleIn } from '../edit/title-in.ts'
import { issueText } from '../problems/issue-text.ts'
import { edgeKey, nodeOf, portOf } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import { outlineOrder } from '../state/outline-order.ts'

/** A line of the outline: a step, a heading under it, or what stands under the heading. */
export type OutlineRow = StepRow | SectionRow | EntryRow

interface Place {
  /** Unique in the tree, and the same when the document changes around it. */
  readonly key: string
  readonly nodeId: string
  /** From 1. */
  readonly position: number
  readonly setSize: number
}

export interface StepRow extends Place {
  readonly type: 'step'
  readonly level: 1
  readonly expanded: boolean
}

export type SectionName = 'from' | 'to' | 'columns' | 'problems'

export interface SectionRow extends Place {
  readonly type: 'section'
  readonly level: 2
  readonly section: SectionName
  readonly text: string
  readonly expanded: boolean
}

export type EntryRow = Place & {
  readonly type: 'entry'
  readonly level: 3
  readonly text: string
} & (
    | { readonly of: 'link'; readonly edge: DocumentEdge; readonly jumpsTo: string }
    | { readonly of: 'column' }
    | { readonly of: 'problem'; readonly issue: Issue }
  )

export interface OutlineSource {
  readonly document: Document
  readonly outputs: ReadonlyMap<string, Outputs>
  readonly issuesByNode: ReadonlyMap<string, readonly Issue[]>
  /** Keys of steps and headings that are open. */
  readonly expanded: ReadonlySet<string>
}

type Entry =
  | { readonly of: 'link'; readonly key: string; readonly text: string; readonly edge: DocumentEdge; readonly jumpsTo: string }
  | { readonly of: 'column'; readonly key: string; readonly text: string }
  | { readonly of: 'problem'; readonly key: string; readonly text: string; readonly issue: Issue }

/** The lines of the tree that can be seen, from the top: steps upstream first, under those that are open what belongs to them. */
export function outlineRows(source: OutlineSource): readonly OutlineRow[] {
  const order = outlineOrder(source.document)
  return order.flatMap((nodeId, i): OutlineRow[] => {
    const key = stepKey(nodeId)
    const expanded = source.expanded.has(key)
    const step: StepRow = { type: 'step', level: 1, key, nodeId, position: i + 1, setSize: order.length, expanded }
    return expanded ? [step, ...below(source, nodeId)] : [step]
  })
}

export const stepKey = (nodeId: string): string => `step:${nodeId}`

function below(source: OutlineSource, nodeId: string): OutlineRow[] {
  const sections = sectionsOf(source, nodeId)
  return sections.flatMap(({ section, title, entries }, i): OutlineRow[] => {
    const key = `${section}:${nodeId}`
    const expanded = entries.length > 0 && source.expanded.has(key)
    const text = entries.length === 0 ? `${title}: nothing yet` : `${title} (${entries.length})`
    const heading: SectionRow = {
      type: 'section',
      level: 2,
      key,
      nodeId,
      section,
      text,
      position: i + 1,
      setSize: sections.length,
      expanded,
    }
    if (!expanded) return [heading]
    const rows = entries.map((entry, n): EntryRow => {
      const place = { type: 'entry', level: 3, nodeId, position: n + 1, setSize: entries.length } as const
      return { ...entry, ...place, key: `${key}:${entry.key}` }
    })
    return [heading, ...rows]
  })
}

interface Section {
  readonly section: SectionName
  readonly title: string
  readonly entries: readonly Entry[]
}

function sectionsOf({ document, outputs, issuesByNode }: OutlineSource, nodeId: string): readonly Section[] {
  const index = graphIndex(document)
  const node = index.nodes.get(nodeId)
  if (node === undefined) return []
  const { ports } = stepFacts(node)
  const into = index.into.get(nodeId) ?? []
  const outOf = index.outOf.get(nodeId) ?? []
  const portTitle = (name: string): string => ports.out.find((port) => port.name === name)?.title ?? name
  const from = into.map((edge): Entry => {
    const source = nodeOf(edge.from)
    return { of: 'link', key: edgeKey(edge), text: titleIn(document, source), edge, jumpsTo: source }
  })
  const to = outOf.map((edge): Entry => {
    const target = nodeOf(edge.to)
    const name = titleIn(document, target)
    const text = ports.out.length > 1 ? `${name}, ${portTitle(portOf(edge.from)).toLowerCase()}` : name
    return { of: 'link', key: edgeKey(edge), text, edge, jumpsTo: target }
  })
  const columns = Object.entries(outputs.get(nodeId) ?? {}).flatMap(([port, schema]) =>
    (schema?.columns ?? []).map(({ name, type }): Entry => {
      const text = `${name} ${printType(type)}`
      return { of: 'column', key: `${port}.${name}`, text: ports.out.length > 1 ? `${text}, ${portTitle(port).toLowerCase()}` : text }
    }),
  )
  const problems = (issuesByNode.get(nodeId) ?? []).map(
    (issue, i): Entry => ({ of: 'problem', key: `${issue.code}.${i}`, text: issueText(document, issue), issue }),
  )
  const sections: (Section & { readonly shown: boolean })[] = [
    { section: 'from', title: 'From', entries: from, shown: ports.in.length > 0 || from.length > 0 },
    { section: 'to', title: 'To', entries: to, shown: ports.out.length > 0 || to.length > 0 },
    { section: 'columns', title: 'Columns out', entries: columns, shown: ports.out.length > 0 },
    { section: 'problems', title: 'Problems', entries: problems, shown: problems.length > 0 },
  ]
  return sections.filter(({ shown }) => shown)
}

/** The row that an arrow, Home or End leads to, or what it opens or closes, as in the ARIA pattern of a tree. */
export type TreeMove = { readonly type: 'go'; readonly index: number } | { readonly type: 'open' | 'close'; readonly key: string }

export function treeMove(rows: readonly OutlineRow[], at: number, key: string): TreeMove | undefined {
  const row = rows[at]
  const go = (index: number): TreeMove | undefined => (rows[index] === undefined || index === at ? undefined : { type: 'go', index })
  switch (key) {
    case 'ArrowDown':
      return go(at + 1)
    case 'ArrowUp':
      return go(at - 1)
    case 'Home':
      return go(0)
    case 'End':
      return go(rows.length - 1)
    case 'ArrowRight':
      if (row === undefined || !canOpen(row)) return undefined
      return row.expanded ? go(at + 1) : { type: 'open', key: row.key }
    case 'ArrowLeft':
      if (row === undefined) return undefined
      if (row.type !== 'entry' && row.expanded) return { type: 'close', key: row.key }
      return row.level === 1 ? undefined : go(parentOf(rows, at))
    default:
      return undefined
  }
}

/** Whether there is anything under a row. */
export function canOpen(row: OutlineRow): row is StepRow | SectionRow {
  if (row.type === 'step') return true
  return row.type === 'section' && !row.text.endsWith('nothing yet')
}

function parentOf(rows: readonly OutlineRow[], at: number): number {
  const level = rows[at]?.level ?? 1
  for (let i = at - 1; i >= 0; i--) if ((rows[i]?.level ?? 1) < level) return i
  return at
}

/** Type-ahead: the next row after `at` whose text begins with what was typed. */
export function typeAhead(
  rows: readonly OutlineRow[],
  at: number,
  typed: string,
  shownText: (row: OutlineRow) => string,
): number | undefined {
  const wanted = typed.toLowerCase()
  // A second letter narrows what was found; a first one goes on to the next.
  const start = typed.length > 1 ? at : at + 1
  for (let n = 0; n < rows.length; n++) {
    const index = (start + n) % rows.length
    const row = rows[index]
    if (row !== undefined && shownText(row).toLowerCase().startsWith(wanted)) return index
  }
  return undefined
}
