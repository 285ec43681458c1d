import { type Batch, withWatermarks } from '../data/batch.ts'
import type { EdgeSchema } from '../spec/edge-schema.ts'
import type { NodeTaps } from './node-taps.ts'
import type { Operator, RowCursor } from './operator.ts'
import { NodeOutput, type PortHost } from './output-port.ts'
import type { PartitionClock } from './partition-clock.ts'
import { StateHash } from './state-hash.ts'
import { TimerQueue } from './timers.ts'

/** Where the operator is in its batch; decides whether it may make rows. */
const Phase = { OUTSIDE: 0, PROCESS: 1, WALK: 2, WALKED: 3 } as const
type Phase = (typeof Phase)[keyof typeof Phase]

/**
 * The event time of a node in one task: its watermark, the timers that this fires, and its out ports, whose rows are stamped with it.
 * For a source it follows the clock of its partition.
 */
export class NodeTime implements PortHost {
  watermark = Number.NEGATIVE_INFINITY
  /** How far the watermarks of the out ports lie behind. */
  delayMs = 0
  readonly timers: TimerQueue
  readonly timerHash = new StateHash()
  readonly ports: readonly NodeOutput[]
  private phase: Phase = Phase.OUTSIDE
  private readonly clock: PartitionClock | undefined
  private operator: Operator | undefined

  constructor(place: string, outputs: Readonly<Record<string, EdgeSchema>>, taps: NodeTaps, clock: PartitionClock | undefined) {
    this.timers = new TimerQueue(this.timerHash, place)
    this.ports = Object.entries(outputs).map(([name, schema]) => new NodeOutput(name, schema, this, taps))
    this.clock = clock
  }

  /** Timers fire into the operator from now on. */
  begin(operator: Operator): void {
    this.operator = operator
    this.delayMs = operator.outputDelayMs ?? 0
  }

  port(name: string): NodeOutput {
    const port = this.ports.find((candidate) => candidate.name === name)
    if (port === undefined) throw new Error(`No out port ${name}; there are ${this.ports.map((p) => p.name).join(', ') || 'none'}.`)
    return port
  }

  // --- a batch goes to the operator --------------------------------------------------------------------------------------

  batchBegins(): void {
    this.phase = Phase.PROCESS
  }

  /** See `OperatorContext.rows`. */
  walk(batch: Batch): RowCursor {
    this.phase = Phase.WALK
    let row = -1
    return {
      next: () => {
        if (++row >= batch.length) {
          this.phase = Phase.WALKED
          return -1
        }
        const watermark = batch.watermarks[row] as number
        if (watermark > this.watermark) this.advance(watermark)
        return row
      },
    }
  }

  batchEnds(): void {
    if (this.timers.size > 0 && this.phase !== Phase.WALKED) {
      throw new Error(
        'it has timers and did not walk the whole batch through context.rows(batch), so timers would not fire between records (rule 7).',
      )
    }
    this.phase = Phase.OUTSIDE
  }

  // --- time moves --------------------------------------------------------------------------------------------------------

  /**
   * Moves the watermark and fires what is due, as if time went through every millisecond: at a timer the watermark is the timer's
   * time and rows made by it follow the millisecond before. So it does not matter in how many steps the watermark came.
   */
  advance(watermark: number): void {
    if (watermark <= this.watermark) return
    if (this.timers.size > 0) this.fire(watermark)
    this.watermark = watermark
    this.stampPorts(watermark)
  }

  /** Only sources: what the rows of their partition have moved. */
  followClock(): void {
    if (this.clock !== undefined && this.clock.watermark > this.watermark) this.advance(this.clock.watermark)
  }

  /** Lets go what was made, and the watermark behind it. */
  forward(): void {
    for (let i = 0; i < this.ports.length; i++) (this.ports[i] as NodeOutput).forward()
  }

  private fire(watermark: number): void {
    const { operator } = this
    if (operator?.onTimer === undefined) throw new Error('it set a timer and has no onTimer.')
    for (let time = this.timers.nextTime(); time !== undefined && time <= watermark; time = this.timers.nextTime()) {
      if (time > this.watermark) {
        this.watermark = time
        this.stampPorts(time - 1)
      }
      operator.onTimer(time, this.timers.take(time))
    }
  }

  private stampPorts(watermark: number): void {
    const stamp = watermark - this.delayMs
    for (let i = 0; i < this.ports.length; i++) {
      const port = this.ports[i] as NodeOutput
      if (stamp > port.stamp) port.stamp = stamp
    }
  }

  // --- what the ports ask ------------------------------------------------------------------------------------------------

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
      if (this.delayMs === 0) return batch
      return withWatermarks(
        batch,
        batch.watermarks.subarray(0, batch.length).map((watermark) => watermark - this.delayMs),
      )
    }
    const stamps =
      port.schema.role === 'rows' ? this.clock.stamp(batch.eventTimes, batch.length) : new Float64Array(batch.length).fill(this.watermark)
    return withWatermarks(batch, stamps)
  }
}
