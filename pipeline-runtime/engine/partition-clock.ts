/** The watermark of one source partition: max(event time) - boundedDelay - 1 (rule 6). */
export class PartitionClock {
  maxEventTime = Number.NEGATIVE_INFINITY
  private readonly lag: number

  constructor(boundedDelayMs: number) {
    this.lag = boundedDelayMs + 1
  }

  get watermark(): number {
    return this.maxEventTime - this.lag
  }

  observe(eventTime: number): void {
    if (eventTime > this.maxEventTime) this.maxEventTime = eventTime
  }

  /** The watermark before each of the rows, which are taken in. */
  stamp(eventTimes: Float64Array, length: number): Float64Array {
    const stamps = new Float64Array(length)
    let max = this.maxEventTime
    for (let i = 0; i < length; i++) {
      stamps[i] = max - this.lag
      const eventTime = eventTimes[i] as number
      if (eventTime > max) max = eventTime
    }
    this.maxEventTime = max
    return stamps
  }
}
