import { describe, expect, test } from 'vitest'
import { logRecordsOf } from '../data/log-records.ts'
import { createEngine, type EngineOptions } from './engine.ts'
import { EngineFailure } from './engine-failure.ts'
import type { EngineTap, RowsTap } from './input.ts'
import { type DriveStep, driveSpec } from './test-driver.ts'
import { TEST_KINDS, TEST_OPERATORS, type TestNode, testSpec } from './test-pipeline.contract.ts'
import { rowsOf } from './test-rows.ts'

const kit = { kinds: TEST_KINDS, operators: TEST_OPERATORS }

/** source -> window(10) -> sink, late -> sink; one stage or an exchange between. */
function counting(options: { delay?: number; idleAfterMs?: number; exchange?: boolean } = {}) {
  const stage = options.exchange === true ? 1 : 0
  const config = { boundedDelayMs: options.delay ?? 0, ...(options.idleAfterMs === undefined ? {} : { idleAfterMs: options.idleAfterMs }) }
  const nodes: TestNode[] = [
    { id: 'lines', kind: 'test-source', config },
    { id: 'counts', kind: 'test-window', config: { sizeMs: 10 }, stage },
    { id: 'out', kind: 'test-sink', stage },
    { id: 'late', kind: 'test-sink', stage },
  ]
  return testSpec(nodes, [`lines.out -> counts.in${stage === 1 ? ' by key' : ''}`, 'counts.out -> out.in', 'counts.late -> late.in'])
}

function lines(text: string, partition = 0): DriveStep {
  return { type: 'records', source: 'lines', partition, records: text.split(',').map((value) => ({ value: `${value.trim()} 1` })) }
}

function starts(rows: readonly Readonly<Record<string, unknown>>[] | undefined): string[] {
  return (rows ?? []).map((row) => `${String(row.key)}@${String(row.start)}=${String(row.rows)}`)
}

function open(spec: EngineOptions['spec'], more: Partial<EngineOptions> = {}) {
  const written: string[] = []
  const engine = createEngine({
    spec,
    ...kit,
    partitions: {},
    nowMs: 0,
    onOutput: (output) => {
      for (const record of output.records) written.push(new TextDecoder().decode(record.value ?? new Uint8Array()))
    },
    ...more,
  })
  const offsets: number[] = []
  const send = (text: string, partition = 0) => {
    const records = text.split(',').map((line) => {
      const offset = offsets[partition] ?? 0
      offsets[partition] = offset + 1
      return { offset, timestamp: 0, key: null, value: new TextEncoder().encode(line.trim() === 'stop' ? 'stop' : `${line.trim()} 1`) }
    })
    engine.input({ type: 'records', source: 'lines', topic: 't', partition, records: logRecordsOf(records) })
  }
  return { engine, written, send }
}

describe('rule 6: watermarks', () => {
  test('rule 6: max(timestamp) - bounded delay - 1 closes a window when it reaches end - 1', () => {
    const steps = [lines('1 a, 14 a')]
    expect(starts(driveSpec({ spec: counting({ delay: 5 }), ...kit, steps, finalWatermark: false }).sinks.out)).toEqual([])
    const more = [...steps, lines('15 a')]
    expect(starts(driveSpec({ spec: counting({ delay: 5 }), ...kit, steps: more, finalWatermark: false }).sinks.out)).toEqual(['a@0=1'])
  })

  test('rule 6: behind an exchange the minimum over all upstream partitions counts, and one never heard from holds it', () => {
    const spec = counting({ exchange: true })
    const run = (steps: DriveStep[]) =>
      starts(driveSpec({ spec, ...kit, steps, partitions: { lines: 3 }, finalWatermark: false }).sinks.out)
    expect(run([lines('1 a, 50 a', 0), lines('1 a, 50 a', 1)])).toEqual([])
    expect(run([lines('1 a, 50 a', 0), lines('1 a, 50 a', 1), lines('20 a', 2)])).toEqual(['a@0=2'])
  })

  test('rule 6: all inputs idle: it holds; one that joins later does not drag it back', () => {
    const { engine, written, send } = open(counting({ exchange: true, idleAfterMs: 100 }), { partitions: { lines: 2 } })
    send('1 a, 2 a', 0)
    send('1 a, 30 a', 1)
    engine.input({ type: 'caught-up', source: 'lines', partition: 0 })
    engine.input({ type: 'caught-up', source: 'lines', partition: 1 })
    engine.input({ type: 'tick', nowMs: 100 })
    expect(written).toEqual([])
    send('31 a', 1)
    expect(written).toEqual(['a 0 3'])
    const before = engine.metrics().nodes.find((node) => node.nodeId === 'counts')?.watermark
    send('5 b', 0)
    expect(engine.metrics().nodes.find((node) => node.nodeId === 'counts')?.watermark).toBe(before)
    expect(engine.metrics().nodes.find((node) => node.nodeId === 'counts')?.counters.late).toBe(1)
  })

  test('rule 6: the end of one partition closes nothing while another is idle and may go on', () => {
    const { engine, written, send } = open(counting({ exchange: true, idleAfterMs: 100 }), { partitions: { lines: 2 } })
    send('1 a', 0)
    engine.input({ type: 'caught-up', source: 'lines', partition: 0 })
    engine.input({ type: 'tick', nowMs: 100 })
    engine.input({ type: 'ended', source: 'lines', partition: 1 })
    expect(written).toEqual([])
    send('2 a', 0)
    engine.input({ type: 'ended', source: 'lines', partition: 0 })
    expect(written).toEqual(['a 0 2'])
  })
})

describe('rule 7: records are judged by those before them', () => {
  test('rule 7: a window closes between two records of one batch, and a late one behind it is late', () => {
    const { sinks } = driveSpec({ spec: counting(), ...kit, steps: [lines('1 a, 12 a, 3 a, 13 a')] })
    expect(starts(sinks.out)).toEqual(['a@0=1', 'a@10=2'])
    expect(sinks.late).toMatchObject([{ key: 'a', line: 3, $timestamp: 3 }])
  })

  test('rule 7: it does not matter in how many steps a watermark comes to a chain of nodes with timers', () => {
    const nodes: TestNode[] = [
      { id: 'lines', kind: 'test-source', config: { boundedDelayMs: 40 } },
      { id: 'kept', kind: 'test-filter' },
      { id: 'counts', kind: 'test-window', config: { sizeMs: 10 } },
      { id: 'firsts', kind: 'test-first', config: { forgetMs: 12 } },
      { id: 'out', kind: 'test-sink' },
    ]
    const spec = testSpec(nodes, ['lines.out -> kept.in', 'kept.out -> counts.in', 'counts.out -> firsts.in', 'firsts.out -> out.in'])
    // The filter drops the last ones: with them go the watermarks between which `firsts` forgets the key.
    const all = ['5 a 1', '35 a 1', '70 a -1', '90 a -1', '91 a -1'].map((value) => ({ value }))
    const one = driveSpec({ spec, ...kit, steps: [{ type: 'records', source: 'lines', records: all }] })
    const single = driveSpec({ spec, ...kit, steps: all.map((record) => ({ type: 'records', source: 'lines', records: [record] })) })
    expect(starts(single.sinks.out)).toEqual(['a@0=1', 'a@30=1'])
    expect(one.sinks).toEqual(single.sinks)
  })

  test('rule 7: batches of more than 1,024 records are cut and change nothing', () => {
    const many = Array.from({ length: 3000 }, (_, i) => `${i} k${i % 7}`).join(',')
    const taps: RowsTap[] = []
    const one = open(counting(), { tap: rowsInto(taps) })
    one.engine.setTaps(['counts'])
    one.send(many)
    const other = open(counting())
    for (const line of many.split(',')) other.send(line)
    expect(one.written).toEqual(other.written)
    expect(one.written.length).toBeGreaterThan(2000)
    expect(one.engine.stateHash()).toBe(other.engine.stateHash())
    expect(Math.max(...taps.map((tap) => tap.batch.length))).toBe(1024)
  })
})

describe('rule 8: idle partitions', () => {
  const idle = () => open(counting({ exchange: true, idleAfterMs: 100 }), { partitions: { lines: 2 } })
  const status = (run: ReturnType<typeof idle>, partition: number) => run.engine.metrics().partitions[partition]?.status

  test('rule 8: idle only if caught up and quiet for idleAfterMs; then it holds nothing any more', () => {
    const run = idle()
    run.send('1 a, 30 a', 0)
    run.engine.input({ type: 'tick', nowMs: 1000 })
    expect(status(run, 1)).toBe('waiting')
    run.send('2 a', 1)
    run.engine.input({ type: 'caught-up', source: 'lines', partition: 1 })
    run.engine.input({ type: 'tick', nowMs: 1099 })
    expect(status(run, 1)).toBe('active')
    expect(run.written).toEqual([])
    run.engine.input({ type: 'tick', nowMs: 1100 })
    expect(status(run, 1)).toBe('idle')
    expect(run.written).toEqual(['a 0 2'])
    run.send('31 a', 1)
    expect(status(run, 1)).toBe('active')
  })

  test('rule 8: the idle clock stops while the partition is paused', () => {
    const run = idle()
    run.engine.input({ type: 'caught-up', source: 'lines', partition: 1 })
    run.engine.input({ type: 'tick', nowMs: 60 })
    run.engine.input({ type: 'paused', source: 'lines', partition: 1 })
    run.engine.input({ type: 'tick', nowMs: 500 })
    run.engine.input({ type: 'resumed', source: 'lines', partition: 1 })
    run.engine.input({ type: 'tick', nowMs: 539 })
    expect(status(run, 1)).toBe('waiting')
    run.engine.input({ type: 'tick', nowMs: 540 })
    expect(status(run, 1)).toBe('idle')
  })

  test('rule 8: an idle partition that is assigned again holds the watermark until it has caught up again', () => {
    const run = idle()
    run.engine.input({ type: 'caught-up', source: 'lines', partition: 1 })
    run.engine.input({ type: 'tick', nowMs: 100 })
    run.engine.input({ type: 'assigned', source: 'lines', partition: 1, offset: 0 })
    run.send('1 a, 30 a', 0)
    expect(run.written).toEqual([])
  })
})

describe('rule 9: across an exchange', () => {
  test('rule 9: watermarks and idleness of each upstream partition reach all downstream tasks; a key always the same one', () => {
    const { engine, send } = open(counting({ exchange: true, idleAfterMs: 10 }), { partitions: { lines: 3 } })
    send('1 a, 1 b, 1 c, 1 d, 1 e, 40 a', 0)
    send('2 a, 2 b, 2 c, 2 d, 2 e, 30 a', 1)
    const tasks = () => engine.explain('counts').tasks.map((task) => task.inputs.map((input) => (input.idle ? 'idle' : input.watermark)))
    expect(tasks()).toEqual(Array(3).fill([39, 29, Number.NEGATIVE_INFINITY]))
    engine.input({ type: 'caught-up', source: 'lines', partition: 2 })
    engine.input({ type: 'tick', nowMs: 10 })
    expect(tasks()).toEqual(Array(3).fill([39, 29, 'idle']))
    expect(engine.metrics().nodes.find((node) => node.nodeId === 'counts')).toMatchObject({
      watermark: 29,
      rowsOut: { out: 5 },
      rowsIn: [12],
    })
    engine.input({ type: 'ended', source: 'lines', partition: 2 })
    expect(tasks()).toEqual(Array(3).fill([39, 29, Number.POSITIVE_INFINITY]))
  })

  test('an exchange by no columns brings everything to one task', () => {
    const nodes: TestNode[] = [
      { id: 'lines', kind: 'test-source' },
      { id: 'counts', kind: 'test-window', config: { sizeMs: 10 }, stage: 1 },
    ]
    const run = driveSpec({
      spec: testSpec(nodes, ['lines.out -> counts.in by']),
      ...kit,
      steps: [lines('1 a, 1 b, 1 c', 0), lines('1 d, 1 e', 1)],
      finalWatermark: false,
    })
    expect(run.metrics.nodes[1]?.tasks.map((task) => task.stateKeys)).toEqual([5, 0])
  })

  test('an edge between stages without an exchange joins tasks of the same number; what is left over goes round', () => {
    const nodes: TestNode[] = [
      { id: 'lines', kind: 'test-source' },
      { id: 'kept', kind: 'test-filter', stage: 1 },
      { id: 'out', kind: 'test-sink', stage: 1 },
    ]
    const spec = testSpec(nodes, ['lines.out -> kept.in', 'kept.out -> out.in'])
    const run = driveSpec({ spec, ...kit, steps: [lines('1 a', 0), lines('2 b', 1), lines('3 c', 2)] })
    expect(run.metrics.nodes[1]?.tasks).toHaveLength(3)
    expect(run.sinks.out?.map((row) => row.key)).toEqual(['a', 'b', 'c'])
  })
})

describe('rules 10, 12, 13', () => {
  test('rule 10: a restart does not reopen a closed window', () => {
    const first = open(counting())
    first.send('1 a, 30 a')
    const snapshot = JSON.parse(JSON.stringify(first.engine.snapshot()))
    const second = open(counting(), { restore: snapshot, nowMs: 5 })
    second.engine.input({
      type: 'records',
      source: 'lines',
      topic: 't',
      partition: 0,
      records: logRecordsOf([
        { offset: 1, timestamp: 0, key: null, value: new TextEncoder().encode('30 a 1') },
        { offset: 2, timestamp: 0, key: null, value: new TextEncoder().encode('5 a 1') },
      ]),
    })
    // The record at offset 1 is in the state already; the one behind it is late and goes to the late sink.
    expect(second.written).toEqual(['a 1 3'])
    expect(second.engine.metrics().partitions[0]?.position).toBe(3)
  })

  test('rule 12: a row at the last moment is on time, one after that is late', () => {
    const onTime = driveSpec({ spec: counting({ delay: 10 }), ...kit, steps: [lines('19 a, 1 a')] })
    expect(onTime.sinks.late).toEqual([])
    const late = driveSpec({ spec: counting({ delay: 10 }), ...kit, steps: [lines('20 a, 1 a')] })
    expect(late.sinks.late).toHaveLength(1)
  })

  test('rule 13: the end of a bounded source closes everything, also in tasks whose source has no partition there', () => {
    const nodes: TestNode[] = [
      { id: 'lines', kind: 'test-source' },
      { id: 'others', kind: 'test-source' },
      { id: 'union', kind: 'test-filter' },
      { id: 'counts', kind: 'test-window', config: { sizeMs: 10 } },
      { id: 'out', kind: 'test-sink' },
    ]
    const spec = testSpec(nodes, ['lines.out -> union.in', 'others.out -> union.in', 'union.out -> counts.in', 'counts.out -> out.in'])
    const steps: DriveStep[] = [lines('1 a', 0), lines('2 b, 40 b', 1)]
    const partly = driveSpec({ spec, ...kit, steps, partitions: { others: 1 }, finalWatermark: false })
    // Task 1 has no partition of `others` to wait for; task 0 has.
    expect(starts(partly.sinks.out)).toEqual(['b@0=1'])
    expect(starts(driveSpec({ spec, ...kit, steps, partitions: { others: 1 } }).sinks.out)).toEqual(['b@0=1', 'b@40=1', 'a@0=1'])
  })
})

describe('rules 14, 15', () => {
  test('rule 14: timers fire in (time, key) order', () => {
    const { sinks } = driveSpec({ spec: counting({ delay: 100 }), ...kit, steps: [lines('11 b, 12 a, 1 z, 2 c, 3 a')] })
    expect(starts(sinks.out)).toEqual(['a@0=1', 'c@0=1', 'z@0=1', 'a@10=1', 'b@10=1'])
  })

  test('rule 15: says which partition holds a window, since when, and what would fire it', () => {
    const { engine, send } = open(counting({ exchange: true, delay: 5 }), { partitions: { lines: 2 } })
    engine.input({ type: 'tick', nowMs: 50 })
    send('3 a', 1)
    engine.input({ type: 'tick', nowMs: 70 })
    send('40 a', 0)
    const [task] = engine.explain('counts').tasks.filter((t) => t.timers > 0)
    expect(task).toMatchObject({
      watermark: -3,
      idle: false,
      nextTimer: { time: 9 },
      heldBy: [{ source: 'lines', partition: 1, status: 'active', watermark: -3, sinceMs: 50, needsEventTime: 15 }],
      inputs: [
        { fromNode: 'lines', fromTask: 0, watermark: 34, sinceMs: 70 },
        { fromNode: 'lines', fromTask: 1, watermark: -3, sinceMs: 50 },
      ],
    })
    const before = engine.metrics().nodes.find((node) => node.nodeId === 'counts')
    send('15 b', 1)
    expect(engine.metrics().nodes.find((node) => node.nodeId === 'counts')?.timers).toBe(before?.timers ?? 0)
    expect(engine.metrics().nodes.find((node) => node.nodeId === 'out')?.written).toBe(1)
  })
})

describe('rule 15 while idle', () => {
  test('rule 15: where all inputs are idle it names the partitions that went quiet', () => {
    const { engine, send } = open(counting({ exchange: true, idleAfterMs: 10 }), { partitions: { lines: 2 } })
    send('3 a', 0)
    for (const partition of [0, 1]) engine.input({ type: 'caught-up', source: 'lines', partition })
    engine.input({ type: 'tick', nowMs: 10 })
    const task = engine.explain('counts').tasks.find((candidate) => candidate.timers > 0)
    expect(task).toMatchObject({ idle: true, nextTimer: { time: 9 } })
    expect(task?.heldBy.map((held) => [held.partition, held.status, held.sinceMs])).toEqual([
      [0, 'idle', 10],
      [1, 'idle', 10],
    ])
    expect(engine.metrics().nodes.find((node) => node.nodeId === 'counts')?.idle).toBe(true)
  })
})

describe('failures, dead letters, metrics, taps', () => {
  test('rule 3: a failure names node, code and record, and the engine takes no more', () => {
    const { engine, send } = open(counting())
    send('1 a')
    expect(() => send('2 a, stop')).toThrow(EngineFailure)
    expect(engine.failure).toMatchObject({ nodeId: 'lines', code: 'STOP', topic: 't', partition: 0, offset: 2 })
    expect(() => send('3 a')).toThrow('The record says stop.')
    expect(() => engine.snapshot()).toThrow('not whole')
  })

  test('records behind the end of a partition are refused', () => {
    const { engine, send } = open(counting())
    engine.input({ type: 'ended', source: 'lines', partition: 0 })
    expect(engine.ended).toBe(true)
    expect(() => send('1 a')).toThrow('has ended')
  })

  test('records before the end of a partition that come again after a restart are passed over', () => {
    const first = open(counting())
    first.send('1 a, 2 a')
    first.engine.input({ type: 'ended', source: 'lines', partition: 0 })
    const second = open(counting(), { restore: first.engine.snapshot() })
    second.send('1 a, 2 a')
    second.engine.input({ type: 'ended', source: 'lines', partition: 0 })
    expect(second.written).toEqual([])
    expect(second.engine.metrics().nodes).toEqual(first.engine.metrics().nodes)
    expect(() => second.send('3 a')).toThrow('has ended')
  })

  test('a port without an edge counts its rows; dead letters keep what they are', () => {
    const result = driveSpec({
      spec: counting(),
      ...kit,
      steps: [{ type: 'records', source: 'lines', records: [{ value: 'nonsense', timestamp: 4 }] }],
    })
    expect(result.metrics.nodes[0]).toMatchObject({
      nodeId: 'lines',
      records: 1,
      rowsOut: { out: 0, 'dead-letter': 1 },
      counters: { deadLettered: 1 },
    })
    expect(result.ports.lines?.['dead-letter']).toMatchObject([{ reason: 'nonsense', offset: 0, $timestamp: 4 }])
  })

  test('rows in place of records: event time from the row, the clock where it has none', () => {
    const steps: DriveStep[] = [
      { type: 'advance-clock', byMs: 25 },
      { type: 'rows', source: 'lines', rows: [{ key: 'a', $timestamp: 3 }, { key: 'a' }] },
    ]
    expect(starts(driveSpec({ spec: counting(), ...kit, steps }).sinks.out)).toEqual(['a@0=1', 'a@20=1'])
  })

  test('a snapshot of another spec or other partitions is refused', () => {
    const snapshot = open(counting()).engine.snapshot()
    expect(() => open({ ...counting(), hash: 'other' }, { restore: snapshot })).toThrow('was changed since')
    expect(() => open(counting(), { restore: snapshot, partitions: { lines: 2 } })).toThrow('other partitions')
  })

  test('taps show rows only of the nodes that were asked for', () => {
    const taps: RowsTap[] = []
    const { engine, send } = open(counting(), { tap: rowsInto(taps) })
    send('1 a')
    expect(taps).toEqual([])
    engine.setTaps(['counts'])
    send('2 a, 30 b')
    expect(taps.map((tap) => [tap.nodeId, tap.direction, tap.port, rowsOf(tap.batch).length])).toEqual([
      ['counts', 'in', 'in', 2],
      ['counts', 'out', 'out', 1],
    ])
  })
})

function rowsInto(taps: RowsTap[]): (tap: EngineTap) => void {
  return (tap) => {
    if (tap.direction !== 'set-aside') taps.push(tap)
  }
}

test('traffic: bytes of keys and values in and out, and the time of the last record, of this engine alone', () => {
  const { engine } = open(counting())
  const encoded = (text: string) => new TextEncoder().encode(text)
  const records = logRecordsOf([
    { offset: 0, timestamp: 500, key: encoded('k'), value: encoded('1 a 1') },
    { offset: 1, timestamp: 700, key: null, value: encoded('14 a 1') },
  ])
  engine.input({ type: 'records', source: 'lines', topic: 't', partition: 0, records })
  // What the engine has taken in already is passed over.
  engine.input({ type: 'records', source: 'lines', topic: 't', partition: 0, records })
  const { nodes, partitions } = engine.traffic()
  expect(nodes.find(({ nodeId }) => nodeId === 'lines')).toMatchObject({ bytesIn: 12, bytesOut: 0 })
  expect(nodes.find(({ nodeId }) => nodeId === 'out')?.bytesOut).toBeGreaterThan(0)
  expect(partitions).toEqual([{ source: 'lines', partition: 0, lastTimestamp: 700 }])
  const restored = open(counting(), { restore: engine.snapshot() }).engine
  expect(restored.metrics()).toEqual(engine.metrics())
  expect(restored.traffic().nodes.every(({ bytesIn, bytesOut }) => bytesIn + bytesOut === 0)).toBe(true)
})

test('the bytes of state are those of the nodes that keep some', () => {
  const { engine, send } = open(counting())
  send('1 a, 2 b')
  const bytes = engine.stateBytes()
  expect(bytes.get('counts')).toBeGreaterThan(0)
  expect(bytes.get('lines')).toBe(0)
})
