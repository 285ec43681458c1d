import type { OutgoingRecord } from '../../engine/operator.ts'
import type { LogWriter } from '../log-port.ts'

const KEPT_RECORDS = 1_000

/** Takes what a pipeline on sample data writes to topics. It is kept in memory, the newest 1,000 records of each topic, and goes with the run. */
export class SampleWriter implements LogWriter {
  readonly topics = new Map<string, { count: number; readonly newest: OutgoingRecord[] }>()

  async append(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    const kept = this.topics.get(topic) ?? { count: 0, newest: [] }
    this.topics.set(topic, kept)
    kept.count += records.length
    for (const record of records.slice(-KEPT_RECORDS)) kept.newest.push(record)
    kept.newest.splice(0, kept.newest.length - KEPT_RECORDS)
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {}
}
