import { type Batch, selectRows, sliceRows, withWatermarks } from '../data/batch.ts'
import { type LogRecords, payloadBytes } from '../data/log-records.ts'
import type { Value } from '../data/value.ts'
import type { EdgeSchema } from '../spec/edge-schema.ts'
import { EngineFailure } from './engine-failure.ts'
import type { RowsTap } from './input.ts'
import { MemoryStore } from './keyed-store.ts'
import { MAX_BATCH_ROWS } from './limits.ts'
import type {
  FailedPlace,
  Failure,
  KeyedStore,
  OpenResult,
  Operator,
  OperatorContext,
  OperatorCounters,
  OutgoingRecord,
  RowCursor,
  SinkLimits,
  StateCodec,
} from './operator.ts'
import { NodeOutput, type PortHost, type Receiver } from './output-port.ts'
import type { PartitionClock } from './partition-clock.ts'
import { StateHash } from './state-hash.ts'
import type { NodeTaskInit, NodeTaskSnapshot, TaskHost } from './task-types.ts'
import { TimerQueue } from './timers.ts'
import { ChannelWatermarks, numberFromJson, numberToJson } from './watermark.ts'

/** Where the operator is called from; decides what may be done. */
const Phase = { OUTSIDE: 0, PROCESS: 1, WALK: 2, WALKED: 3 } as const
type Phase = (typeof Phase)[keyof typeof Phase]

/** One node in one task: its operator with the time, timers, stores and ports that the operator sees as its context. */
export class NodeTask implements OperatorContext, PortHost {
  readonly nodeId: string
  readonly task: number
  readonly timeZone: string
  readonly inputs: readonly EdgeSchema[]
  readonly inputPorts: readonly string[]
  readonly outputs: Readonly<Record<string, EdgeSchema>>
  readonly sinkLimits: SinkLimits
  readonly channelInputs: readonly number[]
  readonly channels: ChannelWatermarks
  readonly timers: TimerQueue
  readonly counters: OperatorCounters = { removed: 0, late: 0, errors: 0, skipped: 0, deadLettered: 0, tombstones: 0, other: {} }
  readonly ports: readonly NodeOutput[]
  readonly rowsIn: number[]
  records = 0
  written = 0
  bytesIn = 0
  bytesOut = 0
  /** With the clock at that moment; not saved. */
  lastFailed: (FailedPlace & { readonly atMs: number }) | undefined
  private current = Number.NEGATIVE_INFINITY
  private idle = false
  private phase: Phase = Phase.OUTSIDE
  private readonly timerHash = new StateHash()
  private readonly stores = new Map<string, MemoryStore<unknown>>()
  private readonly clock: PartitionClock | undefined
  private readonly host: TaskHost
  private readonly operator: Operator
  private readonly delay: number
  private made = false

  constructor(init: NodeTaskInit) {
    this.nodeId = init.nodeId
    this.task = init.task
    this.timeZone = init.timeZone
    this.inputs = init.inputs
    this.inputPorts = init.inputPorts
    this.outputs = init.outputs
    this.sinkLimits = init.sinkLimits ?? {}
    this.channelInputs = init.channelInputs
    this.channels = new ChannelWatermarks(init.channelInputs.length)
    this.rowsIn = init.inputs.map(() => 0)
    this.clock = init.clock
    this.host = init.host
    this.timers = new TimerQueue(this.timerHash, `${this.nodeId}/${this.task}`)
    this.ports = Object.entries(init.outputs).map(([name, schema]) => new NodeOutput(name, schema, this))
    try {
      this.operator = init.factory.create(init.config, this)
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
    this.delay = this.operator.outputDelayMs ?? 0
    this.made = true
  }

  // --- what the operator calls -------------------------------------------------------------------------------------------

  output(port: string): NodeOutput {
    const output = this.ports.find((p) => p.name === port)
    if (output === undefined) throw new Error(`No out port ${port}; there are ${this.ports.map((p) => p.name).join(', ') || 'none'}.`)
    return output
  }

  write(records: readonly OutgoingRecord[]): void {
    if (records.length === 0) return
    this.written += records.length
    for (const { key, value } of records) this.bytesOut += (key?.length ?? 0) + (value?.length ?? 0)
    this.host.write(this.nodeId, this.task, records)
  }

  rows(batch: Batch): RowCursor {
    this.phase = Phase.WALK
    let row = -1
    return {
      next: () => {
        if (++row >= batch.length) {
          this.phase = Phase.WALKED
          return -1
        }
        const watermark = batch.watermarks[row] as number
        if (watermark > this.current) this.advance(watermark)
        return row
      },
    }
  }

  store<V>(name: string, codec: StateCodec<V>): KeyedStore<V> {
    if (this.made) throw new Error(`Ask for store ${name} while the operator is made.`)
    if (this.stores.has(name)) throw new Error(`Store ${name} was asked for twice.`)
    const store = new MemoryStore(codec, `${this.nodeId}/${this.task}/store/${name}`)
    // Only this operator gets values out of it again, under its own V.
    this.stores.set(name, store as unknown as MemoryStore<unknown>)
    return store
  }

  watermark(): number {
    return this.current
  }

  clockMs(): number {
    return this.host.nowMs
  }

  removed(batch: Batch, rows: Int32Array, count: number): void {
    this.counters.removed += count
    if (count > 0) this.look('removed', '', -1, () => selectRows(batch, rows, count))
  }

  showSetAside(eventTime: number, failure: FailedPlace, values: () => readonly Value[]): void {
    const { nodeId, task } = this
    const { code, reason, topic, partition, offset } = failure // Without the bytes that may come with it.
    this.lastFailed = { code, reason, topic, partition, offset, atMs: this.host.nowMs }
    if (this.host.isTapped(nodeId)) this.host.tap({ nodeId, task, direction: 'set-aside', eventTime, values: values() })
  }

  noRecords(count: number): void {
    this.records -= count
  }

  fail(failure: Failure): never {
    throw new EngineFailure(this.nodeId, failure)
  }

  // --- what its ports call -----------------------------------------------------------------------------------------------

  rowMade(port: NodeOutput, eventTime: number): void {
    if (this.phase === Phase.PROCESS && port.schema.role !== 'dead-letter') {
      throw new Error(
        `rows for port ${port.name} were made outside a walk over context.rows(batch), so their watermark is not known (rule 7).`,
      )
    }
    if (this.clock !== undefined && port.schema.role === 'rows') {
      this.clock.observe(eventTime)
      if (this.clock.watermark > port.stamp) port.stamp = this.clock.watermark
    }
  }

  stampEmitted(port: NodeOutput, batch: Batch): Batch {
    if (this.clock === undefined) {
      if (this.delay === 0) return batch
      return withWatermarks(
        batch,
        batch.watermarks.subarray(0, batch.length).map((watermark) => watermark - this.delay),
      )
    }
    const stamps =
      port.schema.role === 'rows' ? this.clock.stamp(batch.eventTimes, batch.length) : new Float64Array(batch.length).fill(this.current)
    return withWatermarks(batch, stamps)
  }

  rowsLeave(port: NodeOutput, batch: Batch): void {
    this.look('out', port.name, -1, () => batch)
  }

  // --- what the engine calls ---------------------------------------------------------------------------------------------

  get isIdle(): boolean {
    return this.idle
  }

  get stateKeys(): number {
    let keys = 0
    for (const store of this.stores.values()) keys += store.size
    return keys
  }

  stateBytes(): number {
    let bytes = 0
    for (const store of this.stores.values()) bytes += store.estimatedBytes()
    return bytes
  }

  /** The end of an edge, for the port at its start. */
  channel(channel: number): Receiver {
    return {
      receiveBatch: (batch) => this.receiveBatch(channel, batch),
      receiveWatermark: (watermark) => this.receiveWatermark(channel, watermark),
      receiveIdle: (idle) => this.receiveIdle(channel, idle),
    }
  }

  receiveBatch(channel: number, batch: Batch): void {
    if (batch.length > MAX_BATCH_ROWS) {
      for (let start = 0; start < batch.length; start += MAX_BATCH_ROWS) {
        this.receiveBatch(channel, sliceRows(batch, start, Math.min(start + MAX_BATCH_ROWS, batch.length)))
      }
      return
    }
    if (batch.length === 0) return
    if (this.channels.isIdle(channel)) this.receiveIdle(channel, false)
    const input = this.channelInputs[channel] as number
    const stamps = this.channels.stamp(channel, batch.watermarks, batch.length)
    const stamped = stamps === batch.watermarks ? batch : withWatermarks(batch, stamps)
    this.rowsIn[input] = (this.rowsIn[input] as number) + batch.length
    this.look('in', this.inputPorts[input] ?? 'in', input, () => stamped)
    try {
      this.phase = Phase.PROCESS
      this.operator.process?.(input, stamped)
      if (this.timers.size > 0 && !this.hasWalked()) {
        throw new Error(
          'it has timers and did not walk the whole batch through context.rows(batch), so timers would not fire between records (rule 7).',
        )
      }
      this.phase = Phase.OUTSIDE
      if (this.channels.advance(channel, batch.watermarks[batch.length - 1] as number, this.host.nowMs)) this.advance(this.channels.current)
      this.settle()
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
  }

  receiveWatermark(channel: number, watermark: number): void {
    if (!this.channels.advance(channel, watermark, this.host.nowMs)) {
      // The end of the last input that was not idle makes the whole node idle.
      if (watermark === Number.POSITIVE_INFINITY) this.settleIdle()
      return
    }
    this.moveTo(this.channels.current)
    this.settleIdle()
  }

  receiveIdle(channel: number, idle: boolean): void {
    if (!idle) {
      this.channels.setIdle(channel, false, this.host.nowMs)
      this.settleIdle()
      return
    }
    if (this.channels.setIdle(channel, true, this.host.nowMs)) this.moveTo(this.channels.current)
    this.settleIdle()
  }

  /** Only sources: records of their partition, at most MAX_BATCH_ROWS. */
  receiveRecords(records: LogRecords, topic: string, partition: number): void {
    const clock = this.clock
    if (clock === undefined || this.operator.receive === undefined) throw EngineFailure.of(this.nodeId, new Error('is no source.'))
    this.records += records.count
    this.bytesIn += payloadBytes(records)
    try {
      this.operator.receive(records, { topic, partition, nowMs: this.host.nowMs })
      if (clock.watermark > this.current) this.advance(clock.watermark)
      this.settle()
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
  }

  /** Only sources: rows that stand for decoded records (tests of documents). */
  receiveRows(port: string, batch: Batch): void {
    this.records += batch.length
    try {
      this.output(port).emit(batch)
      if (this.clock !== undefined && this.clock.watermark > this.current) this.advance(this.clock.watermark)
      this.settle()
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
  }

  /** Moves the watermark from outside (sources: the end of their partition) and passes it on. */
  moveTo(watermark: number): void {
    if (watermark <= this.current) return
    try {
      this.advance(watermark)
      this.settle()
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
  }

  setIdle(idle: boolean): void {
    if (this.idle === idle) return
    this.idle = idle
    for (const port of this.ports) port.forwardIdle(idle)
  }

  tick(nowMs: number): void {
    if (this.operator.onClock === undefined) return
    try {
      this.operator.onClock(nowMs)
      this.settle()
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
  }

  /** How far its out ports' watermarks lie behind its own. */
  get outputDelayMs(): number {
    return this.delay
  }

  openRows(port: string, limit: number): readonly OpenResult[] {
    return this.operator.openRows?.(port, limit) ?? []
  }

  addToHash(sum: StateHash): void {
    sum.addSum(this.timerHash)
    for (const store of this.stores.values()) sum.addSum(store.hash())
  }

  stateHash(): string {
    const sum = new StateHash()
    this.addToHash(sum)
    return sum.toString()
  }

  snapshot(): NodeTaskSnapshot {
    const operator = this.operator.snapshot?.()
    return {
      node: this.nodeId,
      task: this.task,
      watermark: numberToJson(this.current),
      idle: this.idle,
      channels: this.channels.snapshot().map(([watermark, idle, sinceMs]) => [numberToJson(watermark), idle, sinceMs]),
      timers: this.timers.snapshot(),
      stores: Object.fromEntries(Array.from(this.stores, ([name, store]) => [name, store.snapshot()])),
      ...(operator === undefined ? {} : { operator }),
      rowsIn: [...this.rowsIn],
      rowsOut: Object.fromEntries(this.ports.map((port) => [port.name, port.rows])),
      records: this.records,
      written: this.written,
      counters: { ...this.counters, other: { ...this.counters.other } },
    }
  }

  restore(snapshot: NodeTaskSnapshot): void {
    const names = Object.keys(snapshot.stores).sort().join(', ')
    const own = [...this.stores.keys()].sort().join(', ')
    if (snapshot.channels.length !== this.channels.count || names !== own) {
      throw new EngineFailure(this.nodeId, {
        code: 'SNAPSHOT_MISMATCH',
        message: `The saved state of node ${this.nodeId} does not fit it: ${snapshot.channels.length} channels and stores ${names || 'none'} were saved, ${this.channels.count} and ${own || 'none'} are there.`,
      })
    }
    this.current = numberFromJson(snapshot.watermark)
    this.idle = snapshot.idle
    this.channels.restore(
      this.current,
      snapshot.channels.map(([watermark, idle, sinceMs]) => [numberFromJson(watermark), idle, sinceMs]),
    )
    this.timers.restore(snapshot.timers)
    for (const [name, store] of this.stores) store.restore(snapshot.stores[name] ?? [])
    for (let i = 0; i < this.rowsIn.length; i++) this.rowsIn[i] = snapshot.rowsIn[i] ?? 0
    for (const port of this.ports) port.restore(this.current - this.delay, this.idle, snapshot.rowsOut[port.name] ?? 0)
    this.records = snapshot.records
    this.written = snapshot.written
    Object.assign(this.counters, snapshot.counters, { other: { ...snapshot.counters.other } })
    if (snapshot.operator !== undefined) this.operator.restore?.(snapshot.operator)
  }

  /**
   * Moves the watermark and fires what is due, as if time went through every millisecond: at a timer the watermark is the timer's
   * time and rows made by it follow the millisecond before. So it does not matter in how many steps the watermark came.
   */
  private advance(watermark: number): void {
    if (watermark <= this.current) return
    if (this.timers.size > 0) this.fire(watermark)
    this.current = watermark
    this.stampPorts(watermark)
  }

  private fire(watermark: number): void {
    if (this.operator.onTimer === undefined) throw new Error('it set a timer and has no onTimer.')
    for (let time = this.timers.nextTime(); time !== undefined && time <= watermark; time = this.timers.nextTime()) {
      if (time > this.current) {
        this.current = time
        this.stampPorts(time - 1)
      }
      this.operator.onTimer(time, this.timers.take(time))
    }
  }

  private stampPorts(watermark: number): void {
    const stamp = watermark - this.delay
    for (let i = 0; i < this.ports.length; i++) {
      const port = this.ports[i] as NodeOutput
      if (stamp > port.stamp) port.stamp = stamp
    }
  }

  private look(direction: RowsTap['direction'], port: string, input: number, rows: () => Batch): void {
    const { nodeId, task } = this
    if (this.host.isTapped(nodeId)) this.host.tap({ nodeId, task, direction, port, input, batch: rows() })
  }

  private hasWalked(): boolean {
    return this.phase === Phase.WALKED
  }

  private settle(): void {
    for (let i = 0; i < this.ports.length; i++) (this.ports[i] as NodeOutput).forward()
  }

  private settleIdle(): void {
    const idle = this.channels.allIdle
    if (idle !== this.idle) this.setIdle(idle)
  }
}
