/** Everything that `/metrics` has of pipelines, by Prometheus' naming: the page docs/operations/metrics.md is made from it. */
export interface MetricDefinition {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  readonly labels: readonly string[]
  /** Only histograms. */
  readonly buckets?: readonly number[]
}

const RUN = ['pipeline'] as const
const NODE = ['pipeline', 'node'] as const
const PARTITION = ['pipeline', 'node', 'topic', 'partition'] as const

export const METRICS = {
  buildInfo: gauge('millrace_build_info', 'Always 1; the version of Millrace and of Node.', ['version', 'node_version']),

  runInfo: gauge(
    'millrace_run_info',
    'Always 1; the run that the other metrics of a pipeline are of, the hash of its spec, and its identity: production, development or preview (a preview writes nothing to clusters).',
    [...RUN, 'run', 'spec', 'identity'],
  ),
  runState: gauge('millrace_run_state', '1 for the state that the run is in, 0 for the others.', [...RUN, 'state']),
  runStart: gauge('millrace_run_start_time_seconds', 'When the run was started, seconds since the epoch.', RUN),
  runTurn: gauge(
    'millrace_run_last_turn_timestamp_seconds',
    'When the run last asked for input, seconds since the epoch. It stands still while the run waits for a sink, and when it is over.',
    RUN,
  ),
  clusterUnreachable: gauge(
    'millrace_cluster_unreachable',
    '1 while a cluster does not answer and the run waits for it; activity is reading or writing.',
    [...RUN, 'cluster', 'activity'],
  ),

  nodeInfo: gauge('millrace_node_info', 'Always 1; the kind of a node.', [...NODE, 'kind']),
  nodeIn: counter('millrace_node_records_in_total', 'Records that a source took in; of all other nodes rows that came in.', NODE),
  nodeOut: counter(
    'millrace_node_records_out_total',
    'Rows that left a node as its results. Late rows and those set aside have metrics of their own, so have records that a sink writes.',
    NODE,
  ),
  nodeRemoved: counter('millrace_node_records_removed_total', 'Rows that ended in a node, such as those that a filter keeps out.', NODE),
  nodeLate: counter('millrace_node_records_late_total', 'Rows that came after a time window they belong to was finished.', NODE),
  nodeErrors: counter(
    'millrace_node_errors_total',
    'Records or rows that could not be decoded, calculated or written, whatever the onError of the node made of them.',
    NODE,
  ),
  nodeSetAside: counter('millrace_node_records_set_aside_total', 'Failed records or rows that left by the dead-letter port.', NODE),
  nodeSkipped: counter('millrace_node_records_skipped_total', 'Failed records or rows, and tombstones, that were passed over.', NODE),
  nodeWatermarkDelay: gauge(
    'millrace_node_watermark_delay_seconds',
    'How far the watermark lies behind the clock of the run; 0 when everything is finished, absent while there is no watermark.',
    NODE,
  ),
  nodeIdle: gauge('millrace_node_idle', '1 where all inputs of a node are idle, so that its watermark does not move.', NODE),
  nodeStateKeys: gauge('millrace_node_state_keys', 'Entries in the keyed state of a node.', NODE),
  nodeStateBytes: gauge(
    'millrace_node_state_bytes',
    'What the keyed state of a node takes in a save; beyond 256 entries a store an estimate by the first 256.',
    NODE,
  ),
  nodeTimers: gauge('millrace_node_timers', 'Timers that a node has set and that are not due yet: open time windows.', NODE),

  sourceBytes: counter('millrace_source_read_bytes_total', 'Bytes of keys and values of the records that a source took in.', NODE),
  sinkRecords: counter('millrace_sink_written_records_total', 'Records that left the pipeline by a sink.', NODE),
  sinkBytes: counter('millrace_sink_written_bytes_total', 'Bytes of keys and values of those records.', NODE),
  sinkWait: counter(
    'millrace_sink_wait_seconds_total',
    'Time for which the whole run waited for a sink to take or to acknowledge records: back-pressure.',
    NODE,
  ),

  partitionPosition: gauge(
    'millrace_partition_position',
    'Offset of the next record to read; of a file the number of its line.',
    PARTITION,
  ),
  partitionEnd: gauge('millrace_partition_end_offset', 'End of the partition on the cluster, as last seen by a fetch.', PARTITION),
  partitionLag: gauge('millrace_partition_lag_records', 'Records between position and end.', PARTITION),
  partitionLagTime: gauge(
    'millrace_partition_lag_seconds',
    'Age of the last record that was read, by its own timestamp, while there are more; 0 when there are none. Absent until the first record.',
    PARTITION,
  ),
  partitionWatermarkDelay: gauge(
    'millrace_partition_watermark_delay_seconds',
    'How far the watermark of the partition lies behind the clock of the run; as for nodes.',
    PARTITION,
  ),
  partitionAssigned: gauge('millrace_partition_assigned', '1 where the partition is read by this run.', PARTITION),
  partitionIdle: gauge(
    'millrace_partition_idle',
    '1 where nothing came for the idle time of the source, so that the partition does not hold the watermark.',
    PARTITION,
  ),

  commits: counter(
    'millrace_commits_total',
    'Saves of a run on Kafka, by what came of them: committed; refused or unknown (state is saved, the positions of the consumer group lag behind); failed (the run ends).',
    [...RUN, 'outcome'],
  ),
  commitDuration: {
    name: 'millrace_commit_duration_seconds',
    type: 'histogram',
    help: 'How long a save took, from its boundary until the consumer group has the positions.',
    labels: RUN,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  },
  lastCommit: gauge(
    'millrace_last_commit_timestamp_seconds',
    'When state was last saved, seconds since the epoch; absent until then.',
    RUN,
  ),
  savedState: gauge('millrace_saved_state_bytes', 'Size of the last save of the whole run; absent until then.', RUN),
} as const satisfies Readonly<Record<string, MetricDefinition>>

export type MetricName = keyof typeof METRICS

/** One value of a counter or gauge. */
export interface Sample {
  readonly metric: Exclude<MetricName, 'commitDuration'>
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Of what prom-client tells of the process: these and no others, so that the list is the same everywhere. */
export const PROCESS_METRICS: Readonly<Record<string, string>> = {
  process_cpu_seconds_total: 'Processor time, user and system.',
  process_cpu_system_seconds_total: 'Processor time in the system.',
  process_cpu_user_seconds_total: 'Processor time in the program.',
  process_heap_bytes: 'Size of the data segment (Linux).',
  process_max_fds: 'How many files and sockets may be open (Linux).',
  process_open_fds: 'How many are open (Linux).',
  process_resident_memory_bytes: 'Memory that the process holds.',
  process_start_time_seconds: 'When the process was started, seconds since the epoch.',
  process_virtual_memory_bytes: 'Address space of the process (Linux).',
  nodejs_eventloop_lag_max_seconds: 'Longest delay of the event loop since the last scrape: nothing else happened meanwhile.',
  nodejs_eventloop_lag_mean_seconds: 'Mean of these delays.',
  nodejs_eventloop_lag_p99_seconds: '99th percentile of these delays.',
  nodejs_external_memory_bytes: 'Memory of buffers outside the heap.',
  nodejs_gc_duration_seconds: 'Pauses for garbage collection, by kind (histogram).',
  nodejs_heap_size_total_bytes: 'Size of the heap.',
  nodejs_heap_size_used_bytes: 'Heap in use.',
}

function gauge<const L extends readonly string[]>(name: string, help: string, labels: L) {
  return { name, type: 'gauge' as const, help, labels }
}

function counter<const L extends readonly string[]>(name: string, help: string, labels: L) {
  return { name, type: 'counter' as const, help, labels }
}
