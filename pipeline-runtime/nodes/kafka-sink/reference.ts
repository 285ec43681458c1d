import type { NodeReference } from '../../spec/node-kind.ts'

/** What the reference page says of it. */
export const reference: NodeReference = {
  whenToUse:
    'To hand results on to other programs, and for what was set aside: a topic of its own, from which it can be repaired and read again. On the screen nothing is written before writing is turned on for that cluster; until then rows are counted and thrown away. `millrace run` writes to where its connections lead.',
  otherRows: `- *Refused*: a row that the topic would not take (too large, without a key where the topic keeps the newest row of each key, stamped too far ahead) is found before it is sent and follows **When a row fails**.
- *Set aside* rows that come in are written with their own bytes, key and headers; \`millrace.topic\`, \`millrace.partition\`, \`millrace.offset\`, \`millrace.timestamp\`, \`millrace.node\`, \`millrace.code\` and \`millrace.reason\` stand in further headers.
- A broker that goes away makes the step wait; nothing is dropped.`,
  limits: `At least once: after a crash some rows may be written a second time, with the same key and value, none is missing. Written without compression. The topic has to be there. Rows with the same key go to the same partition as with the Java client (murmur2) and keep their order.

The timestamp of the record is the time of the row; a row without one (of a file without a time column) is stamped when it is written. A topic deletes by these timestamps: history that is older than its \`retention.ms\` would be gone within minutes, which the log says.

Rows that replace earlier ones need their key as the key of the record, which is checked while you draw.`,
  flink: '`INSERT INTO revenue SELECT …` with the `kafka` connector, or `upsert-kafka` for rows that replace earlier ones.',
  kafkaStreams: '`stream.to("revenue", Produced.with(…))`.',
}
