import type { NodeReference } from '../../spec/node-kind.ts'

/** What the reference page says of it. */
export const reference: NodeReference = {
  whenToUse:
    'To calculate a column for the steps behind it, to give a column another name, or to leave out what need not travel on. For a single condition or a figure it is not needed: filters and summaries take calculations themselves.',
  otherRows: `- *Removed*: none, every row stays.
- *Failed*: rows for which a calculation fails, say by a division by zero, follow **When a row fails**: the run stops and names the row, the row is skipped and counted, or it is set aside with the reason.
- Nothing is late here: the time of a row is that with which it came, also where its column is left out.`,
  limits:
    'It remembers nothing and brings no rows together. A calculation sees the columns that come in, not those that are calculated beside it; for that a second step follows. It takes no rows that replace earlier ones.',
  flink: 'the list behind `SELECT`: `SELECT country, amount * 2 AS total FROM rows`.',
  kafkaStreams: '`stream.mapValues(row -> …)`.',
}
