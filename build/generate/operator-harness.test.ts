import { describe, expect, test } from 'vitest'
import { BIGINT, decimal, STRING, TIMESTAMP } from '../../pipeline-runtime/data/types.ts'
import { implement, type Operator, type OperatorContext } from '../../pipeline-runtime/engine/operator.ts'
import {
  testFilter,
  testFilterOperator,
  testSource,
  testSourceOperator,
  testWindow,
  testWindowOperator,
} from '../../pipeline-runtime/engine/test-pipeline.contract.ts'
import { batchOf, rowsOf, testValue } from '../../pipeline-runtime/engine/test-rows.ts'
import { rowsSchema } from '../../pipeline-runtime/spec/edge-schema.ts'
import { createHarness } from './operator-harness.ts'

const rows = rowsSchema([
  { name: 'key', type: STRING },
  { name: 'amount', type: BIGINT },
  { name: 'line', type: BIGINT },
])

function custom(create: (context: OperatorContext) => Operator, inputs = [rows]) {
  const operator = implement(testFilter, (_config, context) => create(context))
  return createHarness(testFilter, operator, {}, { inputs, inputPorts: inputs.map(() => 'in') })
}

describe('operator harness', () => {
  test('rows in, rows out by port, counters, state; a snapshot goes on in a new operator', () => {
    const first = createHarness(testWindow, testWindowOperator, { sizeMs: 10 }, { inputs: [rows] })
    first.rows(0, [
      { key: 'a', $timestamp: 1 },
      { key: 'a', $timestamp: 12 },
    ])
    expect([first.stateKeys, first.timerCount, first.watermarkNow]).toEqual([2, 2, Number.NEGATIVE_INFINITY])
    const second = createHarness(testWindow, testWindowOperator, { sizeMs: 10 }, { inputs: [rows], restore: first.snapshot() })
    expect(second.stateHash()).toBe(first.stateHash())
    second.watermark(0, 9)
    second.rows(0, [
      { key: 'b', $timestamp: 3 },
      { key: 'a', $timestamp: 13 },
    ])
    expect(second.takeRows('out')).toEqual([{ key: 'a', start: 0, rows: 1, $timestamp: 9 }])
    expect(second.takeRows('late')).toEqual([{ key: 'b', amount: null, line: null, $timestamp: 3 }])
    expect(second.counters.late).toBe(1)
    second.end()
    expect(second.takeRows('out')).toEqual([{ key: 'a', start: 10, rows: 2, $timestamp: 19 }])
    expect(second.stateKeys).toBe(0)
    expect(second.stateHash()).toBe('0000000000000000')
  })

  test('a source: records in, its clock moves the watermark, its own state is saved', () => {
    const first = createHarness(testSource, testSourceOperator, { boundedDelayMs: 5 })
    first.records([{ value: '20 a 1' }, { value: '10 a 2' }, { value: 'x', timestamp: 3 }])
    expect(first.takeRows('out')).toMatchObject([{ line: 1 }, { line: 2 }])
    expect(first.stamps('out')).toEqual([Number.NEGATIVE_INFINITY, 14])
    expect(first.takeRows('dead-letter')).toMatchObject([{ reason: 'x', offset: 2 }])
    const second = createHarness(testSource, testSourceOperator, { boundedDelayMs: 5 }, { restore: first.snapshot() })
    second.records([{ value: '21 a 3' }])
    expect(second.takeRows('out')).toMatchObject([{ line: 3, $timestamp: 21 }])
    expect(second.stamps('out')).toEqual([14])
  })

  test('rule 6: with several in edges the lowest watermark that is not idle counts, also before each row', () => {
    const seen: number[] = []
    const harness = custom(
      (context) => ({
        process(_input, batch) {
          const cursor = context.rows(batch)
          while (cursor.next() >= 0) seen.push(context.watermark())
        },
      }),
      [rows, rows],
    )
    harness.rows(0, [{ $watermark: 5 }])
    harness.watermark(1, 7)
    harness.rows(0, [{ $watermark: 6 }, { $watermark: 20 }])
    harness.idle(1, true)
    expect(harness.watermarkNow).toBe(20)
    harness.idle(1, false)
    harness.rows(1, [{}])
    expect(seen).toEqual([Number.NEGATIVE_INFINITY, 6, 7, 20])
  })

  test('rule 14: timers that are set while timers fire, and those already due, fire in order', () => {
    const fired: string[] = []
    const harness = custom((context) => ({
      process(_input, batch) {
        const cursor = context.rows(batch)
        while (cursor.next() >= 0) {
          context.timers.set(10, 'b')
          context.timers.set(10, 'b')
          context.timers.set(10, 'gone')
          context.timers.set(30, 'late')
          context.timers.delete(10, 'gone')
        }
      },
      onTimer(time, key) {
        fired.push(`${time} ${key} at ${context.watermark()}`)
        if (key !== 'b') return
        for (const [at, name] of [
          [20, 'x'],
          [10, 'a'],
          [5, 'past'],
          [10, 'c'],
        ] as const)
          context.timers.set(at, name)
      },
    }))
    harness.rows(0, [{}])
    harness.watermark(0, 25)
    expect(fired).toEqual(['10 b at 10', '5 past at 10', '10 a at 10', '10 c at 10', '20 x at 20'])
    expect(harness.timerCount).toBe(1)
  })

  test('rule 7: a node with timers that does not walk the batch, and rows made outside a walk, stop the run', () => {
    const sloppy = custom((context) => ({
      process: () => context.timers.set(1, 'x'),
      onTimer: () => undefined,
    }))
    expect(() => sloppy.rows(0, [{}])).toThrow(/test-filter.*did not walk the whole batch/)
    const early = custom((context) => ({
      process() {
        const out = context.output('out')
        for (const column of out.columns) column.append(null)
        out.endRow(0)
      },
    }))
    expect(() => early.rows(0, [{}])).toThrow(/outside a walk/)
    const uneven = custom((context) => ({
      process(_input, batch) {
        const cursor = context.rows(batch)
        while (cursor.next() >= 0) context.output('out').endRow(0)
      },
    }))
    expect(() => uneven.rows(0, [{}])).toThrow(/column key has 0 values for 1 rows/)
  })

  test('rows made at a timer follow the millisecond before it; outputDelayMs keeps the watermark behind', () => {
    const make = (outputDelayMs: number) =>
      custom((context) => ({
        outputDelayMs,
        process(_input, batch) {
          const cursor = context.rows(batch)
          for (let row = cursor.next(); row >= 0; row = cursor.next()) context.timers.set(batch.eventTimes[row] ?? 0, 'x')
        },
        onTimer(time) {
          const out = context.output('out')
          for (const column of out.columns) column.append(null)
          out.endRow(time)
        },
      }))
    const plain = make(0)
    plain.rows(0, [{ $timestamp: 10 }, { $timestamp: 20, $watermark: 15 }])
    plain.end()
    expect(plain.takeRows('out').map((row) => row.$timestamp)).toEqual([10, 20])
    expect(plain.stamps('out')).toEqual([9, 19])
    const behind = make(100)
    behind.rows(0, [{ $timestamp: 10 }, { $timestamp: 20, $watermark: 15 }])
    behind.end()
    behind.takeRows('out')
    expect(behind.stamps('out')).toEqual([-91, -81])
  })

  test('many made rows leave in batches of at most 1,024, in order', () => {
    const harness = custom((context) => ({
      process(_input, batch) {
        const out = context.output('out')
        const cursor = context.rows(batch)
        while (cursor.next() >= 0) {
          for (let i = 0; i < 2500; i++) {
            out.columns[0]?.append(null)
            out.columns[1]?.append(i)
            out.columns[2]?.append(null)
            out.endRow(i)
          }
        }
      },
    }))
    harness.rows(0, [{}])
    expect(harness.takeRows('out').map((row) => row.amount)).toEqual(Array.from({ length: 2500 }, (_, i) => i))
  })

  test('filters pass rows on as they are', () => {
    const harness = createHarness(testFilter, testFilterOperator, {}, { inputs: [rows] })
    harness.rows(0, [
      { key: 'a', amount: -1, $watermark: 3 },
      { key: 'b', amount: 1, $timestamp: 8, $watermark: 4, $kind: 'UPSERT' },
    ])
    expect(harness.takeRows('out')).toEqual([{ key: 'b', amount: 1, line: null, $timestamp: 8, $kind: 'UPSERT' }])
    expect(harness.stamps('out')).toEqual([4])
    expect(harness.counters.removed).toBe(1)
  })
})

describe('rows of tests', () => {
  test('values at rest from what a test writes', () => {
    expect(testValue(BIGINT, '9007199254740993')).toBe(9007199254740993n)
    expect(String(testValue(decimal(10, 2), 1.5))).toBe('1.50')
    expect(testValue(TIMESTAMP, '1970-01-01T00:00:01Z')).toBe(1000)
    expect(() => testValue(BIGINT, 1.5)).toThrow('no value of type BIGINT')
    expect(() => testValue(STRING, 1)).toThrow('no value of type STRING')
  })

  test('record parts where the edge has them; a column that is not there is refused', () => {
    const batch = batchOf(rows.columns, [{ key: 'v', $key: 'k', $offset: 7, $timestamp: 3 }], {
      recordParts: true,
      topic: 't',
      partition: 2,
    })
    expect(['$key', '$offset', '$timestamp', '$topic', '$partition'].map((name) => batch.column(name).value(0))).toEqual([
      'k',
      7,
      3,
      't',
      2,
    ])
    expect(rowsOf(batch)).toEqual([{ key: 'v', amount: null, line: null, $timestamp: 3 }])
    expect(() => batchOf(rows.columns, [{ nope: 1 }])).toThrow('No column nope')
  })
})
