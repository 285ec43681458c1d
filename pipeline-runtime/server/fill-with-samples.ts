import { withTopicAdmin } from '../connectors/kafka/topic-admin.ts'
import { kinds } from '../nodes/catalog.ts'
import type { FillProgress } from '../rpc/local-kafka-state.ts'
import { bindNodes, connectionsOf } from '../runner/bindings.ts'
import { feedSamples } from '../runner/feed.ts'
import { localKafkaAt, type Target } from '../runner/targets.ts'
import type { Spec, SpecNode } from '../spec/spec.ts'
import type { FolderAccess } from './file-access.ts'
import { LatestValue } from './latest-value.ts'
import { inWords, Refusal } from './refusal.ts'

export interface FillRequest {
  /** Of the local Kafka. */
  readonly bootstrap: string
  readonly spec: Spec
  readonly access: FolderAccess
  /** Deletes what stands in the topics before. */
  readonly replace: boolean
  readonly signal: AbortSignal | undefined
}

/** Writes the sample data of the document's sources into the topics that they read; ends early where the reader leaves. */
export async function* fillWithSamples({ bootstrap, spec, access, replace, signal }: FillRequest): AsyncGenerator<FillProgress, void> {
  const local: Target = localKafkaAt(bootstrap)
  const targets = new Map(connectionsOf(spec, kinds).map((connection) => [connection, local]))
  const read = bindNodes(spec, kinds, targets).flatMap((node) => (node.type === 'topic' && node.access === 'read' ? [node] : []))
  const topics = [...new Set(read.map(({ topic }) => topic))]
  if (topics.length === 0) throw new Refusal('NOTHING_TO_FEED', 'No step of this document reads a topic, so there is nothing to fill.')
  for (const { node } of read) refuseWithoutSample(node)
  if (replace) await inWords(withTopicAdmin(bootstrap, (admin) => admin.delete(topics)))
  const left = new AbortController()
  const leave = (): void => left.abort()
  signal?.addEventListener('abort', leave)
  const progress = new LatestValue<FillProgress>()
  const work = inWords(
    feedSamples({
      spec,
      kinds,
      ...access,
      targets,
      localBootstrap: bootstrap,
      log: { info: () => {}, warn: () => {} },
      signal: left.signal,
      onProgress: (records, topic) => progress.set({ type: 'writing', topic, records }),
    }),
  )
  const end = (): void => progress.end()
  work.then(end, end)
  try {
    yield* progress.read()
    yield { type: 'done', topics: await work }
  } finally {
    leave()
    signal?.removeEventListener('abort', leave)
  }
}

function refuseWithoutSample({ id, config }: SpecNode): void {
  const { sample } = config as { readonly sample?: unknown } // Of a source, checked by the compiler.
  if (sample !== undefined) return
  throw new Refusal('NO_SAMPLE', `${id} has no sample data, so its topic cannot be filled. Give the step sample data, and try again.`, {
    nodeId: id,
  })
}
