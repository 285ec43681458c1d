import { METRICS, type MetricDefinition, PROCESS_METRICS } from './metric-list.ts'

/** docs/operations/metrics.md. */
export function metricsPage(): string {
  const definitions: readonly MetricDefinition[] = Object.values(METRICS)
  const groups = [
    {
      title: 'The run',
      about: 'One series a pipeline, of some metrics one for each state, outcome or cluster.',
      prefix: /^millrace_(build|run|cluster)_/,
    },
    { title: 'Nodes', about: 'One series a node.', prefix: /^millrace_node_/ },
    { title: 'Sources and sinks', about: 'One series a source or sink of a topic or file.', prefix: /^millrace_(source|sink)_/ },
    {
      title: 'Partitions',
      about: 'One series a partition that is read. End and lag are known of topics of a cluster only.',
      prefix: /^millrace_partition_/,
    },
    {
      title: 'Saves',
      about: 'Of runs that read a topic of a cluster; others save nothing.',
      prefix: /^millrace_(commit|last_commit|saved)/,
    },
  ]
  const tables = groups.map(({ title, about, prefix }) => {
    const rows = definitions
      .filter(({ name }) => prefix.test(name))
      .map(({ name, type, labels, help }) => row([`\`${name}\``, type, labelNames(labels), help]))
    return `## ${title}\n\n${about}\n\n${table(['Metric', 'Type', 'Labels', 'Meaning'], rows)}`
  })
  const process = Object.entries(PROCESS_METRICS).map(([name, meaning]) => row([`\`${name}\``, meaning]))
  return `${INTRODUCTION}\n${tables.join('\n\n')}\n\n## The process\n\n${table(['Metric', 'Meaning'], process)}\n`
}

const INTRODUCTION = `# Metrics

<!-- Made from pipeline-runtime/operations/metric-list.ts by npm run generate. -->

\`millrace run … --metrics-port 9464\` and \`millrace serve … --metrics-port 9464\` serve these at \`/metrics\`, in Prometheus' text format, to this
machine alone unless \`--metrics-host\` says otherwise. There is no sign-in and nothing can be changed there; names of pipelines, nodes, topics
and clusters can be read.

- **Names** follow Prometheus' conventions: \`millrace_\`, what is counted, the unit (\`seconds\`, \`bytes\`), and \`_total\` on counters. Times are
  seconds since the epoch.
- **Counters** begin at 0 with each process and never go back, also where a run goes on from saved state. The summary at the end of a run that
  went on counts from the beginning of all; for a run that began anew the two are equal.
- **Labels** are names out of the document, and what they are bound to: \`pipeline\` is its name, \`node\` the id of a node, \`topic\` a topic or the
  path of a file. No label comes out of the data, so the number of series is bounded: about 50 for the process, 35 for a pipeline, 16 for a
  node and 7 for a partition. A pipeline of 10 nodes that reads 12 partitions has some 330. \`millrace_run_info\` alone has a label that
  is new with each start.
- **Reading is cheap**: the engine counts per batch and figures are put together when they are asked for. A scrape of that pipeline takes
  4 ms of processor time and 25 kB.
- With \`serve\` a pipeline stands for its newest run, of at most 20 pipelines. Two documents of the same name share one place.
- A metric without a value is absent: no lag before the end of a partition is known, no watermark before the first record.
`

function labelNames(labels: readonly string[]): string {
  return labels.map((label) => `\`${label}\``).join(', ')
}

function table(header: readonly string[], rows: readonly string[]): string {
  return [row(header), row(header.map(() => '---')), ...rows].join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
