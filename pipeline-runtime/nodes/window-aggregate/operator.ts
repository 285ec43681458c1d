import { type Batch, RowKind, selectRows, withColumns } from '../../data/batch.ts'
import { columnOf } from '../../data/column.ts'
import type { DataType } from '../../data/types.ts'
import { compareCodePoints, encodeKeyPart, type Json, type Value, valueFromJson, valueToJson } from '../../data/value.ts'
import { implement, type KeyedStore, type OpenResult, type Operator, type OperatorContext, type OutputPort } from '../../engine/operator.ts'
import { evaluatorOf, firstInput } from '../shared/evaluators.ts'
import { typeOfColumn } from '../shared/expressions.ts'
import { FailedRows } from '../shared/failed-rows.ts'
import type { Accumulator } from './accumulators.ts'
import { type Aggregate, aggregateNamed } from './aggregates.ts'
import { LATE_PORT, MISSED_WINDOWS, type WindowAggregateConfig, windowAggregate } from './definition.ts'
import { windowStart } from './windows.ts'

/** What is remembered of one group in one time window. */
interface OpenWindow {
  readonly start: number
  readonly group: readonly Value[]
  readonly accumulators: readonly Accumulator[]
}

/** An aggregate with the way to its values; `of` is undefined for a count of rows. */
interface Figure {
  readonly name: string
  readonly aggregate: Aggregate
  readonly of: DataType | undefined
  bind(batch: Batch): ((row: number) => Value) | undefined
}

export const windowAggregateOperator = implement(windowAggregate, (config, context) => new WindowAggregate(config, context))

class WindowAggregate implements Operator {
  /** A changed result of a window that ended before the watermark has that window's time. */
  readonly outputDelayMs: number
  private readonly config: WindowAggregateConfig
  private readonly context: OperatorContext
  private readonly out: OutputPort
  private readonly late: OutputPort
  private readonly figures: readonly Figure[]
  private readonly groupTypes: readonly DataType[]
  private readonly failedRows: FailedRows
  private readonly windows: KeyedStore<OpenWindow>
  /** Values of the figures of one row, kept to allocate nothing per row. */
  private readonly values: Value[]
  /** Windows that the clock has closed: as a watermark, all before it count as complete. */
  private closedTo = Number.NEGATIVE_INFINITY
  private arrived = true
  private quietSince = 0

  constructor(config: WindowAggregateConfig, context: OperatorContext) {
    this.outputDelayMs = config.allowedLatenessMs
    this.config = config
    this.context = context
    this.out = context.output('out')
    this.late = context.output(LATE_PORT)
    this.figures = config.aggregates.map((figure) => figureOf(figure, context))
    const { columns } = firstInput(context)
    this.groupTypes = config.groupBy.map((name) => typeOfColumn(columns, name) ?? { name: 'NULL' })
    this.failedRows = new FailedRows(config.onError, context)
    this.values = this.figures.map(() => null)
    this.windows = context.store('windows', { encode: (open) => this.encode(open), decode: (json) => this.decode(json) })
  }

  process(_input: number, batch: Batch): void {
    const { config, context, windows, groupTypes, values, out } = this
    const groups = config.groupBy.map((name) => batch.column(name))
    const inputs = this.figures.map((figure) => figure.bind(batch))
    const updates = config.emit === 'updates'
    const rows = context.rows(batch)
    let late: Int32Array | undefined
    let lateCount = 0
    this.arrived = true
    for (let row = rows.next(); row >= 0; row = rows.next()) {
      const start = windowStart(batch.eventTimes[row] as number, config.window) // Rows below `length` are set.
      // Judged by the watermark before this row (rule 7), against the last moment at which its window may change (rule 12).
      if (Math.max(context.watermark(), this.closedTo) >= this.lastMoment(start)) {
        late ??= new Int32Array(batch.length)
        late[lateCount++] = row
        continue
      }
      if (!this.evaluate(batch, row, inputs)) continue
      let key = ''
      for (let i = 0; i < groups.length; i++) key += encodeKeyPart(groupTypes[i] as DataType, groups[i]?.value(row) ?? null)
      key += `@${start}`
      let open = windows.get(key)
      if (open === undefined) {
        open = this.create(
          start,
          groups.map((column) => column.value(row)),
        )
        context.timers.set(this.lastMoment(start), key)
      }
      for (let i = 0; i < inputs.length; i++) {
        const value = values[i] ?? null
        if (value !== null) open.accumulators[i]?.add(value)
      }
      windows.put(key, open)
      if (updates) this.write(out, open, RowKind.UPSERT)
    }
    if (late !== undefined) this.emitLate(batch, late, lateCount)
  }

  /** The window is complete: its result where it comes once, and then nothing is remembered of it (rule 13). */
  onTimer(_time: number, key: string): void {
    const open = this.windows.get(key)
    if (open === undefined) return
    if (this.config.emit === 'final') this.write(this.out, open, RowKind.INSERT)
    this.windows.delete(key)
  }

  /** Closes by processing time what no watermark closes, since nothing has arrived for `closeIdleAfterMs` (rule 13). */
  onClock(nowMs: number): void {
    const { closeIdleAfterMs } = this.config
    if (closeIdleAfterMs === undefined) return
    if (this.arrived) {
      this.arrived = false
      this.quietSince = nowMs
    } else if (nowMs - this.quietSince >= closeIdleAfterMs && this.windows.size > 0) this.closeAll()
  }

  /** With `updates` the rows of open windows have left already. */
  openRows(port: string, limit: number): readonly OpenResult[] {
    const rows: OpenResult[] = []
    if (port !== 'out' || this.config.emit !== 'final') return rows
    for (const [, { start, group, accumulators }] of this.windows.entries()) {
      if (rows.length >= limit) break
      const results = accumulators.map((accumulator) => accumulator.result())
      rows.push({ values: [...group, start, start + this.config.window.sizeMs, ...results], finishedBy: this.lastMoment(start) })
    }
    return rows
  }

  snapshot(): Json {
    return Number.isFinite(this.closedTo) ? this.closedTo : null
  }

  restore(snapshot: Json): void {
    if (typeof snapshot === 'number') this.closedTo = snapshot
  }

  /** The watermark from which on nothing comes to a window any more. */
  private lastMoment(start: number): number {
    return start + this.config.window.sizeMs - 1 + this.config.allowedLatenessMs
  }

  private closeAll(): void {
    const due = Array.from(this.windows.entries(), ([key, { start }]) => ({ key, time: this.lastMoment(start) }))
    // The order in which their timers would have fired (rule 14).
    due.sort((a, b) => a.time - b.time || compareCodePoints(a.key, b.key))
    for (const { key, time } of due) {
      this.context.timers.delete(time, key)
      this.onTimer(time, key)
      this.closedTo = Math.max(this.closedTo, time)
    }
  }

  /** Fills `values`; false where an expression failed, which the policy has dealt with. */
  private evaluate(batch: Batch, row: number, inputs: readonly (((row: number) => Value) | undefined)[]): boolean {
    let i = 0
    try {
      for (; i < inputs.length; i++) {
        const input = inputs[i]
        // A count of rows counts every row: any value that is not NULL will do.
        this.values[i] = input === undefined ? true : input(row)
      }
      return true
    } catch (error) {
      this.failedRows.row(batch, row, error, `figure ${this.figures[i]?.name}`)
      return false
    }
  }

  private create(start: number, group: readonly Value[]): OpenWindow {
    return { start, group, accumulators: this.figures.map(({ aggregate, of }) => aggregate.create(of)) }
  }

  /** The event time of a result is the last millisecond of its window. */
  private write(port: OutputPort, { start, group, accumulators }: OpenWindow, kind: RowKind): void {
    const { columns } = port
    const { other } = this.context.counters
    const end = start + this.config.window.sizeMs
    let next = 0
    for (const value of group) columns[next++]?.append(value)
    columns[next++]?.appendNumber(start)
    columns[next++]?.appendNumber(end)
    for (const accumulator of accumulators) {
      columns[next++]?.append(accumulator.result())
      if (accumulator.overflowed === true) other.sumsBeyond38Digits = (other.sumsBeyond38Digits ?? 0) + 1
    }
    port.endRow(end - 1, kind)
  }

  /** Late rows leave as they came, with the windows that they have missed (rule 12). */
  private emitLate(batch: Batch, late: Int32Array, count: number): void {
    this.context.counters.late += count
    const rows = selectRows(batch, late, count)
    const { window } = this.config
    const missed: Value[] = []
    for (let row = 0; row < count; row++) {
      const start = windowStart(rows.eventTimes[row] as number, window) // As above.
      missed.push([[start, start + window.sizeMs]])
    }
    const columns = [...batch.fields.map(({ name }) => rows.column(name)), columnOf(MISSED_WINDOWS.type, missed)]
    this.late.emit(withColumns(rows, [...batch.fields, MISSED_WINDOWS], columns))
  }

  private encode({ start, group, accumulators }: OpenWindow): Json {
    return [
      start,
      group.map((value, i) => valueToJson(this.groupTypes[i] as DataType, value)),
      accumulators.map((accumulator) => accumulator.encode()),
    ]
  }

  private decode(json: Json): OpenWindow {
    // What `encode` wrote.
    const [start, group, accumulators] = json as readonly [number, readonly Json[], readonly Json[]]
    return {
      start,
      group: group.map((value, i) => valueFromJson(this.groupTypes[i] as DataType, value)),
      accumulators: this.figures.map(({ aggregate, of }, i) => aggregate.create(of, accumulators[i])),
    }
  }
}

function figureOf({ as: name, function: functionName, of }: WindowAggregateConfig['aggregates'][number], context: OperatorContext): Figure {
  const aggregate = aggregateNamed(functionName)
  if (of === undefined) return { name, aggregate, of: undefined, bind: () => undefined }
  const type = typeOfColumn(firstInput(context).columns, of)
  if (type !== undefined) {
    return {
      name,
      aggregate,
      of: type,
      bind(batch) {
        const column = batch.column(of)
        return (row) => column.value(row)
      },
    }
  }
  const evaluator = evaluatorOf(of, context)
  return { name, aggregate, of: evaluator.type, bind: (batch) => evaluator.bind(batch) }
}
