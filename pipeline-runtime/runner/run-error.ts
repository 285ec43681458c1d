/** Why a run could not start or go on, in words for its user. */
export class RunError extends Error {
  readonly code: string
  readonly nodeId: string | undefined
  /** What the app says: there is no command line whose options could be named. */
  readonly onScreen: string

  constructor(code: string, message: string, options?: { nodeId?: string | undefined; cause?: unknown; onScreen?: string | undefined }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'RunError'
    this.code = code
    this.nodeId = options?.nodeId
    this.onScreen = options?.onScreen ?? message
  }
}
