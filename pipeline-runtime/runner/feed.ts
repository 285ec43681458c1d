import { withTopicAdmin } from '../connectors/kafka/topic-admin.ts'
import { SampleClock } from '../connectors/samples/sample-clock.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import type { Spec } from '../spec/spec.ts'
import { bindNodes } from './bindings.ts'
import { describeTopic, openCluster } from './cluster.ts'
import { RunError } from './run-error.ts'
import type { RunLog } from './run-options.ts'
import { openSample } from './sample-source.ts'
import type { Target } from './targets.ts'

export interface FeedOptions {
  readonly spec: Spec
  readonly kinds: readonly NodeKind[]
  readonly folder: string
  readonly allowedFolders: readonly string[]
  readonly targets: ReadonlyMap<string, Target>
  /** HOST:PORT of the local Kafka: topics that are not there are made. Elsewhere only an administrator makes topics. */
  readonly localBootstrap?: string | undefined
  readonly log: RunLog
  readonly signal: AbortSignal
  readonly onProgress: (records: number, topic: string) => void
}

export interface Fed {
  readonly nodeId: string
  readonly topic: string
  readonly records: number
}

const CHUNK_RECORDS = 500
const encoder = new TextEncoder()

/**
 * Writes the samples of a document's sources into the topics of a real Kafka: what they hold at the start of a run to the end, its
 * times moved so that it begins 15 minutes ago (Kafka deletes what is older than a topic keeps).
 */
export async function feedSamples(options: FeedOptions): Promise<Fed[]> {
  const fed: Fed[] = []
  const startMs = new SampleClock().startMs
  for (const bound of bindNodes(options.spec, options.kinds, options.targets)) {
    if (bound.access !== 'read' || bound.type !== 'topic') continue
    const { node, topic, target } = bound
    if (target.type === 'sample')
      throw new RunError(
        'NOTHING_TO_FEED',
        `${node.id} is bound to sample data; name a cluster with --target HOST:PORT, or --target local.`,
        {
          nodeId: node.id,
        },
      )
    const { bootstrap } = target.config
    const sample = await openSample(node, { folder: options.folder, allowedFolders: options.allowedFolders, startMs, bounded: true })
    if (bootstrap === options.localBootstrap)
      await withTopicAdmin(bootstrap, (topics) => topics.createMissing([{ name: topic, partitions: sample.partitions }]))
    const port = openCluster(target, options)
    try {
      const advice = "Create it first, for example with Kafka's own kafka-topics tool."
      await describeTopic(port, { nodeId: node.id, topic, bootstrap, advice })
      const writer = await port.write()
      let records = 0
      for (
        let chunk = take(sample.records, CHUNK_RECORDS);
        chunk.length > 0 && !options.signal.aborted;
        chunk = take(sample.records, CHUNK_RECORDS)
      ) {
        const outgoing = chunk.map(({ key, value, timestampMs }) => ({ key: encoder.encode(key), value, timestamp: timestampMs }))
        await writer.append(topic, outgoing)
        records += chunk.length
        options.onProgress(records, topic)
      }
      await writer.flush()
      await writer.close()
      fed.push({ nodeId: node.id, topic, records })
    } finally {
      await port.close()
    }
  }
  return fed
}

function take<T>(from: Iterator<T>, count: number): T[] {
  const taken: T[] = []
  while (taken.length < count) {
    const { done, value } = from.next()
    if (done === true) break
    taken.push(value)
  }
  return taken
}
