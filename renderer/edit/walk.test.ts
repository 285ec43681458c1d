import { describe, expect, test } from 'vitest'
import { documentSchema } from '../../pipeline-runtime/spec/document.ts'
import { outlineOrder } from '../state/outline-order.ts'
import { editStudio, purchases } from './edit-studio.contract.ts'
import { outlineName, outlineNameOf } from './outline-name.ts'
import { staleSteps } from './stale-steps.ts'
import { IDLE } from './step-state.ts'
import { stepStateOf } from './step-state-of.ts'
import { beside, firstTarget, linksOut, otherPart, sourceOf } from './walk.ts'

const document = documentSchema.parse(purchases)

describe('walk', () => {
  test('to the first target by port order, back the way one came', () => {
    expect(firstTarget(document, 'purchases')).toBe('paid')
    expect(firstTarget(document, 'revenue')).toBeUndefined()
    expect(linksOut(document, 'per_country').map(({ to }) => to)).toEqual(['revenue.in', 'late.in'])
    const turned = documentSchema.parse({ ...purchases, edges: [...purchases.edges].reverse() })
    expect(firstTarget(turned, 'purchases')).toBe('paid')
    expect(sourceOf(document, 'paid', undefined)).toBe('purchases')
    const two = documentSchema.parse({
      ...purchases,
      nodes: [...purchases.nodes, { id: 'all', kind: 'union' }],
      edges: [...purchases.edges, { from: 'purchases.out', to: 'all.in' }, { from: 'paid.out', to: 'all.in' }],
    })
    expect(sourceOf(two, 'all', undefined)).toBe('purchases')
    expect(sourceOf(two, 'all', 'paid')).toBe('paid')
    expect(sourceOf(two, 'all', 'late')).toBe('purchases')
  })

  test('up and down among those that share a neighbour, else in the column', () => {
    expect(beside(document, { type: 'node', id: 'revenue' }, 'down')).toEqual({ type: 'node', id: 'late' })
    expect(beside(document, { type: 'node', id: 'late' }, 'up')).toEqual({ type: 'node', id: 'revenue' })
    expect(beside(document, { type: 'node', id: 'late' }, 'down')).toBeUndefined()
    expect(beside(document, { type: 'node', id: 'purchases' }, 'up')).toEqual({ type: 'note', index: 0 })
    expect(beside(document, { type: 'note', index: 0 }, 'down')).toEqual({ type: 'node', id: 'purchases' })
  })

  test('in outline order: upstream first, ties by document order; a circle hangs nothing', () => {
    expect(outlineOrder(document)).toEqual(['purchases', 'paid', 'per_country', 'revenue', 'late', 'broken'])
    const round = documentSchema.parse({ ...purchases, edges: [...purchases.edges, { from: 'per_country.out', to: 'paid.in' }] })
    expect(outlineOrder(round)).toEqual(['purchases', 'broken', 'paid', 'per_country', 'revenue', 'late'])
  })

  test('between parts that are not connected', () => {
    const parts = documentSchema.parse({ ...purchases, nodes: [...purchases.nodes, { id: 'alone', kind: 'filter' }] })
    expect(otherPart(parts, 'late', 1)).toBe('alone')
    expect(otherPart(parts, 'alone', -1)).toBe('purchases')
    expect(otherPart(parts, 'alone', 1)).toBeUndefined()
  })
})

describe('names', () => {
  test('tell number, title, kind, sentence, links', () => {
    const studio = editStudio(purchases)
    expect(outlineName(studio, 'paid')).toBe("2 of 6. Only paid, Filter. status = 'paid'. From Read a topic. To Per country.")
    expect(outlineName(studio, 'per_country')).toBe(
      '3 of 6. Per country, Summarise over time. per country, every 1 min: count. From Only paid. To Revenue. Late to Too late.',
    )
    expect(outlineName(studio, 'purchases')).toBe('1 of 6. Read a topic, Read a topic. topic purchases. To Only paid. Set aside to Broken.')
  })

  test('tell what is missing and how many problems there are', () => {
    const studio = editStudio({ ...purchases, nodes: [{ id: 'paid', kind: 'filter' }], edges: [], layout: {}, notes: [] })
    expect(outlineName(studio, 'paid')).toBe('1 of 1. Filter, Filter. choose a condition. 1 problem.')
    expect(outlineNameOf({ document, nodeId: 'revenue', state: { type: 'running', word: 'running' }, problems: 2 })).toMatch(
      /From Per country\. running\. 2 problems\.$/,
    )
    expect(outlineNameOf({ document, nodeId: 'revenue', state: IDLE, problems: 0 })).not.toMatch(/idle/)
  })
})

describe('state of a step', () => {
  test('unfinished settings are named by their field', () => {
    const of = (kind: string, config: Record<string, unknown> = {}) =>
      stepStateOf(editStudio({ ...purchases, nodes: [{ id: 'it', kind, config }], edges: [], layout: {}, notes: [] }), 'it')
    expect(of('kafka-source')).toMatchObject({ type: 'unfinished', word: 'choose a connection' })
    expect(of('kafka-source', { connection: 'shop' })).toMatchObject({ word: 'choose a topic', path: ['topic'] })
    expect(of('kafka-source', { connection: 'shop', topic: 'a' })).toMatchObject({ word: 'choose columns' })
    expect(of('filter', { condition: 'TRUE' })).toMatchObject({ type: 'unfinished', word: 'connect what comes in' })
    expect(of('union')).toMatchObject({ type: 'unfinished' })
    expect(of('no-such-kind')).toMatchObject({ type: 'unknown' })
  })

  test('other mistakes are problems', () => {
    const studio = editStudio(purchases)
    studio.documents.act({ label: '', changes: [{ type: 'set-config', nodeId: 'paid', path: ['condition'], value: 'nothing = 1' }] })
    expect(stepStateOf(studio, 'paid')).toEqual({ type: 'problem', word: '1 problem' })
  })

  test('an edit makes its step and those behind it stale; moving and naming do not', () => {
    const edited = documentSchema.parse({
      ...purchases,
      nodes: purchases.nodes.map((node) => (node.id === 'paid' ? { ...node, config: { condition: 'TRUE' } } : node)),
    })
    expect([...staleSteps(document, edited)].sort()).toEqual(['late', 'paid', 'per_country', 'revenue'])
    const moved = documentSchema.parse({ ...purchases, layout: {} })
    expect(staleSteps(document, moved).size).toBe(0)
    const named = documentSchema.parse({ ...purchases, nodes: purchases.nodes.map((node) => ({ ...node, title: 'x' })) })
    expect(staleSteps(document, named).size).toBe(0)
    const cut = documentSchema.parse({ ...purchases, edges: purchases.edges.filter(({ to }) => to !== 'late.in') })
    expect([...staleSteps(document, cut)]).toEqual(['late'])
  })
})
