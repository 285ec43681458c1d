import { startOwnKafka } from '../local-kafka/own-kafka.ts'
import { kinds } from '../nodes/catalog.ts'
import { bindNodes } from '../runner/bindings.ts'
import { prepareLocalTopics, usesLocalKafka, withLocalKafka } from '../runner/local-topics.ts'
import type { Target } from '../runner/targets.ts'
import type { BoundPipeline } from './bind.ts'
import type { Output } from './output.ts'

export interface ReadyTargets {
  readonly targets: ReadonlyMap<string, Target>
  /** HOST:PORT of the local Kafka, where one of the targets is it. */
  readonly localBootstrap: string | undefined
}

/**
 * Where a target is the local Kafka, uses the one that runs or starts one. It goes on afterwards, so that the next command, other tools
 * and the app find what was written; only `millrace kafka stop` ends it.
 */
export async function readyTargets({ bound }: BoundPipeline, dataDir: string, output: Output): Promise<ReadyTargets> {
  if (!usesLocalKafka(bound.targets)) return { targets: withLocalKafka(bound.targets, undefined), localBootstrap: undefined }
  const { bootstrap, isNew } = await startOwnKafka({ dataDir, owner: { type: 'command' }, log: (line) => output.say(line) })
  output.say(
    isNew
      ? `Started the local Kafka at ${bootstrap}. It goes on when this is done; millrace kafka stop ends it.`
      : `On the local Kafka at ${bootstrap}.`,
  )
  return { targets: withLocalKafka(bound.targets, bootstrap), localBootstrap: bootstrap }
}

/** Before a run: topics of the local Kafka that the pipeline writes are made; one that it reads has to be there. */
export async function prepareTopics({ spec, bound }: BoundPipeline, { localBootstrap }: ReadyTargets, output: Output): Promise<void> {
  if (localBootstrap === undefined) return
  const made = await prepareLocalTopics(localBootstrap, bindNodes(spec, kinds, bound.targets), { write: true })
  if (made.length > 0) output.say(`Made the topic${made.length === 1 ? '' : 's'} ${made.join(', ')} there.`)
}
