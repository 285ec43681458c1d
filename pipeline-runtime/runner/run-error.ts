/** Why a run could not start or go on, in words for its user. */
export class RunError extends Error {
  readonly code: string
  readonly nodeId: string | undefined

  constructor(code: string, message: string, options?: { nodeId?: string | undefined; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'RunError'
    this.code = code
    this.nodeId = options?.nodeId
  }
}
