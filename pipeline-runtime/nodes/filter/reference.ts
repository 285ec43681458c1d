import type { NodeReference } from '../../spec/node-kind.ts'

/** What the reference page says of it. */
export const reference: NodeReference = {
  whenToUse:
    'Wherever only some of the rows matter for the question. Put it as near to the source as possible: what it removes costs nothing further on. When it is the *removed* rows that are of interest, look at its tab **Removed** first; a second filter with the opposite condition writes them.',
  otherRows: `- *Removed*: rows for which the condition is false or neither true nor false. They are counted, and the newest of them are shown under **Removed**. \`status <> 'paid'\` also removes rows without a status; \`status IS DISTINCT FROM 'paid'\` keeps those.
- *Failed*: rows for which the condition cannot be calculated follow **When a row fails**: the run stops and names the row, the row is skipped and counted, or it is set aside with the reason.
- Nothing is late here: a filter does not look at time.`,
  limits:
    'It remembers nothing and brings no rows together, so it costs what its condition costs. Rows that replace earlier ones (a summary that is kept up to date) cannot be filtered: filter in front of the summary, or take its results once, when complete.',
  flink: '`SELECT * FROM rows WHERE condition`; conditions are written as there.',
  kafkaStreams: '`stream.filter((key, row) -> …)`.',
}
