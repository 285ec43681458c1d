import { logRecordsOf } from '../../pipeline-runtime/data/log-records.ts'
import type { Json, Value } from '../../pipeline-runtime/data/value.ts'
import { MAX_BATCH_ROWS } from '../../pipeline-runtime/engine/limits.ts'
import { NodeTask } from '../../pipeline-runtime/engine/node-task.ts'
import type { OpenResult, OperatorCounters, OperatorFactory, OutgoingRecord, SinkLimits } from '../../pipeline-runtime/engine/operator.ts'
import { PartitionClock } from '../../pipeline-runtime/engine/partition-clock.ts'
import { sourceTimes } from '../../pipeline-runtime/engine/source-times.ts'
import type { NodeTaskSnapshot, TaskHost } from '../../pipeline-runtime/engine/task-types.ts'
import { type TestRecord, toLogRecord } from '../../pipeline-runtime/engine/test-records.ts'
import { batchOf, type OutRow, rowsOf, type TestRow } from '../../pipeline-runtime/engine/test-rows.ts'
import type { EdgeSchema } from '../../pipeline-runtime/spec/edge-schema.ts'
import type { NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'

/** What the harness needs to know beside the kind, its operator and the config. */
export interface HarnessOptions {
  /** Schemas of the in edges, in order. */
  readonly inputs?: readonly EdgeSchema[]
  /** In ports of these; the default gives each port of the kind one edge in order, the last one takes the rest. */
  readonly inputPorts?: readonly string[]
  /** Schemas of the out ports; the default is what the kind derives. */
  readonly outputs?: Readonly<Record<string, EdgeSchema>>
  readonly timeZone?: string
  readonly nowMs?: number
  /** Of a sink. */
  readonly sinkLimits?: SinkLimits
  /** Of a source. */
  readonly topic?: string
  readonly partition?: number
  /** State from `snapshot()` of another harness. */
  readonly restore?: Json
}

/** One operator in one task, without a spec: rows, watermarks, records and ticks go in, rows per port and writes come out. */
export interface Harness {
  /** Rows on one in edge; `$timestamp` is their event time, their watermark that of the edge unless they have `$watermark`. */
  rows(input: number, rows: readonly TestRow[]): void
  /** Moves the watermark of one in edge: for one edge that of the node, for several the minimum counts. */
  watermark(input: number, watermark: number): void
  idle(input: number, idle: boolean): void
  /** The end of all inputs: a watermark of +Infinity. */
  end(): void
  /** Of a source: records of its partition. Event times move its watermark as in the engine. */
  records(records: readonly TestRecord[]): void
  /** Processing time. */
  clock(nowMs: number): void
  /** Rows that left by the port since the last call, with `$timestamp` and, where it is no INSERT, `$kind`. */
  takeRows(port: string): OutRow[]
  /** The watermark stamps of the rows that the last `takeRows` of the port gave. */
  stamps(port: string): readonly number[]
  takeWrites(): OutgoingRecord[]
  /** Rows that ended in the node since the last call. */
  takeRemoved(): OutRow[]
  /** Values of rows that failed since the last call, whatever the policy made of them. */
  takeSetAside(): (readonly Value[])[]
  openRows(port: string, limit: number): readonly OpenResult[]
  readonly counters: OperatorCounters
  readonly watermarkNow: number
  readonly stateKeys: number
  readonly timerCount: number
  stateHash(): string
  /** Plain JSON, for `restore` of another harness. */
  snapshot(): Json
}

export function createHarness<K extends NodeKind>(
  kind: K,
  factory: OperatorFactory<K>,
  config: unknown,
  options: HarnessOptions = {},
): Harness {
  const parsed = kind.config.parse(config)
  const inputs = options.inputs ?? []
  const ports = kind.ports(parsed)
  const inputPorts = options.inputPorts ?? inputs.map((_, i) => ports.in[Math.min(i, ports.in.length - 1)]?.name ?? 'in')
  const timeZone = options.timeZone ?? 'UTC'
  const outputs = options.outputs ?? deriveOutputs(kind, parsed, inputs, inputPorts, timeZone)
  return new TaskHarness(kind.kind, factory, parsed, { ...options, inputs, inputPorts, outputs, timeZone }, ports.in.length === 0)
}

function deriveOutputs(kind: NodeKind, config: unknown, inputs: readonly EdgeSchema[], inputPorts: readonly string[], timeZone: string) {
  const byPort: Record<string, EdgeSchema[]> = {}
  for (const port of kind.ports(config).in) byPort[port.name] = []
  inputs.forEach((schema, i) => {
    const port = inputPorts[i] ?? 'in'
    byPort[port] = [...(byPort[port] ?? []), schema]
  })
  return kind.derive(config, byPort, {
    timeZone,
    issue(issue) {
      if (issue.severity !== 'warning')
        throw new Error(`The config of ${kind.kind} has an issue: ${issue.code} at ${issue.path.join('.')}: ${issue.message}`)
    },
  })
}

interface PortOut {
  rows: OutRow[]
  stamps: number[]
  takenStamps: readonly number[]
}

class TaskHarness implements Harness {
  private readonly task: NodeTask
  private readonly inputs: readonly EdgeSchema[]
  private readonly out = new Map<string, PortOut>()
  private writes: OutgoingRecord[] = []
  private readonly removed: OutRow[] = []
  private readonly setAside: (readonly Value[])[] = []
  private readonly edgeWatermarks: number[]
  private readonly offsets: number[]
  private nextOffset = 0
  private readonly host: { nowMs: number } & TaskHost
  private readonly topic: string
  private readonly partition: number
  private readonly partitionClock: PartitionClock | undefined

  constructor(
    nodeId: string,
    factory: OperatorFactory,
    config: unknown,
    options: HarnessOptions & Required<Pick<HarnessOptions, 'inputs' | 'inputPorts' | 'outputs' | 'timeZone'>>,
    isSource: boolean,
  ) {
    for (const port of Object.keys(options.outputs)) this.out.set(port, { rows: [], stamps: [], takenStamps: [] })
    this.inputs = options.inputs
    this.topic = options.topic ?? 'test'
    this.partition = options.partition ?? 0
    this.edgeWatermarks = options.inputs.map(() => Number.NEGATIVE_INFINITY)
    this.offsets = options.inputs.map(() => 0)
    this.partitionClock = isSource ? new PartitionClock(sourceTimes(config).boundedDelayMs) : undefined
    this.host = {
      nowMs: options.nowMs ?? 0,
      write: (_node, _task, records) => {
        for (const record of records) this.writes.push(record)
      },
      isTapped: () => true,
      tap: (tap) => {
        if (tap.direction === 'set-aside') {
          this.setAside.push(tap.values)
          return
        }
        const { batch } = tap
        if (tap.direction === 'removed') for (const row of rowsOf(batch)) this.removed.push(row)
        const out = tap.direction === 'out' ? this.out.get(tap.port) : undefined
        if (out === undefined) return
        for (const row of rowsOf(batch)) out.rows.push(row)
        for (const stamp of batch.watermarks.subarray(0, batch.length)) out.stamps.push(stamp)
      },
    }
    this.task = new NodeTask({
      nodeId,
      task: 0,
      factory,
      config,
      timeZone: options.timeZone,
      inputs: options.inputs,
      inputPorts: options.inputPorts,
      outputs: options.outputs,
      channelInputs: options.inputs.map((_, i) => i),
      clock: this.partitionClock,
      sinkLimits: options.sinkLimits,
      host: this.host,
    })
    if (options.restore !== undefined) this.restore(options.restore)
  }

  rows(input: number, rows: readonly TestRow[]): void {
    const schema = this.inputs[input]
    if (schema === undefined) throw new Error(`There is no in edge ${input}.`)
    const watermark = this.edgeWatermarks[input] ?? Number.NEGATIVE_INFINITY
    const firstOffset = this.offsets[input] ?? 0
    this.offsets[input] = firstOffset + rows.length
    this.task.receiveBatch(input, batchOf(schema.columns, rows, { watermark, recordParts: schema.recordParts, firstOffset }))
  }

  watermark(input: number, watermark: number): void {
    this.edgeWatermarks[input] = Math.max(watermark, this.edgeWatermarks[input] ?? watermark)
    this.task.receiveWatermark(input, watermark)
  }

  idle(input: number, idle: boolean): void {
    this.task.receiveIdle(input, idle)
  }

  end(): void {
    if (this.partitionClock !== undefined) this.task.moveTo(Number.POSITIVE_INFINITY)
    for (let input = 0; input < this.edgeWatermarks.length; input++) this.watermark(input, Number.POSITIVE_INFINITY)
  }

  records(records: readonly TestRecord[]): void {
    const all = records.map((record) => {
      const made = toLogRecord(record, this.nextOffset)
      this.nextOffset = made.offset + 1
      return made
    })
    for (let start = 0; start < all.length; start += MAX_BATCH_ROWS) {
      this.task.receiveRecords(logRecordsOf(all.slice(start, start + MAX_BATCH_ROWS)), this.topic, this.partition)
    }
  }

  clock(nowMs: number): void {
    this.host.nowMs = nowMs
    this.task.tick(nowMs)
  }

  takeRows(port: string): OutRow[] {
    const out = this.portOut(port)
    const rows = out.rows
    out.takenStamps = out.stamps
    out.rows = []
    out.stamps = []
    return rows
  }

  stamps(port: string): readonly number[] {
    return this.portOut(port).takenStamps
  }

  takeWrites(): OutgoingRecord[] {
    const writes = this.writes
    this.writes = []
    return writes
  }

  takeRemoved(): OutRow[] {
    return this.removed.splice(0)
  }

  takeSetAside(): (readonly Value[])[] {
    return this.setAside.splice(0)
  }

  openRows(port: string, limit: number): readonly OpenResult[] {
    return this.task.openRows(port, limit)
  }

  get counters(): OperatorCounters {
    return this.task.figures.counters
  }
  get watermarkNow(): number {
    return this.task.time.watermark
  }
  get stateKeys(): number {
    return this.task.stores.keys
  }
  get timerCount(): number {
    return this.task.time.timers.size
  }

  stateHash(): string {
    return this.task.stateHash()
  }

  snapshot(): Json {
    const saved = {
      task: this.task.snapshot(),
      nextOffset: this.nextOffset,
      offsets: this.offsets,
      maxEventTime: numberText(this.partitionClock?.maxEventTime),
    }
    // Through text, so that a snapshot shares nothing with the running operator and holds what JSON holds.
    return JSON.parse(JSON.stringify(saved))
  }

  private restore(json: Json): void {
    // Made by `snapshot` above.
    const saved = json as unknown as { task: NodeTaskSnapshot; nextOffset: number; offsets: number[]; maxEventTime: string }
    if (this.partitionClock !== undefined) this.partitionClock.maxEventTime = Number(saved.maxEventTime)
    this.task.restore(saved.task)
    this.nextOffset = saved.nextOffset
    for (let i = 0; i < this.edgeWatermarks.length; i++) {
      this.offsets[i] = saved.offsets[i] ?? 0
      this.edgeWatermarks[i] = this.task.channels.value(i)
    }
  }

  private portOut(port: string): PortOut {
    const out = this.out.get(port)
    if (out === undefined) throw new Error(`No out port ${port}; there are ${[...this.out.keys()].join(', ')}.`)
    return out
  }
}

function numberText(value: number | undefined): string {
  return String(value ?? Number.NEGATIVE_INFINITY)
}
