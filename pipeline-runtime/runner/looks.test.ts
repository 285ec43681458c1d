import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compile } from '../compiler/compile.ts'
import { logRecordsOf } from '../data/log-records.ts'
import { createEngine } from '../engine/engine.ts'
import type { EngineInput, EngineTap } from '../engine/input.ts'
import { EXAMPLES_FOLDER } from '../examples/run-example.ts'
import { kinds } from '../nodes/catalog.ts'
import { operators } from '../nodes/operators.ts'
import { openShape, sampleConfig } from '../samples/sample-config.ts'
import { readDocument } from '../spec/read-document.ts'

const { document } = readDocument(readFileSync(path.join(EXAMPLES_FOLDER, 'live-report.millrace.json'), 'utf8'), { kinds })

/** A few minutes of the example with some bytes that are no JSON, fed in batches of 100. */
function inputs(): EngineInput[] {
  const config = sampleConfig.parse({ shape: 'purchases', delayedShare: 0.2, delayMinMs: 10_000, delayMaxMs: 90_000, count: 8_000 })
  if ('file' in config) throw new Error('The sample is a shape.')
  const { records } = openShape(config, { startMs: undefined, bounded: true })
  const all = [...{ [Symbol.iterator]: () => records }].map(({ timestampMs, value }, offset) => ({
    offset,
    timestamp: timestampMs,
    key: null,
    value: offset % 97 === 0 ? new TextEncoder().encode('{"country":') : value,
  }))
  const batches: EngineInput[] = []
  for (let i = 0; i < all.length; i += 100) {
    batches.push({ type: 'records', source: 'purchases', partition: 0, topic: 'purchases', records: logRecordsOf(all.slice(i, i + 100)) })
  }
  return [...batches, { type: 'ended', source: 'purchases', partition: 0 }]
}

function runWith(look: ((tap: EngineTap) => void) | undefined) {
  if (document === undefined) throw new Error('The example cannot be read.')
  const nodes = document.nodes.map((node) => (node.id === 'purchases' ? { ...node, config: { ...node.config, onError: 'skip' } } : node))
  const { spec } = compile({ ...document, nodes }, { kinds })
  if (spec === undefined) throw new Error('The example does not compile.')
  const outputs: string[] = []
  const engine = createEngine({
    spec,
    operators,
    kinds: Object.fromEntries(kinds.map((kind) => [kind.kind, kind])),
    partitions: {},
    nowMs: 0,
    onOutput: (output) => outputs.push(JSON.stringify(output)),
    tap: look,
  })
  if (look !== undefined) engine.setTaps('all')
  let open = 0
  const hashes: string[] = []
  for (const input of inputs()) {
    engine.input(input)
    if (look !== undefined) {
      for (const { id, outputs } of spec.nodes) for (const port of Object.keys(outputs)) open += engine.openRows(id, port, 1000).length
      engine.metrics()
    }
    hashes.push(engine.stateHash())
  }
  return { outputs, hashes, snapshot: engine.snapshot(), metrics: engine.metrics(), open }
}

test('rule 38: looks at rows, open time windows and figures change neither outputs nor state', () => {
  const seen = new Map<string, number>()
  const looked = runWith((tap) => {
    const rows = tap.direction === 'set-aside' ? 1 : tap.batch.length
    seen.set(`${tap.nodeId} ${tap.direction}`, (seen.get(`${tap.nodeId} ${tap.direction}`) ?? 0) + rows)
  })
  const unseen = runWith(undefined)
  expect(looked.open).toBeGreaterThan(50)
  expect(looked.outputs).toEqual(unseen.outputs)
  expect(looked.hashes).toEqual(unseen.hashes)
  expect(looked.snapshot).toEqual(unseen.snapshot)
  const { counters } = unseen.metrics.nodes.find(({ nodeId }) => nodeId === 'purchases') ?? {}
  expect(seen.get('purchases set-aside')).toBe(counters?.errors)
  expect(counters?.errors).toBe(83)
})
