import type { NodeReference } from '../../spec/node-kind.ts'

/** What the reference page says of it. */
export const reference: NodeReference = {
  whenToUse:
    'When the same kind of event comes by several ways: two shops with a topic each, a file with the past and a topic with the present. The columns must have the same names and types; their order may differ.',
  otherRows: `- *Removed*: none. Rows that are there twice stay there twice.
- *Late*: none here. Yet a stream that is behind makes results behind it wait, and a stream that is silent holds them back until it counts as quiet (**Ignore a quiet part after**, at the source).
- *Failed*: none, since nothing is calculated.`,
  limits:
    'It remembers nothing. Rows of one stream keep their order; which of two streams comes first is not promised. It matches no rows with each other: that would be a join, which is not there yet. It takes no rows that replace earlier ones.',
  flink: '`SELECT … FROM a UNION ALL SELECT … FROM b`.',
  kafkaStreams: '`a.merge(b)`.',
}
