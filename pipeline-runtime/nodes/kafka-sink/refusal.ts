import { printTimestamp } from '../../data/value.ts'
import type { OutgoingRecord, SinkLimits } from '../../engine/operator.ts'

/** Frame of a record batch of one record (61 bytes, KIP-98) with the largest lengths and deltas of the record itself. */
const FRAME_BYTES = 61 + 32
/** Two lengths as varints. */
const HEADER_BYTES = 10

export interface Refusal {
  readonly code: 'RECORD_TOO_LARGE' | 'KEY_MISSING' | 'TOO_FAR_AHEAD'
  readonly reason: string
}

/** Why the topic would refuse the record, checked before sending, since a refusal stops the run (semantics rule 3). */
export function refusalOf(record: OutgoingRecord, topic: string, limits: SinkLimits, clockMs: number): Refusal | undefined {
  const { maxMessageBytes, compacted, maxAheadMs } = limits
  const bytes = maxMessageBytes === undefined ? 0 : recordBytes(record)
  if (maxMessageBytes !== undefined && bytes > maxMessageBytes) {
    return {
      code: 'RECORD_TOO_LARGE',
      reason: `the record has ${bytes} bytes, and the topic ${topic} takes up to ${maxMessageBytes} (max.message.bytes).`,
    }
  }
  if (compacted === true && record.key === null) {
    return { code: 'KEY_MISSING', reason: `the topic ${topic} keeps the newest record of each key, and this one has no key.` }
  }
  if (maxAheadMs !== undefined && record.timestamp - clockMs > maxAheadMs) {
    const reason = `its time ${printTimestamp(record.timestamp)} is further ahead of the clock than the topic ${topic} takes (${maxAheadMs} ms, message.timestamp.after.max.ms).`
    return { code: 'TOO_FAR_AHEAD', reason }
  }
  return undefined
}

/** Upper bound of what the record takes on its own. */
export function recordBytes({ key, value, headers }: OutgoingRecord): number {
  let bytes = FRAME_BYTES + (key?.length ?? 0) + (value?.length ?? 0)
  // A UTF-16 unit is at most three bytes of UTF-8.
  for (const [name, content] of headers ?? []) bytes += HEADER_BYTES + name.length * 3 + (content?.length ?? 0)
  return bytes
}
