// Documents of any size that really run on sample data: chains of ten steps, each from a source of its own to a table.

const COLUMNS = [
  { name: 'country', type: 'STRING' },
  { name: 'amount', type: 'DOUBLE' },
  { name: 'status', type: 'STRING' },
  { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' },
]
const CHAIN = 10
const STEP = { x: 368, y: 160 }
/** Slow enough that the engine has time left, quick enough that every figure changes. */
const ROWS_PER_SECOND = 4

const filter = (condition) => ({ kind: 'filter', config: { condition } })
const select = (name, expression) => ({
  kind: 'select',
  config: { columns: [...COLUMNS.map((column) => ({ name: column.name })), { name, expression }] },
})

/** @param {number} count steps in all, a multiple of ten */
export function canvasDocument(count) {
  const nodes = []
  const edges = []
  const layout = {}
  for (let chain = 0; chain < count / CHAIN; chain++) {
    const steps = [
      {
        kind: 'kafka-source',
        config: {
          connection: 'shop',
          topic: `purchases_${chain}`,
          columns: COLUMNS,
          eventTime: 'at',
          boundedDelayMs: 5000,
          sample: { shape: 'purchases', seed: chain + 1, ratePerSecond: ROWS_PER_SECOND },
        },
      },
      filter("status = 'paid'"),
      filter('amount > 1'),
      select('cents', 'CAST(amount * 100 AS BIGINT)'),
      filter('country IS NOT NULL'),
      filter('amount < 100000'),
      filter("status <> 'open'"),
      filter('amount >= 0'),
      {
        kind: 'window-aggregate',
        config: {
          groupBy: ['country'],
          window: { type: 'tumbling', sizeMs: 60_000 },
          aggregates: [
            { as: 'purchases', function: 'count' },
            { as: 'revenue', function: 'sum', of: 'amount' },
          ],
          emit: 'final',
        },
      },
      { kind: 'table-sink', config: { limit: 100 } },
    ]
    steps.forEach((step, i) => {
      const id = `s${chain}_${i}`
      nodes.push({ id, title: `Step ${chain + 1}.${i + 1}`, ...step })
      layout[id] = { x: i * STEP.x, y: chain * STEP.y }
      if (i > 0) edges.push({ from: `s${chain}_${i - 1}.out`, to: `${id}.in` })
    })
  }
  const kinds = Object.fromEntries([...new Set(nodes.map(({ kind }) => kind))].sort().map((kind) => [kind, 1]))
  return { format: 1, kinds, name: `${count} steps`, nodes, edges, layout }
}
