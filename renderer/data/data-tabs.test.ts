import { expect, test } from 'vitest'
import type { NodeFigures } from '../../pipeline-runtime/rpc/run-state.ts'
import { documentSchema } from '../../pipeline-runtime/spec/document.ts'
import { countOf, placeOf, shownTab, tabsOf } from './data-tabs.ts'

const node = (id: string, kind: string, config: Record<string, unknown> = {}) => ({ id, kind, config })
const document = documentSchema.parse({
  format: 1,
  kinds: {},
  name: 'test',
  nodes: [
    node('paid', 'filter', { condition: 'true' }),
    node('sums', 'window-aggregate', { groupBy: [], window: { type: 'tumbling', sizeMs: 1000 }, aggregates: [], emit: 'final' }),
    node('table', 'table-sink'),
    node('careful', 'filter', { condition: 'true', onError: 'dead-letter' }),
    node('strange', 'no-such-kind'),
  ],
  edges: [
    { from: 'sums.late', to: 'table.in' },
    { from: 'careful.dead-letter', to: 'table.in' },
  ],
})
const [paid, sums, table, careful, strange] = document.nodes
const figures: NodeFigures = {
  nodeId: 'x',
  in: 10,
  out: 6,
  removed: 4,
  late: 0,
  errors: 0,
  setAside: 2,
  skipped: 0,
  written: 0,
  edgesIn: [10],
  ports: { out: 6 },
  completeToMs: null,
  idle: false,
  stateKeys: 0,
}
const titles = (of: typeof paid, counted?: NodeFigures) => (of === undefined ? [] : tabsOf(of, counted).map(({ title }) => title))

test('a step has the tabs of its ports', () => {
  expect(titles(paid)).toEqual(['In', 'Out', 'Removed'])
  expect(titles(sums)).toEqual(['In', 'Out', 'Late'])
  expect(titles(table)).toEqual(['In'])
  expect(titles(careful)).toEqual(['In', 'Out', 'Removed', 'Set aside'])
  expect(titles(strange)).toEqual([])
})

test('a tab appears with the first row that was counted for it', () => {
  expect(titles(sums, figures)).toEqual(['In', 'Out', 'Removed', 'Late', 'Set aside'])
})

test('the totals of the tabs', () => {
  if (paid === undefined) throw new Error('No node.')
  expect(tabsOf(paid, figures).map((tab) => countOf(tab, figures))).toEqual([10, 6, 4, 2])
  expect(tabsOf(paid, undefined).map((tab) => countOf(tab, undefined))).toEqual([undefined, undefined, undefined])
})

function shown(edge: number, chosen: Parameters<typeof shownTab>[2]) {
  const place = placeOf({ type: 'edge', edge: document.edges[edge] ?? { from: '', to: '' } }, document)
  return place && shownTab(tabsOf(place.node, undefined), place, chosen)?.title
}

test('a link shows the rows of the port at which it begins, whatever was chosen', () => {
  expect(shown(0, { dataTab: 'in', dataPort: undefined })).toBe('Late')
  expect(shown(1, { dataTab: 'in', dataPort: undefined })).toBe('Set aside')
})

test('a step shows the chosen tab where it has it, else what leaves it', () => {
  const of = (found: typeof paid, dataTab: 'removed' | 'late') =>
    found && shownTab(tabsOf(found, undefined), { node: found, port: undefined }, { dataTab, dataPort: undefined })?.title
  expect(of(paid, 'removed')).toBe('Removed')
  expect(of(paid, 'late')).toBe('Out')
  expect(of(table, 'late')).toBe('In')
})

test('where nothing is selected that has rows, the first result is shown', () => {
  expect(placeOf(undefined, document)?.node).toBe(table)
  expect(placeOf({ type: 'note', index: 0 }, document)?.node).toBe(table)
  expect(placeOf(undefined, { ...document, nodes: [] })).toBeUndefined()
})
