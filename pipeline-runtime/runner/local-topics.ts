import { withTopicAdmin } from '../connectors/kafka/topic-admin.ts'
import type { BoundNode } from './bindings.ts'
import { type LocalTarget, localKafkaAt, type Target } from './targets.ts'

/** On one's own Kafka nobody else makes topics: those that a run writes are made where they are not there. Answers their names. */
export async function makeWrittenTopics(bootstrap: string, bound: readonly BoundNode<Target | LocalTarget>[]): Promise<readonly string[]> {
  const written = bound.flatMap((node) =>
    node.type === 'topic' && node.access === 'write' && node.target.type === 'local' ? [{ name: node.topic }] : [],
  )
  return written.length === 0 ? [] : withTopicAdmin(bootstrap, (topics) => topics.createMissing(written))
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
