import { describe, expect, test } from 'vitest'
import { addNote } from './add-note.ts'
import { pasteText } from './clipboard.ts'
import { copiedItems, readCopied } from './copied-items.ts'
import { deleteAndJoin, deleteSelection } from './delete.ts'
import { duplicateSelection } from './duplicate.ts'
import { type EditStudio, editStudio, purchases } from './edit-studio.contract.ts'
import { keepSelection } from './has-item.ts'
import { redo, undo } from './history.ts'
import { moveTo } from './move.ts'
import { keepMove, moveBy, putBack, startMove } from './move-mode.ts'
import { renameStep } from './rename.ts'

const documentOf = (studio: EditStudio) => studio.documents.getState().document
const idsOf = (studio: EditStudio) => documentOf(studio).nodes.map(({ id }) => id)
const edgesOf = (studio: EditStudio) => documentOf(studio).edges.map(({ from, to }) => `${from} ${to}`)
const select = (studio: EditStudio, ...ids: string[]) => studio.selection.selectAll(ids.map((id) => ({ type: 'node', id })))
const steps = (studio: EditStudio) => studio.documents.getState().undo.map(({ label }) => label)

describe('delete', () => {
  test('takes the links along and goes to the first source', () => {
    const studio = editStudio(purchases)
    select(studio, 'per_country')
    deleteSelection(studio)
    expect(edgesOf(studio)).toEqual(['purchases.out paid.in', 'purchases.dead-letter broken.in'])
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'paid' })
    expect(studio.said.at(-1)).toBe('Per country deleted.')
    undo(studio)
    expect(documentOf(studio)).toEqual(documentOf(editStudio(purchases)))
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'per_country' })
  })

  test('a source goes to the next step in the outline, the last one to nothing', () => {
    const studio = editStudio(purchases)
    select(studio, 'purchases')
    deleteSelection(studio)
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'paid' })
    studio.selection.selectAll(idsOf(studio).map((id) => ({ type: 'node', id })))
    deleteSelection(studio)
    expect(studio.selection.getState().active).toBeUndefined()
  })

  test('joins the neighbours where the types fit', () => {
    const studio = editStudio(purchases)
    select(studio, 'paid')
    deleteAndJoin(studio)
    expect(edgesOf(studio)).toContain('purchases.out per_country.in')
    expect(steps(studio)).toEqual(['delete Only paid'])
    const other = editStudio(purchases)
    select(other, 'paid', 'per_country')
    deleteAndJoin(other)
    expect(edgesOf(other)).toContain('purchases.out revenue.in')
    expect(edgesOf(other)).not.toContain('purchases.out late.in')
  })

  test('a link and a note', () => {
    const studio = editStudio(purchases)
    studio.selection.selectAll([
      { type: 'note', index: 0 },
      { type: 'edge', edge: { from: 'paid.out', to: 'per_country.in' } },
    ])
    deleteSelection(studio)
    expect(documentOf(studio).notes).toEqual([])
    expect(edgesOf(studio)).toHaveLength(4)
    expect(steps(studio)).toHaveLength(1)
  })
})

describe('clipboard', () => {
  test('copies steps with the links between them, and pastes them with ids of their own, also elsewhere', () => {
    const studio = editStudio(purchases)
    select(studio, 'paid', 'per_country')
    const text = JSON.stringify(copiedItems(studio))
    pasteText(studio, text)
    expect(idsOf(studio).slice(-2)).toEqual(['paid_2', 'per_country_2'])
    expect(edgesOf(studio).at(-1)).toBe('paid_2.out per_country_2.in')
    expect(edgesOf(studio)).toHaveLength(6)
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'paid_2' })
    expect(steps(studio)).toEqual(['paste 2 steps'])
    const other = editStudio({ format: 1, kinds: {}, name: 'Other', nodes: [], edges: [] })
    pasteText(other, text)
    expect(idsOf(other)).toEqual(['paid', 'per_country'])
    expect(documentOf(other).nodes[0]).toEqual(purchases.nodes[1])
    undo(other)
    expect(idsOf(other)).toEqual([])
    redo(other)
    expect(idsOf(other)).toHaveLength(2)
  })

  test.each([
    ['nothing', ''],
    ['a text', 'hello'],
    ['half a document', '{"millrace": 1, "nodes": [{"id": 3}]}'],
    ['other JSON', '{"a": 1}'],
    ['a number', '17'],
    ['a newer one', '{"millrace": 2}'],
    ['no steps', '{"millrace": 1}'],
    ['links to nowhere', '{"millrace": 1, "edges": [{"from": "a.out", "to": "b.in"}]}'],
  ])('refuses %s in words and changes nothing', (_name, text) => {
    const studio = editStudio(purchases)
    const before = documentOf(studio)
    pasteText(studio, text)
    expect(documentOf(studio)).toBe(before)
    expect(studio.view.getState().notice).toMatch(/^Nothing was pasted\. .*\.$/)
  })

  test('names that would be no ids become ids; links of what is not there are left out', () => {
    const studio = editStudio(purchases)
    pasteText(
      studio,
      JSON.stringify({
        millrace: 1,
        nodes: [{ id: 'Zwei Worte', kind: 'filter' }],
        edges: [{ from: 'Zwei Worte.out', to: 'gone.in' }],
      }),
    )
    expect(idsOf(studio).at(-1)).toBe('zwei_worte')
    expect(edgesOf(studio)).toHaveLength(5)
    expect(readCopied('{"millrace": 1, "nodes": [{"id": "a", "kind": "filter", "extra": 1}]}')).toHaveProperty('refusal')
  })

  test('duplicates beside', () => {
    const studio = editStudio(purchases)
    select(studio, 'revenue')
    duplicateSelection(studio)
    expect(idsOf(studio).at(-1)).toBe('revenue_2')
    expect(steps(studio)).toEqual(['duplicate Revenue'])
    expect(documentOf(studio).layout.revenue_2).not.toEqual(documentOf(studio).layout.revenue)
  })
})

describe('move', () => {
  test('by keys: one step of undo for the whole way, Escape leaves no trace', () => {
    const studio = editStudio(purchases)
    select(studio, 'paid')
    startMove(studio)
    moveBy(studio, { x: 16, y: 0 })
    moveBy(studio, { x: 0, y: 64 })
    expect(documentOf(studio).layout.paid).toEqual({ x: 368, y: 0 })
    keepMove(studio)
    expect(documentOf(studio).layout.paid).toEqual({ x: 384, y: 64 })
    expect(steps(studio)).toEqual(['move Only paid'])
    startMove(studio)
    moveBy(studio, { x: 160, y: 0 })
    putBack(studio)
    expect(steps(studio)).toHaveLength(1)
    expect(studio.mode.getState().type).toBe('walk')
  })

  test('several, with notes; where nothing moved nothing is written', () => {
    const studio = editStudio(purchases)
    moveTo(studio, { nodes: { paid: { x: 1, y: 2 }, late: { x: 3, y: 4 } }, notes: { 0: { x: 5, y: 6 } } })
    expect(steps(studio)).toEqual(['move 2 steps and 1 note'])
    expect(documentOf(studio).notes[0]).toMatchObject({ x: 5, y: 6 })
    moveTo(studio, { nodes: { paid: { x: 1, y: 2 } }, notes: {} })
    expect(steps(studio)).toHaveLength(1)
  })
})

test('a title is set and taken away again', () => {
  const studio = editStudio(purchases)
  renameStep(studio, 'paid', '  Paid only ')
  expect(documentOf(studio).nodes[1]?.title).toBe('Paid only')
  renameStep(studio, 'paid', '')
  expect(documentOf(studio).nodes[1]).not.toHaveProperty('title')
  expect(idsOf(studio)).toContain('paid')
})

test('what the document no longer holds leaves the selection', () => {
  const studio = editStudio(purchases)
  keepSelection(studio)
  addNote(studio)
  expect(studio.mode.getState()).toEqual({ type: 'note', index: 1 })
  undo(studio)
  expect(studio.selection.getState().selected.size).toBe(0)
})

test('a selected note stays the one that it was, whatever goes away before it', () => {
  const studio = editStudio(purchases)
  keepSelection(studio)
  addNote(studio, { text: 'second' })
  studio.documents.act({ label: 'delete the first note', changes: [{ type: 'remove', notes: [0] }] })
  expect(studio.selection.getState().active).toEqual({ type: 'note', index: 0 })
  undo(studio)
  expect(studio.selection.getState().active).toEqual({ type: 'note', index: 1 })
  expect([...studio.selection.getState().selected.keys()]).toEqual(['note:1'])
})

test('a note that is deleted again by redo selects no other one', () => {
  const studio = editStudio(purchases)
  keepSelection(studio)
  addNote(studio, { text: 'second' })
  studio.selection.select({ type: 'note', index: 0 })
  deleteSelection(studio)
  undo(studio)
  expect(studio.selection.getState().active).toEqual({ type: 'note', index: 0 })
  redo(studio)
  expect(documentOf(studio).notes.map(({ text }) => text)).toEqual(['second'])
  expect(studio.selection.getState().active).toBeUndefined()
})
