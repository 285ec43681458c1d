import { LogError } from '../connectors/log-port.ts'
import { EngineFailure } from '../engine/engine-failure.ts'
import { LocalKafkaError } from '../local-kafka/local-kafka-error.ts'
import type { RunFailure } from '../rpc/run-state.ts'
import type { BoundNode } from '../runner/bindings.ts'
import { RunError } from '../runner/run-error.ts'
import { Refusal } from './refusal.ts'

/** Why a run failed, as data: which step, which record, what to do. */
export function runFailure(error: unknown, bound: readonly BoundNode<unknown>[]): RunFailure {
  if (error instanceof EngineFailure) {
    const { code, message, nodeId, topic, partition, offset } = error
    return { code, message, ...known({ nodeId: nodeId || undefined, topic, partition, offset }) }
  }
  if (error instanceof LogError) {
    const { code, message, topic } = error
    return { code, message, ...known({ nodeId: nodeOf(topic, bound), topic }) }
  }
  if (error instanceof RunError) {
    const { code, onScreen, nodeId } = error
    return { code, message: onScreen, ...known({ nodeId }) }
  }
  if (error instanceof Refusal) {
    const { code, message, nodeId } = error
    return { code, message, ...known({ nodeId }) }
  }
  if (error instanceof LocalKafkaError) return { code: error.code, message: error.message }
  const reason = error instanceof Error ? error.message : String(error)
  return { code: 'INTERNAL_ERROR', message: `The run stopped by a fault of Millrace: ${reason}` }
}

/** The step that reads or writes a topic or file, where there is one only. */
function nodeOf(topic: string | undefined, bound: readonly BoundNode<unknown>[]): string | undefined {
  if (topic === undefined) return undefined
  const [node, other] = bound.filter((candidate) => (candidate.type === 'file' ? candidate.path : candidate.topic) === topic)
  return other === undefined ? node?.node.id : undefined
}

type Place = Pick<RunFailure, 'nodeId' | 'topic' | 'partition' | 'offset'>

function known(place: { readonly [K in keyof Place]: Place[K] | undefined }): Place {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined))
}
