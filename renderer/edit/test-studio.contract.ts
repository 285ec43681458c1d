import { type DocumentInput, documentSchema } from '../../pipeline-runtime/spec/document.ts'
import { createFocusBoard, type Region } from '../app/focus.ts'
import type { Studio } from '../app/studio.ts'
import type { Host } from '../host/host.ts'
import { createAnnouncer } from '../state/announcer.ts'
import { compileHere } from '../state/compile-here.ts'
import { createCompiledStore } from '../state/compiled-store.ts'
import { createDocumentStore } from '../state/document-store.ts'
import { createModeStore } from '../state/mode-store.ts'
import { createRunStore } from '../state/run-store.ts'
import { createSelectionStore } from '../state/selection-store.ts'
import { createViewStore } from '../state/view-store.ts'

export interface TestStudio extends Studio {
  /** What was said, the newest last. */
  readonly said: readonly string[]
  /** Regions that were given the focus. */
  readonly went: readonly Region[]
}

/** A studio without a page: it compiles at once, and its host answers nothing. */
export function testStudio(document: DocumentInput): TestStudio {
  const documents = createDocumentStore()
  documents.open(documentSchema.parse(document))
  const said: string[] = []
  const went: Region[] = []
  const regions = { say: { textContent: '' }, alarm: { textContent: '' } }
  const announcer = createAnnouncer(regions, (act) => act())
  const focus = createFocusBoard()
  const compiled = createCompiledStore(documents, compileHere())
  const view = createViewStore()
  view.setState({ gallery: false })
  return {
    documents,
    compiled,
    selection: createSelectionStore(),
    mode: createModeStore(),
    runs: createRunStore(),
    view,
    announcer: {
      say: (text, kind) => {
        said.push(text)
        announcer.say(text, kind)
      },
      alarm: announcer.alarm,
    },
    focus: { ...focus, go: (region) => void went.push(region) },
    canvas: { port: undefined },
    // Nothing that these tests do may reach the shell or the runtime.
    host: new Proxy({}, { get: () => refuse() }) as Host,
    capabilities: { host: 'browser', version: 'test', platform: 'linux', documents: 'folder', tray: false, menus: false },
    said,
    went,
  }
}

function refuse(): never {
  throw new Error('A test asked the host.')
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
