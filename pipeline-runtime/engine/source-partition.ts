import type { NodeTask } from './node-task.ts'
import type { PartitionClock } from './partition-clock.ts'
import type { SourceTimes } from './source-times.ts'
import { type JsonNumber, numberFromJson, numberToJson } from './watermark.ts'

export type PartitionStatus = 'waiting' | 'active' | 'idle' | 'ended'

/** What the engine knows about one partition of a source: position, watermark, whether it is idle (rules 6, 8, 10). */
export class SourcePartition {
  readonly source: string
  readonly partition: number
  readonly clock: PartitionClock
  status: PartitionStatus = 'waiting'
  /** Offset of the next record; undefined before anything is known. */
  position: number | undefined
  topic: string | undefined
  /** Of the last record, by its own timestamp; not saved. */
  lastTimestamp: number | undefined
  owned = true
  paused = false
  caughtUp = false
  /** How long nothing has come, by ticks, the times of pauses left out. */
  quietMs = 0
  /** The clock when the watermark or the status last changed. */
  sinceMs: number
  private readonly task: NodeTask
  private readonly idleAfterMs: number | undefined

  constructor(source: string, partition: number, task: NodeTask, clock: PartitionClock, times: SourceTimes, nowMs: number) {
    this.source = source
    this.partition = partition
    this.task = task
    this.clock = clock
    this.idleAfterMs = times.idleAfterMs
    this.sinceMs = nowMs
  }

  get watermark(): number {
    return this.task.time.watermark
  }

  /** Records or rows are about to come. */
  wake(nowMs: number): void {
    this.quietMs = 0
    this.caughtUp = false
    this.owned = true
    if (this.status !== 'active') this.become('active', nowMs)
    this.task.setIdle(false)
  }

  /** Ours from now on: what was idle may have got records meanwhile, so it holds the watermark until it is caught up again. */
  assign(offset: number, nowMs: number): void {
    this.owned = true
    this.quietMs = 0
    this.caughtUp = false
    this.paused = false
    this.position ??= offset
    if (this.status !== 'idle') return
    this.become('waiting', nowMs)
    this.task.setIdle(false)
  }

  end(nowMs: number): void {
    if (this.status === 'ended') return
    this.become('ended', nowMs)
    this.task.setIdle(false)
    this.task.moveTo(Number.POSITIVE_INFINITY)
  }

  /** Time passed; true where the partition is idle from now on: caught up, and quiet for long enough. */
  tick(passedMs: number): boolean {
    if (this.status === 'ended' || this.paused || !this.owned) return false
    this.quietMs += passedMs
    return this.status !== 'idle' && this.caughtUp && this.idleAfterMs !== undefined && this.quietMs >= this.idleAfterMs
  }

  fallIdle(nowMs: number): void {
    this.become('idle', nowMs)
    this.task.setIdle(true)
  }

  snapshot(): PartitionSnapshot {
    return {
      source: this.source,
      partition: this.partition,
      status: this.status,
      position: this.position ?? null,
      topic: this.topic ?? null,
      owned: this.owned,
      paused: this.paused,
      caughtUp: this.caughtUp,
      quietMs: this.quietMs,
      sinceMs: this.sinceMs,
      maxEventTime: numberToJson(this.clock.maxEventTime),
    }
  }

  restore(snapshot: PartitionSnapshot): void {
    this.status = snapshot.status
    this.position = snapshot.position ?? undefined
    this.topic = snapshot.topic ?? undefined
    this.owned = snapshot.owned
    this.paused = snapshot.paused
    this.caughtUp = snapshot.caughtUp
    this.quietMs = snapshot.quietMs
    this.sinceMs = snapshot.sinceMs
    this.clock.maxEventTime = numberFromJson(snapshot.maxEventTime)
  }

  private become(status: PartitionStatus, nowMs: number): void {
    this.status = status
    this.sinceMs = nowMs
  }
}

export interface PartitionSnapshot {
  readonly source: string
  readonly partition: number
  readonly status: PartitionStatus
  readonly position: number | null
  readonly topic: string | null
  readonly owned: boolean
  readonly paused: boolean
  readonly caughtUp: boolean
  readonly quietMs: number
  readonly sinceMs: number
  readonly maxEventTime: JsonNumber
}
