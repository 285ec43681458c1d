import type { Engine } from '../engine/engine.ts'
import type { RunLog } from './run-options.ts'

type Counting = Pick<Engine, 'metrics' | 'traffic'>

/**
 * Tells the log that rows failed, at most one line per node and interval, so that a topic full of bad records does not become a log
 * full of lines. A line names the last of them; where they are set aside, all of them leave by the dead-letter port.
 */
export class FailedRowsLog {
  private readonly log: RunLog
  private readonly intervalMs: number | undefined
  private readonly told: Map<string, number>
  private lastMs = Number.NEGATIVE_INFINITY

  /** What saved state has counted already is not told again. */
  constructor(log: RunLog, intervalMs: number | undefined, engine: Counting) {
    this.log = log
    this.intervalMs = intervalMs
    this.told = new Map(engine.metrics().nodes.map(({ nodeId, counters }) => [nodeId, counters.errors]))
  }

  /** May be called often: the engine is asked once in an interval. */
  take(engine: Counting, nowMs = performance.now()): void {
    if (this.intervalMs === undefined || nowMs - this.lastMs < this.intervalMs) return
    this.lastMs = nowMs
    this.tell(engine)
  }

  /** What was not told yet, at the end. */
  finish(engine: Counting): void {
    if (this.intervalMs !== undefined) this.tell(engine)
  }

  private tell(engine: Counting): void {
    const failed = engine.metrics().nodes.filter(({ nodeId, counters }) => counters.errors !== (this.told.get(nodeId) ?? 0))
    if (failed.length === 0) return
    const lastFailed = new Map(engine.traffic().nodes.map((node) => [node.nodeId, node.lastFailed]))
    for (const { nodeId, counters } of failed) {
      const rows = counters.errors - (this.told.get(nodeId) ?? 0)
      this.told.set(nodeId, counters.errors)
      const last = lastFailed.get(nodeId)
      if (last === undefined) continue
      const { topic, partition, offset, code, reason } = last
      this.log.warn(
        { node: nodeId, ...(topic === null ? {} : { topic, partition, offset }), code, rows },
        `rows failed; the last one: ${reason}`,
      )
    }
  }
}
