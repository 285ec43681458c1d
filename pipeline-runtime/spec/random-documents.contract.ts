import fc from 'fast-check'
import { type Document, documentSchema } from './document.ts'

// Random documents over the test kinds that compile without errors. For tests.

const word = fc.constantFrom(
  'a',
  'purchases',
  'shop_2',
  'x-y',
  'Grüße 🎉',
  '',
  ' ',
  '"',
  '\\',
  '\u2028',
  '1',
  '10',
  'constructor',
  'format',
)
const filled = word.filter((text) => text !== '')
const scalar = fc.oneof(word, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null))
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(filled, scalar, { maxKeys: 3 }))
const row = fc.dictionary(filled, value, { maxKeys: 4 })
const place = fc.record({ x: fc.integer({ min: -999, max: 999 }), y: fc.integer({ min: -999, max: 999 }) })

const readConfig = fc.record(
  {
    topic: filled,
    columns: fc.array(fc.record({ name: filled, type: fc.constantFrom('STRING', 'BIGINT', 'DECIMAL(10, 2)', 'ARRAY<ROW<a STRING>>') }), {
      minLength: 1,
      maxLength: 6,
    }),
    onError: fc.constantFrom('fail', 'skip', 'dead-letter'),
    from: fc.oneof(
      fc.constant({ type: 'json' }),
      fc.record({ type: fc.constant('csv'), delimiter: fc.constantFrom(',', ';') }, { requiredKeys: ['type'] }),
    ),
    delayMs: fc.constantFrom(0, 1, 5000),
  },
  { requiredKeys: ['topic', 'columns'] },
)

interface Draft {
  readonly kind: string
  readonly config: Record<string, unknown>
}

const middle: fc.Arbitrary<Draft> = fc.oneof(
  fc.record({ invert: fc.boolean() }, { requiredKeys: [] }).map((config) => ({ kind: 'keep', config })),
  fc
    .record({ by: fc.subarray(['country', 'city']), updates: fc.constant(false) }, { requiredKeys: [] })
    .map((config) => ({ kind: 'count', config })),
  fc.constant({ kind: 'join', config: {} }),
)

/** Chains of a source, some nodes and one sink for all, with whatever else a document holds. */
export const anyDocument: fc.Arbitrary<Document> = fc
  .record({
    chains: fc.array(fc.record({ source: readConfig, middle: fc.array(middle, { maxLength: 4 }) }), { minLength: 1, maxLength: 3 }),
    titles: fc.array(fc.option(word, { nil: undefined }), { minLength: 20, maxLength: 20 }),
    places: fc.array(fc.option(place, { nil: undefined }), { minLength: 20, maxLength: 20 }),
    shuffle: fc.array(fc.integer(), { minLength: 20, maxLength: 20 }),
    rows: fc.array(row, { maxLength: 3 }),
    test: fc.record({ name: filled, ordered: fc.boolean(), finalWatermark: fc.boolean() }, { requiredKeys: ['name'] }),
    hasTest: fc.boolean(),
    notes: fc.array(fc.record({ text: word, x: fc.integer(), y: fc.double({ noNaN: true, noDefaultInfinity: true }) }), { maxLength: 2 }),
    name: filled,
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', undefined),
    start: fc.constantFrom(
      { type: 'continue' },
      { type: 'earliest' },
      { type: 'last', lastMs: 1000 },
      { type: 'time', time: '2026-01-01T00:00:00Z' },
    ),
    stop: fc.constantFrom({ type: 'never' }, { type: 'end' }, { type: 'time', time: '2026-01-01T00:00:00+01:00' }),
  })
  .map((draft) => {
    const nodes: { id: string; kind: string; config: Record<string, unknown> }[] = [
      { id: 'sink', kind: 'write', config: { topic: 'out', replace: true } },
    ]
    const edges: { from: string; to: string }[] = []
    draft.chains.forEach((chain, c) => {
      nodes.push({ id: `source${c}`, kind: 'read', config: { ...chain.source } })
      if (chain.source.onError === 'dead-letter') edges.push({ from: `source${c}.dead-letter`, to: 'sink.in' })
      let from = `source${c}`
      let column = chain.source.columns[0]?.name ?? ''
      chain.middle.forEach(({ kind, config }, m) => {
        const id = `node-${c}_${m}`
        nodes.push({ id, kind, config: kind === 'keep' ? { ...config, column } : { ...config } })
        edges.push({ from: `${from}.out`, to: `${id}.in` })
        if (kind === 'count') column = 'count'
        from = id
      })
      edges.push({ from: `${from}.out`, to: 'sink.in' })
    })
    const order = nodes.map((node, index) => ({ node, by: draft.shuffle[index] ?? 0 })).sort((a, b) => a.by - b.by)
    const places = nodes.flatMap(({ id }, index) => (draft.places[index] === undefined ? [] : [[id, draft.places[index]]]))
    return documentSchema.parse({
      format: 1,
      kinds: {},
      name: draft.name,
      ...(draft.timeZone === undefined ? {} : { timeZone: draft.timeZone }),
      start: draft.start,
      stop: draft.stop,
      nodes: order.map(({ node }, index) => (draft.titles[index] === undefined ? node : { ...node, title: draft.titles[index] })),
      edges,
      tests: draft.hasTest ? [{ ...draft.test, given: { source0: draft.rows }, expect: { sink: draft.rows } }] : [],
      notes: draft.notes,
      layout: Object.fromEntries(places),
    })
  })
