import { createKafkaPort } from '../connectors/kafka/kafka-log-port.ts'
import type { LogPort, TopicDescription } from '../connectors/log-port.ts'
import type { KafkaTarget } from './connections-file.ts'
import { RunError } from './run-error.ts'
import type { RunOptions } from './run-options.ts'

/** A Kafka cluster whose troubles go to the log of the run. */
export function openCluster(
  { config: { bootstrap }, signIn }: KafkaTarget,
  { log, onOutage }: Pick<RunOptions, 'log' | 'onOutage'>,
): LogPort {
  return createKafkaPort({
    bootstrap,
    signIn,
    log: (line) => log.warn({ bootstrap }, line),
    onOutage: onOutage && ((what, reason) => onOutage({ bootstrap, what, reason })),
  })
}

/** Equal for connections that lead to one cluster in one way. */
export function clusterKey({ config }: KafkaTarget): string {
  return JSON.stringify(config, Object.keys(config).sort())
}

/** A topic that a node needs; `advice` says what to do where it is not there. */
export async function describeTopic(
  port: LogPort,
  need: { readonly nodeId: string; readonly topic: string; readonly bootstrap: string; readonly advice: string },
  onStep?: (step: string) => void,
): Promise<TopicDescription> {
  const { nodeId, topic, bootstrap, advice } = need
  onStep?.(`asking ${bootstrap} for the topic ${topic}`)
  const description = await port.describe(topic)
  if (description === undefined) {
    throw new RunError('TOPIC_NOT_FOUND', `${nodeId}: the topic ${topic} is not there on ${bootstrap}. ${advice}`, { nodeId })
  }
  return description
}
