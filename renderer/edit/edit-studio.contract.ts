import type { DocumentInput } from '../../pipeline-runtime/spec/document.ts'
import type { Region } from '../app/focus.ts'
import type { Studio } from '../app/studio.ts'
import { testStudio } from '../test-studio.contract.ts'

export interface EditStudio extends Studio {
  /** What was said, the newest last. */
  readonly said: readonly string[]
  /** Regions that were given the focus. */
  readonly went: readonly Region[]
}

/** A studio with a document on its canvas. */
export function editStudio(document: DocumentInput): EditStudio {
  const { studio, said } = testStudio(document)
  const went: Region[] = []
  studio.view.setState({ gallery: false })
  return { ...studio, focus: { ...studio.focus, go: (region) => void went.push(region) }, said, went }
}

const columns = [
  { name: 'country', type: 'STRING' },
  { name: 'amount', type: 'DOUBLE' },
  { name: 'status', type: 'STRING' },
]
const source = (id: string, config: Record<string, unknown> = {}) => ({
  id,
  kind: 'kafka-source',
  config: { connection: 'shop', topic: id, columns, ...config },
})

/** purchases → paid → per_country → revenue, with late rows to a table and what cannot be read to a topic. */
export const purchases = {
  format: 1,
  kinds: {},
  name: 'Purchases',
  nodes: [
    source('purchases', { onError: 'dead-letter' }),
    { id: 'paid', kind: 'filter', title: 'Only paid', config: { condition: "status = 'paid'" } },
    {
      id: 'per_country',
      kind: 'window-aggregate',
      title: 'Per country',
      config: {
        groupBy: ['country'],
        window: { type: 'tumbling', sizeMs: 60_000 },
        aggregates: [{ as: 'purchases', function: 'count' }],
        emit: 'final',
      },
    },
    { id: 'revenue', kind: 'table-sink', title: 'Revenue' },
    { id: 'late', kind: 'table-sink', title: 'Too late' },
    { id: 'broken', kind: 'kafka-sink', title: 'Broken', config: { connection: 'shop', topic: 'broken' } },
  ],
  edges: [
    { from: 'purchases.out', to: 'paid.in' },
    { from: 'paid.out', to: 'per_country.in' },
    { from: 'per_country.out', to: 'revenue.in' },
    { from: 'per_country.late', to: 'late.in' },
    { from: 'purchases.dead-letter', to: 'broken.in' },
  ],
  notes: [{ text: 'Why?', x: 0, y: -112 }],
  layout: {
    purchases: { x: 0, y: 0 },
    paid: { x: 368, y: 0 },
    per_country: { x: 736, y: 0 },
    revenue: { x: 1104, y: 0 },
    late: { x: 1104, y: 160 },
    broken: { x: 368, y: 160 },
  },
} satisfies DocumentInput
