import type { Failure } from './operator.ts'

/** Why a run stopped: what an operator said by `context.fail`, or INTERNAL_ERROR where the code is wrong. */
export class EngineFailure extends Error {
  readonly nodeId: string
  readonly code: string
  readonly topic: string | undefined
  readonly partition: number | undefined
  readonly offset: number | undefined

  constructor(nodeId: string, failure: Failure, cause?: unknown) {
    super(failure.message, cause === undefined ? undefined : { cause })
    this.name = 'EngineFailure'
    this.nodeId = nodeId
    this.code = failure.code
    this.topic = failure.topic
    this.partition = failure.partition
    this.offset = failure.offset
  }

  /** What was thrown as an EngineFailure: passed on where it is one, else a fault of the node's code. */
  static of(nodeId: string, error: unknown): EngineFailure {
    if (error instanceof EngineFailure) return error
    const message = error instanceof Error ? error.message : String(error)
    return new EngineFailure(nodeId, { code: 'INTERNAL_ERROR', message: `Node ${nodeId}: ${message}` }, error)
  }
}
