import { expect, test } from 'vitest'
import { createEngine } from '../engine/engine.ts'
import { TEST_KINDS, TEST_OPERATORS, testSpec } from '../engine/test-pipeline.contract.ts'
import { waitFor } from './waiting.ts'

const IDLE_AFTER_MS = 30_000

/** Two partitions of a source, both caught up. */
function quietEngine() {
  const spec = testSpec(
    [
      { id: 'lines', kind: 'test-source', config: { boundedDelayMs: 0, idleAfterMs: IDLE_AFTER_MS } },
      { id: 'out', kind: 'test-sink' },
    ],
    ['lines.out -> out.in'],
  )
  const engine = createEngine({
    spec,
    kinds: TEST_KINDS,
    operators: TEST_OPERATORS,
    partitions: { lines: 2 },
    nowMs: 0,
    onOutput: () => {},
  })
  for (const partition of [0, 1]) engine.input({ type: 'caught-up', source: 'lines', partition })
  return { engine, statuses: () => engine.metrics().partitions.map(({ status }) => status) }
}

test('rule 8: the time for which a sink held the pipeline back makes no partition idle', async () => {
  const { engine, statuses } = quietEngine()
  let nowMs = 1_000
  const slow = Promise.resolve().then(() => {
    nowMs = 61_000
  })
  await waitFor(slow, engine, { nowMs: () => nowMs })
  expect(statuses()).toEqual(['waiting', 'waiting'])
  engine.input({ type: 'tick', nowMs: 61_000 + IDLE_AFTER_MS })
  expect(statuses()).toEqual(['idle', 'idle'])
})

test('without a wait the clock runs on', async () => {
  const { engine, statuses } = quietEngine()
  await waitFor(Promise.resolve(), engine, { nowMs: () => 1_000 })
  engine.input({ type: 'tick', nowMs: IDLE_AFTER_MS + 1 })
  expect(statuses()).toEqual(['idle', 'idle'])
})
