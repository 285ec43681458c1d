import { describe, expect, test } from 'vitest'
import { compile } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { addNode, insertNode, throughStep } from './add-node.ts'
import { connect, connectable } from './connect.ts'
import { connectOptions } from './connect-options.ts'
import { type EditStudio, editStudio, purchases } from './edit-studio.contract.ts'
import { undo } from './history.ts'
import { CARD, placesOf } from './places.ts'

const documentOf = (studio: EditStudio) => studio.documents.getState().document
const idsOf = (studio: EditStudio) => documentOf(studio).nodes.map(({ id }) => id)
const edgesOf = (studio: EditStudio) => documentOf(studio).edges.map(({ from, to }) => `${from} ${to}`)
const select = (studio: EditStudio, ...ids: string[]) => studio.selection.selectAll(ids.map((id) => ({ type: 'node', id })))

describe('add', () => {
  test('connects after a step, stands on the grid where nothing is covered, is selected and told', () => {
    const studio = editStudio(purchases)
    const id = addNode(studio, 'filter', { after: { nodeId: 'paid', port: 'out' } })
    expect(id).toBe('filter')
    expect(edgesOf(studio)).toContain('paid.out filter.in')
    const at = documentOf(studio).layout[id] ?? { x: 1, y: 1 }
    expect([at.x % 16, at.y % 16]).toEqual([0, 0])
    for (const [other, place] of placesOf(documentOf(studio))) {
      const apart = Math.abs(place.x - at.x) >= CARD.width || Math.abs(place.y - at.y) >= CARD.height
      expect(other === id || apart, `${other} is covered`).toBe(true)
    }
    expect(studio.selection.getState().active).toEqual({ type: 'node', id })
    expect(studio.said.at(-1)).toBe('Filter added, connected from Only paid.')
    undo(studio)
    expect(edgesOf(studio)).toHaveLength(5)
    expect(idsOf(studio)).not.toContain(id)
    expect(studio.said.at(-1)).toBe('Undone: add Filter')
  })

  test('connects to the cluster that the others do, else to that of the next run', () => {
    const connectionOf = (studio: EditStudio, id: string) => documentOf(studio).nodes.find((node) => node.id === id)?.config.connection
    const studio = editStudio(purchases)
    const used = connectionOf(studio, 'purchases')
    expect(used).toBeTruthy()
    expect(connectionOf(studio, addNode(studio, 'kafka-sink'))).toBe(used)
    expect(connectionOf(studio, addNode(studio, 'kafka-sink', { config: { connection: 'other' } }))).toBe('other')
    const empty = editStudio({ ...purchases, nodes: [], edges: [], tests: [], layout: {} })
    expect(connectionOf(empty, addNode(empty, 'kafka-source'))).toBeUndefined()
    const onShop = editStudio({ ...purchases, nodes: [], edges: [], tests: [], layout: {} })
    onShop.runs.configure({ target: { type: 'kafka', name: 'staging', config: { bootstrap: '127.0.0.1:9092' } } })
    expect(connectionOf(onShop, addNode(onShop, 'kafka-source'))).toBe('staging')
  })

  test('does not connect what does not fit', () => {
    const studio = editStudio(purchases)
    const id = addNode(studio, 'kafka-source', { after: { nodeId: 'paid', port: 'out' } })
    expect(edgesOf(studio).some((edge) => edge.includes(id))).toBe(false)
  })

  test('into a link: one step of undo', () => {
    const studio = editStudio(purchases)
    const id = insertNode(studio, 'select', { from: 'paid.out', to: 'per_country.in' })
    expect(edgesOf(studio)).toEqual(expect.arrayContaining([`paid.out ${id}.in`, `${id}.out per_country.in`]))
    expect(edgesOf(studio)).not.toContain('paid.out per_country.in')
    undo(studio)
    expect(documentOf(studio)).toEqual(documentOf(editStudio(purchases)))
    expect(throughStep(studio, 'table-sink', { from: 'paid.out', to: 'per_country.in' })).toBeUndefined()
    expect(throughStep(studio, 'filter', { from: 'purchases.dead-letter', to: 'broken.in' })).toBeUndefined()
  })

  test('steps of a document without places keep the places that they were shown at', () => {
    const { layout: _layout, ...without } = purchases
    const studio = editStudio(without)
    const before = new Map(placesOf(documentOf(studio)))
    expect(studio.documents.getState().saved).toBe(documentOf(studio))
    addNode(studio, 'filter', { after: { nodeId: 'purchases', port: 'out' } })
    for (const [id, at] of before) expect(placesOf(documentOf(studio)).get(id), id).toEqual(at)
    expect(new Set([...before.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(before.size)
  })
})

describe('connect', () => {
  const reason = (from: string, to: string, change?: (studio: EditStudio) => void) => {
    const studio = editStudio(purchases)
    change?.(studio)
    const end = (text: string) => ({ nodeId: text.split('.')[0] ?? '', port: text.split('.')[1] ?? '' })
    const answer = connectable(studio, end(from), end(to))
    return answer.ok ? 'ok' : answer.reason
  }

  test('says why it cannot be', () => {
    expect(reason('paid.out', 'paid.in')).toMatch(/cannot feed itself/)
    expect(reason('purchases.out', 'paid.in')).toMatch(/linked already/)
    expect(reason('purchases.out', 'revenue.in')).toMatch(/“Revenue” takes one link here, and “Per country” is linked already/)
    const withFree = (studio: EditStudio) => void addNode(studio, 'filter', { title: 'Free' })
    expect(reason('purchases.dead-letter', 'free.in', withFree)).toMatch(/set aside cannot go into “Free”/)
    expect(reason('paid.out', 'free.in', withFree)).toBe('ok')
    expect(
      reason('per_country.out', 'paid.in', (studio) => {
        studio.documents.act({ label: '', changes: [{ type: 'remove', edges: [{ from: 'purchases.out', to: 'paid.in' }] }] })
      }),
    ).toMatch(/circle: “Only paid” already feeds “Per country”/)
    expect(
      reason('per_country.out', 'free.in', (studio) => {
        addNode(studio, 'filter', { title: 'Free' })
        studio.documents.act({ label: '', changes: [{ type: 'set-config', nodeId: 'per_country', path: ['emit'], value: 'updates' }] })
      }),
    ).toMatch(/keeps updating/)
    expect(
      reason('per_country.out', 'all.in', (studio) => {
        addNode(studio, 'union', { title: 'All', after: { nodeId: 'paid', port: 'out' } })
      }),
    ).toMatch(/Stream 2 has no columns/)
  })

  test('every refusal is what compiling would refuse, and what may be drawn compiles', () => {
    for (const [from, to] of [
      ['purchases.out', 'paid.in'],
      ['purchases.out', 'revenue.in'],
      ['per_country.out', 'paid.in'],
      ['purchases.dead-letter', 'paid.in'],
      ['paid.out', 'broken.in'],
    ] as const) {
      const studio = editStudio(purchases)
      expect(reason(from, to)).not.toBe('ok')
      const { issues } = compile({ ...documentOf(studio), edges: [...documentOf(studio).edges, { from, to }] }, { kinds })
      expect(
        issues.some(({ severity }) => severity === 'error'),
        `${from} ${to}`,
      ).toBe(true)
    }
  })

  test('draws one link and stays; a refusal changes nothing and is told', () => {
    const studio = editStudio(purchases)
    addNode(studio, 'table-sink', { title: 'All' })
    select(studio, 'purchases')
    expect(connect(studio, { nodeId: 'purchases', port: 'out' }, { nodeId: 'all', port: 'in' })).toBe(true)
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'purchases' })
    const before = documentOf(studio)
    expect(connect(studio, { nodeId: 'paid', port: 'out' }, { nodeId: 'all', port: 'in' })).toBe(false)
    expect(documentOf(studio)).toBe(before)
    expect(studio.said.at(-1)).toMatch(/^Cannot connect: /)
    expect(studio.view.getState().notice).toMatch(/^Cannot connect: /)
  })

  test('the list has possible ends first, the nearest first', () => {
    const studio = editStudio(purchases)
    addNode(studio, 'table-sink', { title: 'Far', at: { x: 3000, y: 0 } })
    addNode(studio, 'table-sink', { title: 'Near', at: { x: 368, y: 320 } })
    const options = connectOptions(studio, { nodeId: 'paid', port: 'out' }, 'out')
    expect(options.map(({ label, answer }) => `${label}${answer.ok ? '' : ' no'}`)).toEqual([
      'Near',
      'Far',
      'Broken no',
      'Per country no',
      'Revenue no',
      'Too late no',
    ])
    const into = connectOptions(studio, { nodeId: 'near', port: 'in' }, 'into')
    expect(into.filter(({ answer }) => answer.ok).map(({ label }) => label)).toContain('Per country, Late')
  })
})
