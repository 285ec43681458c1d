import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logRecordsOf } from '../data/log-records.ts'
import { createEngine, type Engine } from './engine.ts'
import type { EngineSnapshot } from './snapshot.ts'
import { TEST_KINDS, TEST_OPERATORS, testSpec } from './test-pipeline.contract.ts'

interface Item {
  readonly partition: number
  readonly time: number
  readonly key: string
  readonly amount: number
}

const PARTITIONS = 3
const SIZE = 10

function pipeline(boundedDelayMs: number) {
  return testSpec(
    [
      { id: 'lines', kind: 'test-source', config: { boundedDelayMs, idleAfterMs: 10 } },
      { id: 'kept', kind: 'test-filter' },
      { id: 'counts', kind: 'test-window', config: { sizeMs: SIZE }, stage: 1 },
      { id: 'firsts', kind: 'test-first', config: { forgetMs: 12 }, stage: 1 },
      { id: 'again', kind: 'test-window', config: { sizeMs: 4 * SIZE }, stage: 2 },
      { id: 'out', kind: 'test-sink', stage: 1 },
      { id: 'late', kind: 'test-sink', stage: 1 },
      { id: 'first', kind: 'test-sink', stage: 1 },
      { id: 'totals', kind: 'test-sink', stage: 2 },
    ],
    [
      'lines.out -> kept.in',
      'kept.out -> counts.in by key',
      'counts.out -> out.in',
      'counts.late -> late.in',
      'counts.out -> firsts.in',
      'firsts.out -> first.in',
      'counts.out -> again.in by key',
      'again.out -> totals.in',
    ],
  )
}

function usedBy(items: readonly Item[]): number {
  return Math.max(0, ...items.map((row) => row.partition)) + 1
}

interface Run {
  readonly engine: Engine
  /** Written text per node and task. */
  readonly written: Record<string, string[]>
}

function start(
  delay: number,
  used = PARTITIONS,
  written: Record<string, string[]> = {},
  restore?: EngineSnapshot,
  spec = pipeline(delay),
): Run {
  const decoder = new TextDecoder()
  const engine = createEngine({
    spec,
    operators: TEST_OPERATORS,
    kinds: TEST_KINDS,
    partitions: { lines: used },
    nowMs: 0,
    restore,
    onOutput(output) {
      const into = (written[`${output.nodeId}/${output.task}`] ??= [])
      for (const record of output.records) into.push(decoder.decode(record.value ?? new Uint8Array()))
    },
  })
  return { engine, written }
}

/** Runs of items that go in as one batch each. */
function batches(items: readonly Item[], cuts: readonly boolean[]): Item[][] {
  const result: Item[][] = []
  items.forEach((item, i) => {
    const last = result[result.length - 1]
    if (last === undefined || last[0]?.partition !== item.partition || cuts[i % Math.max(cuts.length, 1)] === true) result.push([item])
    else last.push(item)
  })
  return result
}

function feed(engine: Engine, batch: readonly Item[], offsets: number[]): void {
  const partition = batch[0]?.partition ?? 0
  const encoder = new TextEncoder()
  const records = batch.map((item) => {
    const offset = offsets[partition] ?? 0
    offsets[partition] = offset + 1
    return { offset, timestamp: item.time, key: null, value: encoder.encode(`${item.time} ${item.key} ${item.amount}`) }
  })
  engine.input({ type: 'records', source: 'lines', topic: 't', partition, records: logRecordsOf(records) })
}

function end(engine: Engine): void {
  for (const { partition } of engine.metrics().partitions) engine.input({ type: 'ended', source: 'lines', partition })
}

function runAll(items: readonly Item[], cuts: readonly boolean[], delay: number): Run {
  const run = start(delay, usedBy(items))
  const offsets: number[] = []
  for (const batch of batches(items, cuts)) feed(run.engine, batch, offsets)
  end(run.engine)
  return run
}

/** Record by record, with the watermark spelt out: slow and obvious. */
function reference(items: readonly Item[], delay: number) {
  const maxima = new Array<number>(usedBy(items)).fill(Number.NEGATIVE_INFINITY)
  let watermark = Number.NEGATIVE_INFINITY
  const counts = new Map<string, number>()
  let late = 0
  for (const item of items) {
    watermark = Math.max(watermark, Math.min(...maxima.map((max) => max - delay - 1)))
    if (item.amount >= 0) {
      const window = Math.floor(item.time / SIZE) * SIZE
      const name = `${item.key} ${window}`
      if (watermark >= window + SIZE - 1) late++
      else counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    maxima[item.partition] = Math.max(maxima[item.partition] ?? item.time, item.time)
  }
  return { rows: [...counts].map(([name, rows]) => `${name} ${rows}`).sort(), late }
}

function all(written: Record<string, string[]>, node: string): string[] {
  return Object.entries(written)
    .filter(([name]) => name.startsWith(`${node}/`))
    .flatMap(([, rows]) => rows)
}

const item = fc.record({
  partition: fc.nat(PARTITIONS - 1),
  time: fc.integer({ min: -60, max: 120 }),
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  amount: fc.integer({ min: -2, max: 2 }),
})
/** Some with the trend of a stream, some all over the place; from one partition up to all. */
const items = fc
  .tuple(fc.array(item, { maxLength: 60 }), fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: PARTITIONS }))
  .map(([list, step, used]) => list.map((row, i) => ({ ...row, time: row.time + i * step, partition: row.partition % used })))
const cuts = fc.array(fc.boolean(), { maxLength: 20 })
const delay = fc.integer({ min: 0, max: 40 })

describe('engine against a reference model', () => {
  test('rules 6, 7, 12, 13: same windows and same late rows as the model, whatever the arrival order', () => {
    fc.assert(
      fc.property(items, cuts, delay, (input, split, bound) => {
        const { written, engine } = runAll(input, split, bound)
        const model = reference(input, bound)
        expect(all(written, 'out').sort()).toEqual(model.rows)
        expect(all(written, 'late').length).toBe(model.late)
        expect(engine.metrics().nodes.find((node) => node.nodeId === 'counts')?.counters.late).toBe(model.late)
      }),
      { numRuns: 200 },
    )
  })

  test('rule 7: the split into batches changes no byte, for chains of timers, exchanges and late rows', () => {
    fc.assert(
      fc.property(items, cuts, delay, (input, split, bound) => {
        const one = runAll(input, [], bound)
        const single = runAll(input, [true], bound)
        const other = runAll(input, split, bound)
        expect(other.written).toEqual(single.written)
        expect(one.written).toEqual(single.written)
        expect(other.engine.stateHash()).toBe(single.engine.stateHash())
      }),
      { numRuns: 200 },
    )
  })

  test('rules 10, 38: a restart from a snapshot at any boundary changes no byte and no hash', () => {
    fc.assert(
      fc.property(items, cuts, delay, fc.nat(60), (input, split, bound, at) => {
        const used = usedBy(input)
        const straight = start(bound, used)
        let run = start(bound, used)
        const offsetsA: number[] = []
        const offsetsB: number[] = []
        batches(input, split).forEach((batch, i) => {
          feed(straight.engine, batch, offsetsA)
          feed(run.engine, batch, offsetsB)
          // Partitions fall idle and wake on the way.
          for (const engine of [straight.engine, run.engine]) {
            engine.input({ type: 'caught-up', source: 'lines', partition: i % used })
            engine.input({ type: 'tick', nowMs: 7 * i })
          }
          if (i % 7 === at % 7) {
            const snapshot = JSON.parse(JSON.stringify(run.engine.snapshot()))
            run = start(bound, used, run.written, snapshot)
            expect(run.engine.stateHash()).toBe(straight.engine.stateHash())
            expect(run.engine.snapshot()).toEqual(snapshot)
          }
        })
        end(straight.engine)
        end(run.engine)
        expect(run.written).toEqual(straight.written)
        expect(run.engine.metrics()).toEqual(straight.engine.metrics())
      }),
      { numRuns: 100 },
    )
  })

  test('rule 37: rows within the bound of their partition are never late, and the result set is the same in any interleaving', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 1000 }), cuts, (input, seed, split) => {
        const bound = 700
        const shuffled = interleave(input, seed)
        const one = runAll(input, split, bound)
        const other = runAll(shuffled, split, bound)
        expect(all(one.written, 'late')).toEqual([])
        expect(all(other.written, 'out').sort()).toEqual(all(one.written, 'out').sort())
        expect(all(other.written, 'totals').sort()).toEqual(all(one.written, 'totals').sort())
      }),
      { numRuns: 100 },
    )
  })

  test('rule 37: also where two branches of a source come together again', () => {
    const spec = testSpec(
      [
        { id: 'lines', kind: 'test-source', config: { boundedDelayMs: 700 } },
        { id: 'kept', kind: 'test-filter' },
        { id: 'both', kind: 'test-filter' },
        { id: 'counts', kind: 'test-window', config: { sizeMs: SIZE }, stage: 1 },
        { id: 'out', kind: 'test-sink', stage: 1 },
        { id: 'late', kind: 'test-sink', stage: 1 },
      ],
      [
        'lines.out -> kept.in',
        'kept.out -> both.in',
        'lines.out -> both.in',
        'both.out -> counts.in by key',
        'counts.out -> out.in',
        'counts.late -> late.in',
      ],
    )
    const doubled = (rows: readonly string[]) => rows.map((row) => row.replace(/\d+$/, (count) => String(2 * Number(count)))).sort()
    fc.assert(
      fc.property(items, cuts, (input, split) => {
        const run = start(0, usedBy(input), {}, undefined, spec)
        const offsets: number[] = []
        for (const batch of batches(input, split)) feed(run.engine, batch, offsets)
        end(run.engine)
        expect(all(run.written, 'late')).toEqual([])
        expect(all(run.written, 'out').sort()).toEqual(doubled(reference(input, 700).rows))
      }),
      { numRuns: 50 },
    )
  })

  test('rule 12: on time + late = input, always', () => {
    fc.assert(
      fc.property(items, cuts, delay, (input, split, bound) => {
        const { written } = runAll(input, split, bound)
        const counted = all(written, 'out').reduce((sum, row) => sum + Number(row.split(' ')[2]), 0)
        expect(counted + all(written, 'late').length).toBe(input.filter((row) => row.amount >= 0).length)
      }),
      { numRuns: 100 },
    )
  })
})

/** Another order of the partitions, each of them in its own order. */
function interleave(input: readonly Item[], seed: number): Item[] {
  const queues = Array.from({ length: PARTITIONS }, (_, partition) => input.filter((row) => row.partition === partition))
  const result: Item[] = []
  let state = seed
  while (result.length < input.length) {
    state = (state * 1103515245 + 12345) % 2147483648
    const next = queues[state % PARTITIONS]?.shift()
    if (next !== undefined) result.push(next)
  }
  return result
}
