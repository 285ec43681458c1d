import { type Batch, createBatch, RowKind } from '../data/batch.ts'
import { type ColumnWriter, createColumnWriter } from '../data/column.ts'
import type { EdgeSchema } from '../spec/edge-schema.ts'
import { MAX_BATCH_ROWS } from './limits.ts'
import type { NodeTaps } from './node-taps.ts'
import type { OutputPort } from './operator.ts'

/** Where an edge ends: a channel of a node in the same task, or an exchange. */
export interface Receiver {
  receiveBatch(batch: Batch): void
  receiveWatermark(watermark: number): void
  receiveIdle(idle: boolean): void
}

/** What a port needs of the time of its node. */
export interface PortHost {
  /** A row was made; throws where rows may not be made at this moment. */
  rowMade(port: NodeOutput, eventTime: number): void
  /** The batch to pass on for one that the operator emits: sources have theirs stamped with watermarks here. */
  stampEmitted(port: NodeOutput, batch: Batch): Batch
}

/**
 * An out port of a node in one task. Rows that the node makes are gathered and passed on before anything that must come behind
 * them; their watermark stamp is the watermark that the port had forwarded when they were made.
 */
export class NodeOutput implements OutputPort {
  readonly name: string
  readonly schema: EdgeSchema
  readonly columns: readonly ColumnWriter[]
  readonly receivers: Receiver[] = []
  /** Rows that have left. */
  rows = 0
  /** The watermark that rows made from now on follow. */
  stamp = Number.NEGATIVE_INFINITY
  private forwarded = Number.NEGATIVE_INFINITY
  private idle = false
  private pending = 0
  private eventTimes = new Float64Array(64)
  private stamps = new Float64Array(64)
  private kinds: Uint8Array | undefined
  private readonly host: PortHost
  private readonly taps: NodeTaps

  constructor(name: string, schema: EdgeSchema, host: PortHost, taps: NodeTaps) {
    this.name = name
    this.schema = schema
    this.host = host
    this.taps = taps
    this.columns = schema.columns.map((column) => createColumnWriter(column.type))
  }

  emit(batch: Batch): void {
    this.flush()
    if (batch.length > 0) this.pass(this.host.stampEmitted(this, batch))
  }

  endRow(eventTime: number, kind: RowKind = RowKind.INSERT): void {
    const row = this.pending
    if (row === this.eventTimes.length) this.grow()
    this.eventTimes[row] = eventTime
    this.stamps[row] = this.stamp
    if (kind !== RowKind.INSERT) this.kinds ??= new Uint8Array(this.eventTimes.length)
    if (this.kinds !== undefined) this.kinds[row] = kind
    this.pending = row + 1
    this.host.rowMade(this, eventTime)
    if (this.pending === MAX_BATCH_ROWS) this.flush()
  }

  /** Passes on the rows that were made. */
  flush(): void {
    const length = this.pending
    if (length === 0) return
    for (let i = 0; i < this.columns.length; i++) {
      const written = this.columns[i]?.length
      if (written !== length) {
        const name = this.schema.columns[i]?.name
        throw new Error(
          `port ${this.name}: column ${name} has ${written} values for ${length} rows; append one value to each column before endRow.`,
        )
      }
    }
    const batch = createBatch({
      length,
      fields: this.schema.columns,
      columns: this.columns.map((writer) => writer.finish()),
      eventTimes: this.eventTimes.slice(0, length),
      watermarks: this.stamps.slice(0, length),
      kinds: this.kinds?.slice(0, length),
    })
    this.pending = 0
    this.kinds = undefined
    this.pass(batch)
  }

  /** Passes on made rows, then the watermark where it moved. */
  forward(): void {
    this.flush()
    if (this.stamp <= this.forwarded) return
    this.forwarded = this.stamp
    for (const receiver of this.receivers) receiver.receiveWatermark(this.stamp)
  }

  forwardIdle(idle: boolean): void {
    if (this.idle === idle) return
    this.idle = idle
    this.flush()
    for (const receiver of this.receivers) receiver.receiveIdle(idle)
  }

  restore(watermark: number, idle: boolean, rows: number): void {
    this.stamp = watermark
    this.forwarded = watermark
    this.idle = idle
    this.rows = rows
  }

  private pass(batch: Batch): void {
    this.rows += batch.length
    this.taps.rows('out', this.name, -1, () => batch)
    for (const receiver of this.receivers) receiver.receiveBatch(batch)
  }

  private grow(): void {
    const capacity = this.eventTimes.length * 2
    const eventTimes = new Float64Array(capacity)
    eventTimes.set(this.eventTimes)
    this.eventTimes = eventTimes
    const stamps = new Float64Array(capacity)
    stamps.set(this.stamps)
    this.stamps = stamps
    if (this.kinds !== undefined) {
      const kinds = new Uint8Array(capacity)
      kinds.set(this.kinds)
      this.kinds = kinds
    }
  }
}
