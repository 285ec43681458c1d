import { hashText } from '../data/value.ts'

/** A stream of numbers that is a function of its seed (sfc32). */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number, stream: string) {
    this.a = hashText(stream, seed)
    this.b = hashText(stream, this.a ^ 0x9e3779b9)
    this.c = Math.floor(seed / 4294967296) | 0
    for (let i = 0; i < 15; i++) this.unit()
  }

  /** From 0 to below 1. */
  unit(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + t) | 0
    return (t >>> 0) / 4294967296
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit)
  }

  /** Normally distributed about 0 with deviation 1. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit())
  }
}

/** Picks among values by weight. */
export class Weighted<T> {
  private readonly values: readonly T[]
  private readonly limits: readonly number[]

  constructor(entries: readonly (readonly [value: T, weight: number])[]) {
    const total = entries.reduce((sum, [, weight]) => sum + weight, 0)
    let sum = 0
    this.values = entries.map(([value]) => value)
    this.limits = entries.map(([, weight]) => {
      sum += weight
      return sum / total
    })
  }

  /** `unit` is from 0 to below 1. */
  pick(unit: number): T {
    let i = 0
    while (i < this.limits.length - 1 && unit >= (this.limits[i] as number)) i++
    return this.values[i] as T
  }
}
