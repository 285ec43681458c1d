import { closeNames } from '../../data/close-names.ts'
import { LogError } from '../log-port.ts'

/** Codes of Kafka's protocol that we act on. */
export const KafkaCode = {
  offsetOutOfRange: 1,
  unknownTopic: 3,
  messageTooLarge: 10,
  recordListTooLarge: 18,
  topicAuthorizationFailed: 29,
  groupAuthorizationFailed: 30,
  clusterAuthorizationFailed: 31,
  invalidTimestamp: 32,
  invalidRecord: 87,
} as const

/** Answers that pass when the cluster has settled: corrupt message on its way, leader changes, timeouts, replicas short, storage, epochs. */
const PASSING = new Set([2, 3, 5, 6, 7, 8, 9, 13, 19, 20, 56, 72, 74, 75, 78, 100])

export function isPassing(code: number): boolean {
  return PASSING.has(code)
}

export function topicNotFound(topic: string, others: readonly string[]): LogError {
  const close = closeNames(topic, others)
  const hint = close.length > 0 ? `Did you mean ${close.map((name) => `"${name}"`).join(' or ')}?` : 'Create it first, or check the name.'
  return new LogError(
    'TOPIC_NOT_FOUND',
    `The topic "${topic}" is not on this Kafka cluster, or may not be seen with this sign-in. ${hint}`,
    { topic },
  )
}

export function notAuthorised(topic: string, doing: 'read' | 'write'): LogError {
  const operations = doing === 'read' ? 'READ and DESCRIBE' : 'WRITE and DESCRIBE'
  return new LogError('NOT_AUTHORISED', `This sign-in may not ${doing} the topic "${topic}". It needs an ACL for ${operations} on it.`, {
    topic,
  })
}

export function groupNotAuthorised(group: string): LogError {
  return new LogError('NOT_AUTHORISED', `This sign-in may not read under the name of the group "${group}". It needs an ACL for READ on it.`)
}

export function messageTooLarge(topic: string, place: string, size: number): LogError {
  return new LogError(
    'MESSAGE_TOO_LARGE',
    `${place}: a record of about ${size} bytes is larger than the topic takes. Send smaller records, or raise max.message.bytes of the topic.`,
    { topic },
  )
}

export function offsetOutOfRange(topic: string, partition: number, offset: number, first: number, end: number): LogError {
  const lost = offset < first
  const why = lost
    ? `The records from ${offset} to ${first - 1} have been deleted by the topic's retention or by hand, so going on would lose them silently.`
    : `The partition ends at ${end}, so the topic was probably deleted and created again, or this is another cluster.`
  return new LogError(
    'OFFSET_OUT_OF_RANGE',
    `${topic}-${partition}: the pipeline would go on reading at offset ${offset}, but the broker has ${first} to ${end}. ${why} Start the pipeline afresh (earliest, latest or at a time) if that is acceptable.`,
    { topic },
  )
}
