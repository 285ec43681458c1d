import { ORPCError, ValidationError } from '@orpc/server'
import { LogError } from '../connectors/log-port.ts'
import type { RefusalData } from '../rpc/runtime-api.ts'
import { RunError } from '../runner/run-error.ts'
import type { Issue } from '../spec/issue.ts'

/** Something could not be done, in words for the user: what, where, what to do. */
export class Refusal extends Error {
  readonly code: string
  readonly nodeId: string | undefined
  readonly issues: readonly Issue[] | undefined

  constructor(code: string, message: string, options?: ErrorOptions & { nodeId?: string | undefined; issues?: readonly Issue[] }) {
    super(message, options)
    this.name = 'Refusal'
    this.code = code
    this.nodeId = options?.nodeId
    this.issues = options?.issues
  }
}

/** What Kafka and the runner say, as refusals. */
export async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof LogError) throw new Refusal(error.code, error.message, { cause: error })
    if (error instanceof RunError) throw new Refusal(error.code, error.onScreen, { cause: error, nodeId: error.nodeId })
    throw error
  }
}

/** What an error of a call is for the page: words and a code, never a stack. */
export function toRpcError(error: unknown, log: (error: unknown) => void): ORPCError<string, RefusalData> {
  if (error instanceof Refusal) return rpcError(error)
  if (error instanceof ORPCError) return isRefusal(error) ? error : rpcError(wrongInput(error) ?? error)
  log(error)
  const reason = error instanceof Error ? error.message : String(error)
  return rpcError({ code: 'UNEXPECTED', message: `Something unexpected went wrong: ${reason}` })
}

function rpcError({ code, message, nodeId, issues }: RefusalData): ORPCError<string, RefusalData> {
  const data: RefusalData = { code, message, ...(nodeId === undefined ? {} : { nodeId }), ...(issues === undefined ? {} : { issues }) }
  return new ORPCError(code, { message, data })
}

/** Whether an error has been put into words already, where calls go through several layers. */
function isRefusal(error: ORPCError<string, unknown>): error is ORPCError<string, RefusalData> {
  const { data } = error
  return typeof data === 'object' && data !== null && 'code' in data && data.code === error.code && 'message' in data
}

/** Input that the contract does not allow, as issues: what is wrong where. */
function wrongInput(error: ORPCError<string, unknown>): RefusalData | undefined {
  if (!(error.cause instanceof ValidationError)) return undefined
  const issues = error.cause.issues.map(({ message, path = [] }): Issue => {
    const keys = path.map((part) => String(typeof part === 'object' ? part.key : part))
    return { code: 'WRONG_INPUT', severity: 'error', path: keys.map((key) => `/${key}`).join(''), message }
  })
  const first = issues[0]
  const where = first === undefined || first.path === '' ? '' : ` at ${first.path}`
  return {
    code: 'WRONG_INPUT',
    message: `The request is not understood${where}: ${first?.message.replace(/\.$/, '') ?? 'it has the wrong form'}.`,
    issues,
  }
}

/** A stream whose items may come to an end with an error: the call that gave it is over by then, so that nothing else puts it into words. */
export async function* streamInWords<T>(items: AsyncGenerator<T, void>, log: (error: unknown) => void): AsyncGenerator<T, void> {
  try {
    yield* items
  } catch (error) {
    throw toRpcError(error, log)
  }
}

/** For `clientInterceptors` of an RPC handler. */
export function refuseInWords(log: (error: unknown) => void): (call: { next(): Promise<unknown> }) => Promise<unknown> {
  return async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      throw toRpcError(error, log)
    }
  }
}
