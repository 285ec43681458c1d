const PAST_MS = 15 * 60_000
/** How much faster than the clock the past is played. */
export const SAMPLE_SPEED = 60

/** The time that live sample data shows: it starts 15 minutes in the past, runs 60 times as fast until it meets the present, and goes on with it. */
export class SampleClock {
  private readonly wallClock: () => number
  private readonly startedMs: number

  constructor(wallClock: () => number = Date.now) {
    this.wallClock = wallClock
    this.startedMs = wallClock()
  }

  /** Event time of the first record. */
  get startMs(): number {
    return this.startedMs - PAST_MS
  }

  nowMs(): number {
    const wallMs = this.wallClock()
    return Math.min(wallMs, this.startMs + (wallMs - this.startedMs) * SAMPLE_SPEED)
  }

  /** Whether the present is reached. */
  get live(): boolean {
    return this.nowMs() === this.wallClock()
  }
}
