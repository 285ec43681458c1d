import { printTimestamp } from '../data/value.ts'
import type { OutgoingRecord } from '../engine/operator.ts'
import { inWords } from '../nodes/shared/words.ts'
import type { RunLog } from './run-options.ts'

/**
 * Kafka deletes records by their timestamps, which are the times of the rows: what is older than its topic keeps is gone within minutes, and
 * nobody is told. Said once for each step, in the log.
 */
export class RetentionWarning {
  private readonly log: RunLog
  private readonly nowMs: () => number
  private readonly kept = new Map<string, { readonly topic: string; readonly retentionMs: number }>()

  constructor(log: RunLog, nowMs: () => number = Date.now) {
    this.log = log
    this.nowMs = nowMs
  }

  /** `retentionMs`: undefined for a topic that keeps its records, or whose settings may not be seen. */
  watch(nodeId: string, topic: string, retentionMs: number | undefined): void {
    if (retentionMs !== undefined) this.kept.set(nodeId, { topic, retentionMs })
  }

  look(nodeId: string, records: readonly OutgoingRecord[]): void {
    const kept = this.kept.get(nodeId)
    if (kept === undefined) return
    const oldest = this.nowMs() - kept.retentionMs
    const old = records.find(({ timestamp }) => timestamp < oldest)
    if (old === undefined) return
    this.kept.delete(nodeId)
    this.log.warn(
      { node: nodeId, topic: kept.topic },
      `the topic keeps records for ${inWords(kept.retentionMs)} after their time, and a row of ${printTimestamp(old.timestamp)} is older: the broker deletes such rows within minutes. Raise retention.ms of the topic`,
    )
  }
}
