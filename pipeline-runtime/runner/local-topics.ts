import { withTopicAdmin } from '../connectors/kafka/topic-admin.ts'
import type { BoundNode } from './bindings.ts'
import { RunError } from './run-error.ts'
import { type LocalTarget, localKafkaAt, type Target } from './targets.ts'

/**
 * Before a run on one's own Kafka, where nobody else makes topics: those that it writes are made where they are not there, and their names
 * answered. One that it reads has to have been filled: throws TOPIC_NOT_FOUND.
 */
export async function prepareLocalTopics(
  bootstrap: string,
  bound: readonly BoundNode<Target | LocalTarget>[],
  { write }: { readonly write: boolean },
): Promise<readonly string[]> {
  const local = bound.flatMap((node) => (node.type === 'topic' && node.target.type === 'local' ? [node] : []))
  const written = local.filter(({ access }) => access === 'write').map(({ topic }) => ({ name: topic }))
  const { made, known } = await withTopicAdmin(bootstrap, async (topics) => ({
    made: write ? await topics.createMissing(written) : [],
    known: new Set(await topics.names()),
  }))
  const missing = local.find(({ access, topic }) => access === 'read' && !known.has(topic))
  if (missing !== undefined) throw notFilled(missing.node.id, missing.topic)
  return made
}

function notFilled(nodeId: string, topic: string): RunError {
  const message = `The topic ${topic} is not in the local Kafka yet.`
  return new RunError(
    'TOPIC_NOT_FOUND',
    `${nodeId}: ${message} millrace feed FILE --target local fills it with the sample data of the document.`,
    {
      nodeId,
      onScreen: `${message} Fill it with sample data, or let another program write it.`,
    },
  )
}

export function usesLocalKafka(targets: ReadonlyMap<string, Target | LocalTarget>): boolean {
  return [...targets.values()].some(({ type }) => type === 'local')
}

/** What the connections mean once the local Kafka is at `bootstrap`; undefined where none of them means it. */
export function withLocalKafka(
  targets: ReadonlyMap<string, Target | LocalTarget>,
  bootstrap: string | undefined,
): ReadonlyMap<string, Target> {
  return new Map([...targets].map(([connection, target]) => [connection, target.type === 'local' ? placeOf(bootstrap) : target]))
}

function placeOf(bootstrap: string | undefined): Target {
  if (bootstrap === undefined) throw new Error('The local Kafka was not started.')
  return localKafkaAt(bootstrap)
}
