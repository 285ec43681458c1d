import { z } from 'zod'
import { selectRows } from '../data/batch.ts'
import { type LogRecords, valueBytes } from '../data/log-records.ts'
import { BIGINT, type Field, printType, STRING, TIMESTAMP } from '../data/types.ts'
import { encodeKeyPart } from '../data/value.ts'
import { APPEND, DEAD_LETTER_SCHEMA, type EdgeSchema, rowsSchema } from '../spec/edge-schema.ts'
import { defineNodeKind, type NodeKind } from '../spec/node-kind.ts'
import type { Spec, SpecEdge, SpecSchema } from '../spec/spec.ts'
import { implement, type OperatorFactory } from './operator.ts'

// A small pipeline for the tests of the engine itself: kinds that exist nowhere else.

const shared = {
  version: 1,
  category: 'shape',
  icon: 'box',
  description: 'Only for tests of the engine.',
  sentence: () => '',
  promise: 'set',
  migrations: [],
  examples: [],
} as const

const ROW: readonly Field[] = [
  { name: 'key', type: STRING },
  { name: 'amount', type: BIGINT },
  { name: 'line', type: BIGINT },
]
const ROW_SCHEMA = rowsSchema(ROW)
const COUNT_SCHEMA = rowsSchema([
  { name: 'key', type: STRING },
  { name: 'start', type: TIMESTAMP },
  { name: 'rows', type: BIGINT },
])

/** Records `TIME KEY AMOUNT`; numbers its lines, which it saves beside positions. Anything else is a dead letter, `stop` fails. */
export const testSource = defineNodeKind({
  ...shared,
  kind: 'test-source',
  title: 'Lines',
  config: z.strictObject({ boundedDelayMs: z.number().default(0), idleAfterMs: z.number().optional() }),
  ports: () => ({
    in: [],
    out: [
      { name: 'out', title: 'Rows', role: 'rows' },
      { name: 'dead-letter', title: 'Undecodable', role: 'dead-letter' },
    ],
  }),
  derive: () => ({ out: ROW_SCHEMA, 'dead-letter': DEAD_LETTER_SCHEMA }),
})

export const testSourceOperator = implement(testSource, (_config, context) => {
  const out = context.output('out')
  const dead = context.output('dead-letter')
  let line = 0
  return {
    receive(records, origin) {
      for (let i = 0; i < records.count; i++) {
        const text = textOf(records, i)
        if (text === 'stop') {
          context.fail({
            code: 'STOP',
            message: 'The record says stop.',
            topic: origin.topic,
            partition: origin.partition,
            offset: records.offsets[i],
          })
        }
        const match = /^(-?\d+) (\S+) (-?\d+)$/.exec(text)
        if (match === null) {
          context.counters.deadLettered++
          const values = [
            context.nodeId,
            'UNDECODABLE',
            text,
            origin.topic,
            origin.partition,
            records.offsets[i] ?? 0,
            records.timestamps[i] ?? 0,
            null,
            null,
            null,
          ]
          values.forEach((value, column) => {
            dead.columns[column]?.append(value)
          })
          dead.endRow(records.timestamps[i] ?? 0)
          continue
        }
        out.columns[0]?.append(match[2] ?? '')
        out.columns[1]?.append(Number(match[3]))
        out.columns[2]?.append(++line)
        out.endRow(Number(match[1]))
      }
    },
    snapshot: () => line,
    restore(snapshot) {
      line = Number(snapshot)
    },
  }
})

function textOf(records: LogRecords, index: number): string {
  return new TextDecoder().decode(valueBytes(records, index) ?? new Uint8Array())
}

/** Keeps rows whose amount is not negative. */
export const testFilter = defineNodeKind({
  ...shared,
  kind: 'test-filter',
  title: 'Not negative',
  config: z.strictObject({}),
  ports: () => ({ in: [{ name: 'in', title: 'Rows', many: true }], out: [{ name: 'out', title: 'Rows', role: 'rows' }] }),
  derive: () => ({ out: ROW_SCHEMA }),
})

export const testFilterOperator = implement(testFilter, (_config, context) => {
  const out = context.output('out')
  return {
    process(_input, batch) {
      const amounts = batch.column('amount')
      const rows = new Int32Array(batch.length)
      let kept = 0
      for (let row = 0; row < batch.length; row++) if (Number(amounts.value(row)) >= 0) rows[kept++] = row
      context.counters.removed += batch.length - kept
      out.emit(selectRows(batch, rows, kept))
    },
  }
})

/** Counts rows per key and tumbling window, final; late rows leave by `late`. */
export const testWindow = defineNodeKind({
  ...shared,
  kind: 'test-window',
  title: 'Count',
  config: z.strictObject({ sizeMs: z.number() }),
  ports: () => ({
    in: [{ name: 'in', title: 'Rows' }],
    out: [
      { name: 'out', title: 'Counts', role: 'rows' },
      { name: 'late', title: 'Late rows', role: 'late' },
    ],
  }),
  derive: (_config, inputs) => ({ out: COUNT_SCHEMA, late: { ...(inputs.in?.[0] ?? ROW_SCHEMA), recordParts: false, role: 'late' } }),
  groupedBy: () => ['key'],
})

export const testWindowOperator = implement(testWindow, (config, context) => {
  const out = context.output('out')
  const late = context.output('late')
  const store = context.store<{ key: string; start: number; rows: number }>('windows', {
    encode: (value) => [value.key, value.start, value.rows],
    decode: (json) => {
      const [key, start, rows] = json as [string, number, number]
      return { key, start, rows }
    },
  })
  return {
    process(_input, batch) {
      const keys = batch.column('key')
      const lateRows = new Int32Array(batch.length)
      let lateCount = 0
      const cursor = context.rows(batch)
      for (let row = cursor.next(); row >= 0; row = cursor.next()) {
        const time = batch.eventTimes[row] ?? 0
        const start = Math.floor(time / config.sizeMs) * config.sizeMs
        const end = start + config.sizeMs
        if (context.watermark() >= end - 1) {
          lateRows[lateCount++] = row
          continue
        }
        const key = String(keys.value(row))
        const slot = `${start}/${encodeKeyPart(STRING, key)}`
        const window = store.get(slot) ?? { key, start, rows: 0 }
        window.rows++
        store.put(slot, window)
        context.timers.set(end - 1, slot)
      }
      context.counters.late += lateCount
      if (lateCount > 0) late.emit(selectRows(batch, lateRows, lateCount))
    },
    onTimer(time, slot) {
      const window = store.get(slot)
      if (window === undefined) throw new Error(`No window ${slot}.`)
      store.delete(slot)
      out.columns[0]?.append(window.key)
      out.columns[1]?.appendNumber(window.start)
      out.columns[2]?.append(window.rows)
      out.endRow(time)
    },
  }
})

/** Passes a row on unless its key came less than `forgetMs` of event time ago: its result shows when timers fire. */
const testFirst = defineNodeKind({
  ...shared,
  kind: 'test-first',
  title: 'First per key',
  config: z.strictObject({ forgetMs: z.number() }),
  ports: () => ({ in: [{ name: 'in', title: 'Rows' }], out: [{ name: 'out', title: 'Rows', role: 'rows' }] }),
  derive: (_config, inputs) => ({ out: inputs.in?.[0] ?? COUNT_SCHEMA }),
})

const testFirstOperator = implement(testFirst, (config, context) => {
  const out = context.output('out')
  const seen = context.store<number>('seen', { encode: (value) => value, decode: Number })
  return {
    process(_input, batch) {
      const keys = batch.column('key')
      const rows = new Int32Array(batch.length)
      let kept = 0
      const cursor = context.rows(batch)
      for (let row = cursor.next(); row >= 0; row = cursor.next()) {
        const key = String(keys.value(row))
        if (seen.get(key) !== undefined) continue
        const time = batch.eventTimes[row] ?? 0
        seen.put(key, time)
        context.timers.set(time + config.forgetMs, key)
        rows[kept++] = row
      }
      context.counters.removed += batch.length - kept
      if (kept > 0) out.emit(selectRows(batch, rows, kept))
    },
    onTimer(_time, key) {
      seen.delete(key)
    },
  }
})

/** Writes each row as text. */
const testSink = defineNodeKind({
  ...shared,
  kind: 'test-sink',
  title: 'Text',
  config: z.strictObject({}),
  category: 'write',
  ports: () => ({ in: [{ name: 'in', title: 'Rows', many: true }], out: [] }),
  derive: () => ({}),
})

const testSinkOperator = implement(testSink, (_config, context) => ({
  process(_input, batch) {
    for (let row = 0; row < batch.length; row++) {
      const text = batch.fields.map((field) => String(batch.column(field.name).value(row))).join(' ')
      context.write([{ key: null, value: new TextEncoder().encode(text), timestamp: batch.eventTimes[row] ?? 0 }])
    }
  },
}))

export const TEST_KINDS: Readonly<Record<string, NodeKind>> = {
  'test-source': testSource,
  'test-filter': testFilter,
  'test-window': testWindow,
  'test-first': testFirst,
  'test-sink': testSink,
}

export const TEST_OPERATORS: Readonly<Record<string, OperatorFactory>> = {
  'test-source': testSourceOperator,
  'test-filter': testFilterOperator,
  'test-window': testWindowOperator,
  'test-first': testFirstOperator,
  'test-sink': testSinkOperator,
}

export interface TestNode {
  readonly id: string
  readonly kind: string
  readonly config?: Readonly<Record<string, unknown>>
  readonly stage?: number
}

/** A spec of test kinds; edges as `a.out -> b.in`, with `by key` behind it for an exchange. */
export function testSpec(nodes: readonly TestNode[], edges: readonly string[]): Spec {
  const parsed = edges.map((text): SpecEdge => {
    const match = /^(\w+)\.([\w-]+) -> (\w+)\.(\w+)(?: by ?(.*))?$/.exec(text)
    if (match === null) throw new Error(`No edge: ${text}`)
    const [, fromNode = '', fromPort = '', toNode = '', toPort = '', by] = match
    const repartition = by === undefined ? {} : { repartitionBy: by === '' ? [] : by.split(',') }
    return { from: { node: fromNode, port: fromPort }, to: { node: toNode, port: toPort }, ...repartition }
  })
  const outputs = new Map<string, Readonly<Record<string, EdgeSchema>>>()
  const specNodes = nodes.map((node) => {
    const kind = TEST_KINDS[node.kind]
    if (kind === undefined) throw new Error(`No test kind ${node.kind}.`)
    const config: unknown = kind.config.parse(node.config ?? {})
    const inputs = parsed.filter((edge) => edge.to.node === node.id).map((edge) => outputs.get(edge.from.node)?.[edge.from.port])
    const derived = kind.derive(config, { in: inputs }, { timeZone: 'UTC', issue: () => undefined })
    outputs.set(node.id, derived)
    const specOutputs = Object.fromEntries(Object.entries(derived).map(([port, schema]) => [port, specSchema(schema)]))
    return { id: node.id, kind: node.kind, config, stage: node.stage ?? 0, outputs: specOutputs }
  })
  const stageIds = [...new Set(specNodes.map((node) => node.stage))]
  return {
    specVersion: 1,
    hash: 'test',
    kinds: {},
    timeZone: 'UTC',
    guarantee: 'at-least-once',
    start: { type: 'earliest' },
    stop: { type: 'end' },
    nodes: specNodes,
    edges: parsed,
    stages: stageIds.map((id) => ({ id, nodes: specNodes.filter((node) => node.stage === id).map((node) => node.id) })),
    drawing: { name: 'test', order: [], titles: {}, tests: [], notes: [], layout: {} },
  }
}

function specSchema(schema: EdgeSchema): SpecSchema {
  return {
    columns: schema.columns.map((column) => ({ name: column.name, type: printType(column.type) })),
    recordParts: schema.recordParts,
    mode: APPEND,
    role: schema.role,
  }
}
