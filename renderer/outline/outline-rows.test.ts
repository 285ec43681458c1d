import { expect, test } from 'vitest'
import { compile } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { examples } from '../gallery/examples.ts'
import { applyChange } from '../state/change.ts'
import { type OutlineRow, outlineRows, stepKey, treeMove, typeAhead } from './outline-rows.ts'

const [purchases, , passwords] = examples

function rowsOf(document: Document, ...expanded: string[]): readonly OutlineRow[] {
  const { outputs, issues } = compile(document, { kinds })
  const issuesByNode = new Map<string, Issue[]>()
  for (const issue of issues)
    if (issue.nodeId !== undefined) issuesByNode.set(issue.nodeId, [...(issuesByNode.get(issue.nodeId) ?? []), issue])
  return outlineRows({ document, outputs, issuesByNode, expanded: new Set(expanded) })
}

const print = (rows: readonly OutlineRow[]): string[] =>
  rows.map((row) => `${row.level} ${row.position}/${row.setSize} ${row.type === 'step' ? row.nodeId : row.text}`)

test('closed, the outline is the steps in the order of the rows', () => {
  const document = purchases?.open()
  if (document === undefined) throw new Error('no example')
  expect(print(rowsOf(document))).toEqual(['1 1/4 purchases', '1 2/4 paid', '1 3/4 per_country', '1 4/4 spending'])
})

test('a step that is open shows its links and columns, each with place and number', () => {
  const document = purchases?.open()
  if (document === undefined) throw new Error('no example')
  const rows = rowsOf(document, stepKey('paid'), 'from:paid', 'to:paid', 'columns:paid')
  expect(print(rows).slice(1, -2)).toEqual([
    '1 2/4 paid',
    '2 1/3 From (1)',
    '3 1/1 Purchases',
    '2 2/3 To (1)',
    '3 1/1 Per country and minute',
    '2 3/3 Columns out (4)',
    '3 1/4 country STRING',
    '3 2/4 amount DOUBLE',
    '3 3/4 status STRING',
    '3 4/4 at TIMESTAMP_LTZ(3)',
  ])
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
})

test('problems stand under their step, and an end without link says so', () => {
  const document = purchases?.open()
  if (document === undefined) throw new Error('no example')
  const cut = applyChange(document, { type: 'remove', edges: [{ from: 'per_country.out', to: 'spending.in' }] })
  const rows = rowsOf(cut, stepKey('spending'), 'problems:spending', 'from:spending')
  const texts = print(rows).slice(4)
  expect(texts[0]).toBe('2 1/2 From: nothing yet')
  expect(texts[1]).toBe('2 2/2 Problems (1)')
  const problem = rows.at(-1)
  expect(problem?.type === 'entry' && problem.of === 'problem' && problem.issue.nodeId).toBe('spending')
})

test('a step that feeds two is listed once, with both', () => {
  const document = passwords?.open()
  if (document === undefined) throw new Error('no example')
  const rows = rowsOf(document, stepKey('failed'), 'to:failed')
  expect(rows.filter(({ nodeId, level }) => nodeId === 'failed' && level === 1)).toHaveLength(1)
  expect(print(rows).filter((line) => line.startsWith('3'))).toEqual(['3 1/2 Per user and minute', '3 2/2 Per address and minute'])
})

test('arrows walk, open, close and go up, as trees do', () => {
  const document = purchases?.open()
  if (document === undefined) throw new Error('no example')
  const rows = rowsOf(document, stepKey('purchases'), 'to:purchases')
  // purchases · To (1) · Only paid · Columns out (4) · paid · …
  expect(treeMove(rows, 0, 'ArrowUp')).toBeUndefined()
  expect(treeMove(rows, 0, 'ArrowRight')).toEqual({ type: 'go', index: 1 })
  expect(treeMove(rows, 2, 'ArrowRight')).toBeUndefined()
  expect(treeMove(rows, 2, 'ArrowLeft')).toEqual({ type: 'go', index: 1 })
  expect(treeMove(rows, 1, 'ArrowLeft')).toEqual({ type: 'close', key: 'to:purchases' })
  expect(treeMove(rows, 3, 'ArrowLeft')).toEqual({ type: 'go', index: 0 })
  expect(treeMove(rows, 3, 'ArrowRight')).toEqual({ type: 'open', key: 'columns:purchases' })
  expect(treeMove(rows, 4, 'ArrowLeft')).toBeUndefined()
  expect(treeMove(rows, 4, 'End')).toEqual({ type: 'go', index: rows.length - 1 })
  expect(treeMove(rows, 4, 'Home')).toEqual({ type: 'go', index: 0 })
})

test('type-ahead goes on to the next, round the end, and narrows with more letters', () => {
  const document = purchases?.open()
  if (document === undefined) throw new Error('no example')
  const rows = rowsOf(document)
  const text = (row: OutlineRow): string => (row.type === 'step' ? row.nodeId : row.text)
  expect(typeAhead(rows, 0, 'p', text)).toBe(1)
  expect(typeAhead(rows, 2, 'p', text)).toBe(0)
  expect(typeAhead(rows, 1, 'pe', text)).toBe(2)
  expect(typeAhead(rows, 1, 'x', text)).toBeUndefined()
})
