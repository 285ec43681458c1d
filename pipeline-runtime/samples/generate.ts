import { Random } from './random.ts'
import {
  FAULT_CYCLE_MS,
  type RowContext,
  type RowMaker,
  type SampleOptions,
  type SampleRecord,
  type SampleRow,
  type SampleShape,
} from './sample-shape.ts'

/** What rows on time take to arrive; being the same for all, it leaves them in order. */
const TRANSIT_MS = 50
const MINUTE = 60_000

export function defineShape(
  shape: Omit<SampleShape, 'generate'> & {
    /** Of the rows, about how many are delayable. */
    readonly delayableShare: number
    /** Chosen so that the default seed comes close to the figures of the gallery. */
    readonly delayStream: number
    rows(context: RowContext): RowMaker
  },
): SampleShape {
  const { rows, delayableShare, delayStream, ...rest } = shape
  return { ...rest, generate: (options) => new SampleStream(rest, rows, delayableShare, `${rest.name} delays ${delayStream}`, options) }
}

class SampleStream implements IterableIterator<SampleRecord> {
  private readonly make: RowMaker
  private readonly startMs: number
  private readonly firstMinute: number
  private readonly slotMs: number
  private readonly count: number
  private readonly delayedOf: number
  private readonly delayMinMs: number
  private readonly delaySpanMs: number
  private readonly undecodableShare: number
  private readonly times: Random
  private readonly delays: Random
  private readonly damage: Random
  private readonly delayed = new ArrivalQueue()
  private readonly encoder = new TextEncoder()
  private index = 0
  private ahead: SampleRecord | undefined

  constructor(
    shape: Omit<SampleShape, 'generate'>,
    rows: (context: RowContext) => RowMaker,
    delayableShare: number,
    delayStream: string,
    options: SampleOptions,
  ) {
    const { name, defaults } = shape
    const { seed, startMs, faults } = options
    const ratePerSecond = options.ratePerSecond ?? defaults.ratePerSecond
    this.make = rows({ seed, ratePerSecond, fault: (fault) => faults?.[fault] !== false })
    this.startMs = startMs
    this.firstMinute = Math.ceil(startMs / MINUTE) * MINUTE
    this.slotMs = 1000 / ratePerSecond
    this.count = options.count ?? Number.POSITIVE_INFINITY
    this.delayedOf = (options.delayedShare ?? defaults.delayedShare) / delayableShare
    this.delayMinMs = options.delayMinMs ?? defaults.delayMinMs
    this.delaySpanMs = Math.max(0, (options.delayMaxMs ?? defaults.delayMaxMs) - this.delayMinMs)
    this.undecodableShare = options.undecodableShare ?? 0
    this.times = new Random(seed, `${name} times`)
    this.delays = new Random(seed, delayStream)
    this.damage = new Random(seed, `${name} damage`)
    this.ahead = this.nextOnTime()
  }

  [Symbol.iterator](): this {
    return this
  }

  next(): IteratorResult<SampleRecord> {
    const { ahead } = this
    const late = this.delayed.peek()
    if (late !== undefined && (ahead === undefined || late.arrivalMs <= ahead.arrivalMs)) {
      this.delayed.pop()
      return { done: false, value: late }
    }
    if (ahead === undefined) return { done: true, value: undefined }
    this.ahead = this.nextOnTime()
    return { done: false, value: ahead }
  }

  /** Makes rows up to the next one that is not delayed. */
  private nextOnTime(): SampleRecord | undefined {
    while (this.index < this.count) {
      const index = this.index++
      const timestampMs = Math.floor(this.startMs + (index + this.times.unit()) * this.slotMs)
      const row = this.make(timestampMs, index, cyclePosition(timestampMs - this.firstMinute))
      const delayed = this.delays.unit() < this.delayedOf && row.delayable
      const delayMs = delayed ? this.delay() : TRANSIT_MS
      const record = { timestampMs, arrivalMs: timestampMs + delayMs, key: row.key, value: this.encoder.encode(this.text(row)) }
      if (!delayed) return record
      this.delayed.push(record)
    }
    return undefined
  }

  /** Rather long than short, the longest ones rare. */
  private delay(): number {
    const share = (0.8 * this.delays.unit() + 0.2 * this.delays.unit()) ** 0.85
    return Math.round(this.delayMinMs + this.delaySpanMs * share)
  }

  private text({ json }: SampleRow): string {
    if (this.undecodableShare === 0 || this.damage.unit() >= this.undecodableShare) return json
    return json.slice(0, 1 + this.damage.below(json.length - 1))
  }
}

function cyclePosition(elapsedMs: number): number {
  return elapsedMs < 0 ? -1 : elapsedMs % FAULT_CYCLE_MS
}

/** Records by arrival; of those that arrive together the one put first. */
class ArrivalQueue {
  private readonly heap: { readonly record: SampleRecord; readonly order: number }[] = []
  private order = 0

  peek(): SampleRecord | undefined {
    return this.heap[0]?.record
  }

  push(record: SampleRecord): void {
    const { heap } = this
    let i = heap.length
    heap.push({ record, order: this.order++ })
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!this.before(i, parent)) break
      this.swap(i, parent)
      i = parent
    }
  }

  pop(): void {
    const { heap } = this
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    heap[0] = last
    let i = 0
    for (;;) {
      let first = i
      if (this.before(2 * i + 1, first)) first = 2 * i + 1
      if (this.before(2 * i + 2, first)) first = 2 * i + 2
      if (first === i) return
      this.swap(i, first)
      i = first
    }
  }

  private before(i: number, j: number): boolean {
    const a = this.heap[i]
    const b = this.heap[j]
    if (a === undefined || b === undefined) return false
    return a.record.arrivalMs < b.record.arrivalMs || (a.record.arrivalMs === b.record.arrivalMs && a.order < b.order)
  }

  private swap(i: number, j: number): void {
    const a = this.heap[i]
    const b = this.heap[j]
    if (a === undefined || b === undefined) return
    this.heap[i] = b
    this.heap[j] = a
  }
}
