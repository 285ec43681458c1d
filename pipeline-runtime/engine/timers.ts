import { compareCodePoints } from '../data/value.ts'
import type { Timers } from './operator.ts'
import type { StateHash } from './state-hash.ts'
import { type JsonNumber, numberFromJson, numberToJson } from './watermark.ts'

/** All keys due at one time; sorted only when that time comes, since many windows end together. */
interface Bucket {
  readonly keys: Set<string>
  /** Descending, so that the next one is popped; undefined after a change. */
  sorted: string[] | undefined
}

/** Event-time timers of a node in one task, in (time, key) order (rule 14): a heap of times, a set of keys for each. */
export class TimerQueue implements Timers {
  size = 0
  private readonly times: number[] = []
  private readonly buckets = new Map<number, Bucket>()
  private readonly hash: StateHash
  private readonly hashPrefix: string

  constructor(hash: StateHash, hashPrefix: string) {
    this.hash = hash
    this.hashPrefix = hashPrefix
  }

  set(time: number, key: string): void {
    if (Number.isNaN(time)) throw new Error('A timer needs a time, not NaN.')
    let bucket = this.buckets.get(time)
    if (bucket === undefined) {
      bucket = { keys: new Set(), sorted: undefined }
      this.buckets.set(time, bucket)
      this.push(time)
    } else if (bucket.keys.has(key)) return
    bucket.keys.add(key)
    bucket.sorted = undefined
    this.size++
    this.hash.add(this.hashText(time, key))
  }

  delete(time: number, key: string): void {
    const bucket = this.buckets.get(time)
    // An empty bucket stays until its time comes up, or until the heap is cleaned by nextTime.
    if (bucket?.keys.delete(key) !== true) return
    this.size--
    this.hash.remove(this.hashText(time, key))
  }

  /** The earliest time with a timer; undefined where there is none. */
  nextTime(): number | undefined {
    for (;;) {
      const time = this.times[0]
      if (time === undefined) return undefined
      const bucket = this.buckets.get(time)
      if (bucket !== undefined && bucket.keys.size > 0) return time
      this.buckets.delete(time)
      this.pop()
    }
  }

  /** Takes the first key of the earliest time, which `nextTime` has given. */
  take(time: number): string {
    const bucket = this.buckets.get(time)
    if (bucket === undefined) throw new Error(`No timer at ${time}.`)
    bucket.sorted ??= [...bucket.keys].sort((a, b) => compareCodePoints(b, a))
    for (;;) {
      const key = bucket.sorted.pop()
      if (key === undefined) throw new Error(`No timer at ${time}.`)
      if (!bucket.keys.delete(key)) continue
      this.size--
      this.hash.remove(this.hashText(time, key))
      return key
    }
  }

  /** The first key that would fire at the time, for explanations. */
  peek(time: number): string | undefined {
    const bucket = this.buckets.get(time)
    let first: string | undefined
    for (const key of bucket?.keys ?? []) if (first === undefined || compareCodePoints(key, first) < 0) first = key
    return first
  }

  snapshot(): readonly TimersAtTime[] {
    const times = [...this.buckets].filter(([, bucket]) => bucket.keys.size > 0).sort(([a], [b]) => a - b)
    return times.map(([time, bucket]) => [numberToJson(time), [...bucket.keys].sort(compareCodePoints)])
  }

  restore(snapshot: readonly TimersAtTime[]): void {
    for (const [time, keys] of snapshot) for (const key of keys) this.set(numberFromJson(time), key)
  }

  private hashText(time: number, key: string): string {
    return `${this.hashPrefix}/timer/${time}/${key}`
  }

  private push(time: number): void {
    const heap = this.times
    let i = heap.push(time) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      if ((heap[parent] as number) <= time) break
      heap[i] = heap[parent] as number
      i = parent
    }
    heap[i] = time
  }

  private pop(): void {
    const heap = this.times
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && (heap[child + 1] as number) < (heap[child] as number)) child++
      if ((heap[child] as number) >= last) break
      heap[i] = heap[child] as number
      i = child
    }
    heap[i] = last
  }
}

export type TimersAtTime = readonly [time: JsonNumber, keys: readonly string[]]
