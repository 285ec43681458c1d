import type { NodeReference } from '../../spec/node-kind.ts'

/** What the reference page says of it. */
export const reference: NodeReference = {
  whenToUse:
    'To read a topic. On sample data the same step gives the rows of its **Sample data**, so that a drawing can be made and tested before there is a cluster. The quickest way to one is a topic dragged from *Connections*: columns, types and the time column are found in its newest 100 rows.',
  otherRows: `- *Failed*: a record that is no JSON or CSV, lacks a declared type, or is stamped too far ahead (**Refuse rows from the future beyond**) follows **When a row fails**: the run stops and names topic, partition and position; the record is skipped and counted; or it is set aside with its bytes, where it was, and why.
- *Deletion marks* (a key without a value) follow **Deletion marks**.
- Nothing is late here. The source says how far time has come: the newest time that it has seen, less **Wait for stragglers**, of its slowest partition. What is late is decided by the time windows behind it.`,
  limits: `One process reads all partitions of the topic. Memory does not grow with it. Formats are JSON and CSV; batches may be compressed with gzip, snappy or lz4, with zstd where the runtime has it (Node 22.15 and later). Only records of finished transactions are read.

It reads as a consumer group of its own; a second run under the same name is refused. The topic has to be there, and when it gets more partitions the run has to start over. Positions are kept with the remembered data, not by what the group has committed.`,
  flink: `\`CREATE TABLE purchases (…, WATERMARK FOR at AS at - INTERVAL '5' SECOND) WITH ('connector' = 'kafka', …)\`; idle sources are \`table.exec.source.idle-timeout\`.`,
  kafkaStreams:
    '`builder.stream("purchases", Consumed.with(…))` with a `TimestampExtractor`; how long to wait is there the grace of each window.',
}
