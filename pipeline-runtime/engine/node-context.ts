import { type Batch, selectRows } from '../data/batch.ts'
import type { Value } from '../data/value.ts'
import type { EdgeSchema } from '../spec/edge-schema.ts'
import { EngineFailure } from './engine-failure.ts'
import type { NodeStores } from './node-stores.ts'
import type { NodeTaps } from './node-taps.ts'
import type { NodeTime } from './node-time.ts'
import type {
  FailedPlace,
  Failure,
  KeyedStore,
  OperatorContext,
  OperatorCounters,
  OutgoingRecord,
  OutputPort,
  RowCursor,
  SinkLimits,
  StateCodec,
  Timers,
} from './operator.ts'
import type { TaskFigures } from './task-figures.ts'
import type { NodeTaskInit, TaskHost } from './task-types.ts'

/** What the operator of a node in one task sees of the engine. */
export class NodeContext implements OperatorContext {
  readonly nodeId: string
  readonly timeZone: string
  readonly inputs: readonly EdgeSchema[]
  readonly inputPorts: readonly string[]
  readonly outputs: Readonly<Record<string, EdgeSchema>>
  readonly sinkLimits: SinkLimits
  readonly timers: Timers
  readonly counters: OperatorCounters
  private readonly task: number
  private readonly host: TaskHost
  private readonly time: NodeTime
  private readonly stores: NodeStores
  private readonly figures: TaskFigures
  private readonly taps: NodeTaps

  constructor(init: NodeTaskInit, time: NodeTime, stores: NodeStores, figures: TaskFigures, taps: NodeTaps) {
    this.nodeId = init.nodeId
    this.timeZone = init.timeZone
    this.inputs = init.inputs
    this.inputPorts = init.inputPorts
    this.outputs = init.outputs
    this.sinkLimits = init.sinkLimits ?? {}
    this.timers = time.timers
    this.counters = figures.counters
    this.task = init.task
    this.host = init.host
    this.time = time
    this.stores = stores
    this.figures = figures
    this.taps = taps
  }

  output(port: string): OutputPort {
    return this.time.port(port)
  }

  write(records: readonly OutgoingRecord[]): void {
    if (records.length === 0) return
    this.figures.written += records.length
    for (const { key, value } of records) this.figures.bytesOut += (key?.length ?? 0) + (value?.length ?? 0)
    this.host.write(this.nodeId, this.task, records)
  }

  rows(batch: Batch): RowCursor {
    return this.time.walk(batch)
  }

  store<V>(name: string, codec: StateCodec<V>): KeyedStore<V> {
    return this.stores.open(name, codec)
  }

  watermark(): number {
    return this.time.watermark
  }

  clockMs(): number {
    return this.host.nowMs
  }

  removed(batch: Batch, rows: Int32Array, count: number): void {
    this.counters.removed += count
    if (count > 0) this.taps.rows('removed', '', -1, () => selectRows(batch, rows, count))
  }

  showSetAside(eventTime: number, failure: FailedPlace, values: () => readonly Value[]): void {
    const { code, reason, topic, partition, offset } = failure // Without the bytes that may come with it.
    this.figures.lastFailed = { code, reason, topic, partition, offset, atMs: this.host.nowMs }
    this.taps.setAside(eventTime, values)
  }

  noRecords(count: number): void {
    this.figures.records -= count
  }

  fail(failure: Failure): never {
    throw new EngineFailure(this.nodeId, failure)
  }
}
