import { type LogRecord, logRecordsOf } from '../data/log-records.ts'
import type { Field } from '../data/types.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import type { Spec, SpecNode } from '../spec/spec.ts'
import { fieldsOf } from '../spec/spec-fields.ts'
import { createEngine, type Engine } from './engine.ts'
import type { EngineMetrics } from './metrics.ts'
import type { OperatorFactory, OutgoingRecord } from './operator.ts'
import { type TestRecord, toLogRecord } from './test-records.ts'
import { batchOf, type OutRow, rowsOf, type TestRow, testValue } from './test-rows.ts'

/** What is fed, in order. Partition 0 where none is named. */
export type DriveStep =
  /**
   * Rows that stand for decoded records, on the source's port `out`. Event time: `$timestamp`, else the column that the source's
   * config names as `eventTime`, else the mock clock. `$partition`, `$key`, `$offset`, `$headers` as record parts.
   */
  | { readonly type: 'rows'; readonly source: string; readonly rows: readonly TestRow[]; readonly port?: string }
  | { readonly type: 'records'; readonly source: string; readonly partition?: number; readonly records: readonly TestRecord[] }
  | { readonly type: 'watermark'; readonly source: string; readonly partition?: number; readonly watermark: number }
  | { readonly type: 'caught-up'; readonly source: string; readonly partition?: number }
  | { readonly type: 'ended'; readonly source: string; readonly partition?: number }
  | { readonly type: 'advance-clock'; readonly byMs: number }

export interface DriveOptions {
  readonly spec: Spec
  readonly operators: Readonly<Record<string, OperatorFactory>>
  readonly kinds: Readonly<Record<string, NodeKind>>
  readonly steps: readonly DriveStep[]
  /** By source; the default is what the steps need. */
  readonly partitions?: Readonly<Record<string, number>>
  /** The mock clock at the start. */
  readonly nowMs?: number
  /** Whether all sources end after the last step, so that every window closes. Default true. */
  readonly finalWatermark?: boolean
}

export interface DriveResult {
  /** Rows that came to each sink, whole and in order. */
  readonly sinks: Readonly<Record<string, readonly OutRow[]>>
  /** Rows that left each node, by node and port. */
  readonly ports: Readonly<Record<string, Readonly<Record<string, readonly OutRow[]>>>>
  /** Records that each sink wrote. */
  readonly writes: Readonly<Record<string, readonly OutgoingRecord[]>>
  readonly metrics: EngineMetrics
  readonly stateHash: string
  readonly engine: Engine
}

/** Runs a spec over given rows and records on a mock clock to quiescence. Throws EngineFailure where the run stops. */
export function driveSpec(options: DriveOptions): DriveResult {
  const { spec, kinds } = options
  const partitions = { ...neededPartitions(options.steps), ...options.partitions }
  const sinks: Record<string, OutRow[]> = {}
  const ports: Record<string, Record<string, OutRow[]>> = {}
  const writes: Record<string, OutgoingRecord[]> = {}
  for (const node of spec.nodes) {
    ports[node.id] = Object.fromEntries(Object.keys(node.outputs).map((port) => [port, []]))
    if (kinds[node.kind]?.category === 'write') {
      sinks[node.id] = []
      writes[node.id] = []
    }
  }
  const engine = createEngine({
    spec,
    kinds,
    operators: options.operators,
    partitions,
    nowMs: options.nowMs ?? 0,
    onOutput: (output) => writes[output.nodeId]?.push(...output.records),
    tap: (tap) => {
      if (tap.direction === 'set-aside' || tap.direction === 'removed') return
      const into = tap.direction === 'in' ? sinks[tap.nodeId] : ports[tap.nodeId]?.[tap.port]
      for (const row of into === undefined ? [] : rowsOf(tap.batch)) into?.push(row)
    },
  })
  engine.setTaps('all')
  const driver = new Driver(spec, engine, options.nowMs ?? 0)
  for (const step of options.steps) driver.step(step)
  if (options.finalWatermark !== false) {
    for (const partition of engine.metrics().partitions)
      engine.input({ type: 'ended', source: partition.source, partition: partition.partition })
  }
  return { sinks, ports, writes, metrics: engine.metrics(), stateHash: engine.stateHash(), engine }
}

function neededPartitions(steps: readonly DriveStep[]): Record<string, number> {
  const needed: Record<string, number> = {}
  const need = (source: string, partition: unknown) => {
    needed[source] = Math.max(needed[source] ?? 1, (typeof partition === 'number' ? partition : 0) + 1)
  }
  for (const step of steps) {
    if (step.type === 'advance-clock') continue
    if (step.type === 'rows') for (const row of step.rows) need(step.source, row.$partition)
    else need(step.source, step.partition)
  }
  return needed
}

class Driver {
  private readonly spec: Spec
  private readonly engine: Engine
  private nowMs: number
  private readonly offsets = new Map<string, number>()

  constructor(spec: Spec, engine: Engine, nowMs: number) {
    this.spec = spec
    this.engine = engine
    this.nowMs = nowMs
  }

  step(step: DriveStep): void {
    switch (step.type) {
      case 'advance-clock':
        this.nowMs += step.byMs
        this.engine.input({ type: 'tick', nowMs: this.nowMs })
        break
      case 'rows':
        this.rows(step.source, step.rows, step.port ?? 'out')
        break
      case 'records': {
        const partition = step.partition ?? 0
        const records: LogRecord[] = step.records.map((record) => {
          const made = toLogRecord(record, this.offset(step.source, partition))
          this.offsets.set(`${step.source}/${partition}`, made.offset + 1)
          return made
        })
        const topic = topicOf(this.node(step.source))
        this.engine.input({ type: 'records', source: step.source, topic, partition, records: logRecordsOf(records) })
        break
      }
      case 'watermark':
        this.engine.input({ type: 'watermark', source: step.source, partition: step.partition ?? 0, watermark: step.watermark })
        break
      case 'caught-up':
      case 'ended':
        this.engine.input({ type: step.type, source: step.source, partition: step.partition ?? 0 })
        break
    }
  }

  private rows(source: string, rows: readonly TestRow[], port: string): void {
    const node = this.node(source)
    const schema = node.outputs[port]
    if (schema === undefined) throw new Error(`Source ${source} has no out port ${port}.`)
    const fields = fieldsOf(schema)
    // A batch never mixes partitions.
    for (let start = 0; start < rows.length; ) {
      const partition = partitionOf(rows[start])
      let end = start + 1
      while (end < rows.length && partitionOf(rows[end]) === partition) end++
      const firstOffset = this.offset(source, partition)
      this.offsets.set(`${source}/${partition}`, firstOffset + end - start)
      const timed = rows.slice(start, end).map((row) => ({ ...row, $timestamp: row.$timestamp ?? this.eventTime(node, fields, row) }))
      const batch = batchOf(fields, timed, { recordParts: schema.recordParts, firstOffset, partition, topic: topicOf(node) })
      this.engine.input({ type: 'rows', source, partition, port, batch })
      start = end
    }
  }

  private eventTime(node: SpecNode, fields: readonly Field[], row: TestRow): number {
    const column = configText(node, 'eventTime')
    const field = fields.find((f) => f.name === column)
    const value = field === undefined ? undefined : testValue(field.type, row[field.name])
    return typeof value === 'number' ? value : this.nowMs
  }

  private node(source: string): SpecNode {
    const node = this.spec.nodes.find((n) => n.id === source)
    if (node === undefined) throw new Error(`The spec has no source ${source}.`)
    return node
  }

  private offset(source: string, partition: number): number {
    return this.offsets.get(`${source}/${partition}`) ?? 0
  }
}

function partitionOf(row: TestRow | undefined): number {
  return typeof row?.$partition === 'number' ? row.$partition : 0
}

function topicOf(node: SpecNode): string {
  return configText(node, 'topic') ?? configText(node, 'path') ?? node.id
}

function configText(node: SpecNode, name: string): string | undefined {
  const config = node.config
  const value = typeof config === 'object' && config !== null ? (config as Readonly<Record<string, unknown>>)[name] : undefined
  return typeof value === 'string' ? value : undefined
}
