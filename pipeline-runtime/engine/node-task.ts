import { type Batch, sliceRows, withWatermarks } from '../data/batch.ts'
import { type LogRecords, payloadBytes } from '../data/log-records.ts'
import { EngineFailure } from './engine-failure.ts'
import { MAX_BATCH_ROWS } from './limits.ts'
import { NodeContext } from './node-context.ts'
import { NodeStores } from './node-stores.ts'
import { NodeTaps } from './node-taps.ts'
import { NodeTime } from './node-time.ts'
import type { OpenResult, Operator } from './operator.ts'
import type { Receiver } from './output-port.ts'
import { StateHash } from './state-hash.ts'
import { TaskFigures } from './task-figures.ts'
import type { NodeTaskInit, NodeTaskSnapshot, TaskHost } from './task-types.ts'
import { ChannelWatermarks, numberFromJson, numberToJson } from './watermark.ts'

/** One node in one task, as the engine and the nodes in front of it drive it: batches, records, watermarks and ticks go to its operator. */
export class NodeTask {
  readonly nodeId: string
  readonly task: number
  readonly inputPorts: readonly string[]
  /** For each channel the index of its input. */
  readonly channelInputs: readonly number[]
  readonly channels: ChannelWatermarks
  readonly time: NodeTime
  readonly stores: NodeStores
  readonly figures: TaskFigures
  private idle = false
  private readonly taps: NodeTaps
  private readonly host: TaskHost
  private readonly operator: Operator

  constructor(init: NodeTaskInit) {
    this.nodeId = init.nodeId
    this.task = init.task
    this.inputPorts = init.inputPorts
    this.channelInputs = init.channelInputs
    this.channels = new ChannelWatermarks(init.channelInputs.length)
    this.host = init.host
    const place = `${init.nodeId}/${init.task}`
    this.taps = new NodeTaps(init.nodeId, init.task, init.host)
    this.time = new NodeTime(place, init.outputs, this.taps, init.clock)
    this.stores = new NodeStores(place)
    this.figures = new TaskFigures(init.inputs.length)
    try {
      this.operator = init.factory.create(init.config, new NodeContext(init, this.time, this.stores, this.figures, this.taps))
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
    this.stores.complete()
    this.time.begin(this.operator)
  }

  get isIdle(): boolean {
    return this.idle
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
    const { rowsIn } = this.figures
    rowsIn[input] = (rowsIn[input] as number) + batch.length
    this.taps.rows('in', this.inputPorts[input] ?? 'in', input, () => stamped)
    try {
      this.time.batchBegins()
      this.operator.process?.(input, stamped)
      this.time.batchEnds()
      const last = batch.watermarks[batch.length - 1] as number
      if (this.channels.advance(channel, last, this.host.nowMs)) this.time.advance(this.channels.current)
      this.time.forward()
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
    if (this.operator.receive === undefined) throw EngineFailure.of(this.nodeId, new Error('is no source.'))
    this.figures.records += records.count
    this.figures.bytesIn += payloadBytes(records)
    try {
      this.operator.receive(records, { topic, partition, nowMs: this.host.nowMs })
      this.time.followClock()
      this.time.forward()
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
  }

  /** Only sources: rows that stand for decoded records (tests of documents). */
  receiveRows(port: string, batch: Batch): void {
    this.figures.records += batch.length
    try {
      this.time.port(port).emit(batch)
      this.time.followClock()
      this.time.forward()
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
  }

  /** Moves the watermark from outside (sources: the end of their partition) and passes it on. */
  moveTo(watermark: number): void {
    if (watermark <= this.time.watermark) return
    try {
      this.time.advance(watermark)
      this.time.forward()
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
  }

  setIdle(idle: boolean): void {
    if (this.idle === idle) return
    this.idle = idle
    for (const port of this.time.ports) port.forwardIdle(idle)
  }

  tick(nowMs: number): void {
    if (this.operator.onClock === undefined) return
    try {
      this.operator.onClock(nowMs)
      this.time.forward()
    } catch (error) {
      throw EngineFailure.of(this.nodeId, error)
    }
  }

  openRows(port: string, limit: number): readonly OpenResult[] {
    return this.operator.openRows?.(port, limit) ?? []
  }

  addToHash(sum: StateHash): void {
    sum.addSum(this.time.timerHash)
    this.stores.addToHash(sum)
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
      watermark: numberToJson(this.time.watermark),
      idle: this.idle,
      channels: this.channels.snapshot().map(([watermark, idle, sinceMs]) => [numberToJson(watermark), idle, sinceMs]),
      timers: this.time.timers.snapshot(),
      stores: this.stores.snapshot(),
      ...(operator === undefined ? {} : { operator }),
      rowsIn: [...this.figures.rowsIn],
      rowsOut: Object.fromEntries(this.time.ports.map((port) => [port.name, port.rows])),
      ...this.figures.snapshot(),
    }
  }

  restore(snapshot: NodeTaskSnapshot): void {
    this.checkFits(snapshot)
    const watermark = numberFromJson(snapshot.watermark)
    this.time.watermark = watermark
    this.idle = snapshot.idle
    this.channels.restore(
      watermark,
      snapshot.channels.map(([watermark, idle, sinceMs]) => [numberFromJson(watermark), idle, sinceMs]),
    )
    this.time.timers.restore(snapshot.timers)
    this.stores.restore(snapshot.stores)
    for (const port of this.time.ports) port.restore(watermark - this.time.delayMs, this.idle, snapshot.rowsOut[port.name] ?? 0)
    this.figures.restore(snapshot)
    if (snapshot.operator !== undefined) this.operator.restore?.(snapshot.operator)
  }

  private checkFits(snapshot: NodeTaskSnapshot): void {
    const names = Object.keys(snapshot.stores).sort().join(', ')
    const own = [...this.stores.names].sort().join(', ')
    if (snapshot.channels.length === this.channels.count && names === own) return
    throw new EngineFailure(this.nodeId, {
      code: 'SNAPSHOT_MISMATCH',
      message: `The saved state of node ${this.nodeId} does not fit it: ${snapshot.channels.length} channels and stores ${names || 'none'} were saved, ${this.channels.count} and ${own || 'none'} are there.`,
    })
  }

  private settleIdle(): void {
    const idle = this.channels.allIdle
    if (idle !== this.idle) this.setIdle(idle)
  }
}
