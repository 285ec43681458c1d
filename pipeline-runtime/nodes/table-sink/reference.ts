import type { NodeReference } from '../../spec/node-kind.ts'

/** What the reference page says of it. */
export const reference: NodeReference = {
  whenToUse:
    'To look at a result: every question of the gallery ends in one. It writes nothing, so it is safe on any cluster; `millrace run --json` prints the rows of these, too.',
  otherRows: `- *Older rows* make room for newer ones; they are no longer shown and are counted all the same.
- *Failed* and *late*: none here.`,
  limits:
    'It keeps as many rows as **Rows to keep** says, with the state of the run. Rows that replace earlier ones do so in the table as well; the place is that of the first.',
  flink: `\`'connector' = 'print'\`, or the table of its SQL client.`,
  kafkaStreams: '`stream.print(Printed.toSysOut())`.',
}
