import type { NodeReference } from '../../spec/node-kind.ts'

/** What the reference page says of it. */
export const reference: NodeReference = {
  whenToUse:
    'For every question with *per* and *every* in it: purchases per country every minute, failed sign-ins per address every ten seconds. **Once, when complete** gives one row per group and time window that never changes again; **Keep updating** gives a row at each change, which suits a topic that keeps the newest row of each key.',
  otherRows: `- *Late*: rows that come when the result of their time window is finished. They are counted and shown under **Late**; connected, they leave by \`late\` with the time windows that they have missed. A longer **Wait for stragglers** at the source makes fewer of them and every result later.
- *Failed*: rows for which a figure cannot be calculated follow **When a row fails**; such a row counts in none of the figures.
- *Removed*: none. A value that is empty is left out of its figure, not the row of its group.`,
  limits: `It remembers one entry for each group and open time window (**Remembered data** on its card, \`millrace_state_keys\` among the metrics) and forgets it with the result; memory grows with the number of groups, not with the number of rows. What is remembered is saved with the positions that it covers, so that a restart counts on.

Whole numbers and decimals are added up exactly, to 38 digits. Of DOUBLEs the sum may differ in its last digits with the order of the rows.

Time windows of one length without overlaps are the only ones yet. All groups are counted in one process. Where a partition goes silent for good, its last time windows stay open until **Finish without new rows after** finishes them.`,
  flink: `\`SELECT country, window_start, window_end, COUNT(*), SUM(amount) FROM TABLE(TUMBLE(TABLE rows, DESCRIPTOR(at), INTERVAL '1' MINUTE)) GROUP BY country, window_start, window_end\`. Flink drops late rows and counts them in a metric (\`numLateRecordsDropped\`); here they leave by a connection point of their own.`,
  kafkaStreams:
    '`groupBy(…).windowedBy(TimeWindows.ofSizeWithNoGrace(…)).aggregate(…)`, with `suppress(untilWindowCloses(…))` for results that come once; **Correct results for** is its grace period.',
}
