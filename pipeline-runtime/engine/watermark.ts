/**
 * The watermark of a node in one task: the minimum over its in channels that are not idle; never goes back; holds where all are
 * idle or ended (semantics rule 6): the end of one input is no reason to close what an idle one may still add to. A channel is an edge within the task, or an edge and an upstream task behind an exchange.
 */
export class ChannelWatermarks {
  readonly count: number
  /** Minimum over the channels, as far as it ever was. */
  current = Number.NEGATIVE_INFINITY
  private readonly values: Float64Array
  private readonly idle: Uint8Array
  private readonly since: Float64Array
  private idleCount = 0

  constructor(count: number) {
    this.count = count
    this.values = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
    this.idle = new Uint8Array(count)
    this.since = new Float64Array(count)
  }

  /** Whether nothing moves the minimum any more for the moment: every channel is idle or ended, and not all of them ended. */
  get allIdle(): boolean {
    return this.idleCount > 0 && this.minimum(-1) === Number.POSITIVE_INFINITY
  }

  value(channel: number): number {
    return this.values[channel] ?? Number.NEGATIVE_INFINITY
  }

  isIdle(channel: number): boolean {
    return this.idle[channel] === 1
  }

  /** The clock when the channel's watermark or status last changed. */
  sinceMs(channel: number): number {
    return this.since[channel] ?? 0
  }

  /** Moves one channel; true where the minimum moved. */
  advance(channel: number, watermark: number, nowMs: number): boolean {
    if (watermark <= this.value(channel)) return false
    this.values[channel] = watermark
    this.since[channel] = nowMs
    return this.combine()
  }

  /** Idle channels do not hold the others back; true where the minimum moved. */
  setIdle(channel: number, idle: boolean, nowMs: number): boolean {
    if (this.isIdle(channel) === idle) return false
    this.idle[channel] = idle ? 1 : 0
    this.idleCount += idle ? 1 : -1
    this.since[channel] = nowMs
    return this.combine()
  }

  /**
   * The watermarks of this node before each row of a batch that came by one channel: a running minimum with the other channels.
   * The same array where nothing differs.
   */
  stamp(channel: number, watermarks: Float64Array, length: number): Float64Array {
    const others = this.minimum(channel)
    const floor = Math.max(this.current, Math.min(others, this.value(channel)))
    if (others === Number.POSITIVE_INFINITY && (length === 0 || (watermarks[0] ?? floor) >= floor) && isAscending(watermarks, length))
      return watermarks
    const stamps = new Float64Array(length)
    let running = floor
    for (let i = 0; i < length; i++) {
      const watermark = watermarks[i] ?? running
      const combined = Math.min(watermark, others)
      if (combined > running) running = combined
      stamps[i] = running
    }
    return stamps
  }

  snapshot(): readonly (readonly [watermark: number, idle: boolean, sinceMs: number])[] {
    return Array.from(this.values, (value, i) => [value, this.isIdle(i), this.sinceMs(i)] as const)
  }

  restore(current: number, channels: readonly (readonly [watermark: number, idle: boolean, sinceMs: number])[]): void {
    this.current = current
    this.idleCount = 0
    channels.forEach(([watermark, idle, sinceMs], i) => {
      this.values[i] = watermark
      this.idle[i] = idle ? 1 : 0
      this.since[i] = sinceMs
      if (idle) this.idleCount++
    })
  }

  private combine(): boolean {
    const minimum = this.minimum(-1)
    if (minimum <= this.current || (minimum === Number.POSITIVE_INFINITY && this.idleCount > 0)) return false
    this.current = minimum
    return true
  }

  private minimum(except: number): number {
    let minimum = Number.POSITIVE_INFINITY
    for (let i = 0; i < this.count; i++) {
      if (i === except || this.idle[i] === 1) continue
      const value = this.values[i] as number
      if (value < minimum) minimum = value
    }
    return minimum
  }
}

function isAscending(watermarks: Float64Array, length: number): boolean {
  for (let i = 1; i < length; i++) if ((watermarks[i] as number) < (watermarks[i - 1] as number)) return false
  return true
}

/** A watermark or other number as JSON: what JSON cannot hold is text. */
export type JsonNumber = number | 'Infinity' | '-Infinity'

export function numberToJson(value: number): JsonNumber {
  return value === Number.POSITIVE_INFINITY ? 'Infinity' : value === Number.NEGATIVE_INFINITY ? '-Infinity' : value
}

export function numberFromJson(json: JsonNumber): number {
  return typeof json === 'number' ? json : json === 'Infinity' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}
