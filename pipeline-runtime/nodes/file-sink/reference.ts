import type { NodeReference } from '../../spec/node-kind.ts'

/** What the reference page says of it. */
export const reference: NodeReference = {
  whenToUse:
    'For a result that goes into a spreadsheet or to a colleague, for keeping what was set aside beside the document, and wherever there is no cluster.',
  otherRows: `- *Failed*: none. A disk that is full, or a file that may not be written, ends the run with the reason.
- *Set aside* rows that come in are written with their columns: node, code, reason, topic, partition, offset, timestamp, and key and value as base64.`,
  limits:
    'A run writes the file from its beginning. Only one that reads Kafka and goes on after a stop or a crash cuts the file to what was saved and continues there, so each row stands in it once; where the file was changed meanwhile it refuses. One step per file. It takes no rows that replace earlier ones. UTF-8, not compressed.',
  flink: `\`INSERT INTO\` a table with \`'connector' = 'filesystem'\`, which writes a folder of part files; here it is one file.`,
  kafkaStreams: 'none; Kafka Connect writes topics into files.',
}
