import type { NodeReference } from '../../spec/node-kind.ts'

/** What the reference page says of it. */
export const reference: NodeReference = {
  whenToUse:
    'For an export that somebody sent, for the past beside a topic with the present, and for tests with real rows. A file dropped onto the window makes this step with its columns, types, delimiter and time column filled in.',
  otherRows: `- *Failed*: a line that is no JSON or does not fit the columns follows **When a row fails**: the run stops and names the line; the line is skipped and counted; or it is set aside with its bytes, its number and the reason. In CSV a record ends where its quotes do, so it may have several lines.
- Nothing is late here; what is late is decided by the time windows behind it. A file in which times are mixed wants a longer **Wait for stragglers**.`,
  limits:
    'Read once, from the beginning to the end; a file that grows is not followed. Memory does not grow with the file. Text is UTF-8, uncompressed. Paths lead below the folder of the document; another folder needs `--allow-path` or a yes on the screen.',
  flink: `a table with \`'connector' = 'filesystem'\` and \`'format' = 'csv'\` or \`'json'\`.`,
  kafkaStreams: 'none; a file is brought into a topic first, for example by Kafka Connect.',
}
