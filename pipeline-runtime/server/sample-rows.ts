import { kinds } from '../nodes/catalog.ts'
import { operators } from '../nodes/operators.ts'
import type { RowPage } from '../rpc/cells.ts'
import { bindNodes, connectionsOf } from '../runner/bindings.ts'
import { runPipeline } from '../runner/run.ts'
import { checkSamples } from './check-samples.ts'
import { checkSpec } from './check-spec.ts'
import type { FileAccess } from './file-access.ts'
import { Refusal } from './refusal.ts'
import { RowKeeper } from './row-keeper.ts'
import { pageOf } from './row-page.ts'
import { runFailure } from './run-failure.ts'

const LONGEST_MS = 3_000
/** A condition that hardly anything meets must not read all of a big file. */
const MOST_RECORDS = 50_000

export interface SampleRequest {
  readonly spec?: unknown
  readonly nodeId: string
  readonly limit: number
  readonly folder: string
}

/** The first rows that come to a step when the pipeline runs on its sample data, in a run of its own that nobody sees. */
export async function sampleRows(request: SampleRequest, files: FileAccess, dataDir: string): Promise<RowPage> {
  const { nodeId, limit } = request
  const spec = checkSpec(request.spec)
  const targets = new Map(connectionsOf(spec, kinds).map((connection) => [connection, { type: 'sample' as const }]))
  const bound = bindNodes(spec, kinds, targets)
  const writing = bound.find((node) => node.type === 'file' && node.access === 'write')
  if (writing !== undefined) throw new Refusal('SAMPLE_WRITES', 'A look at sample rows must not write a file.', { nodeId: writing.node.id })
  const access = files.of(request.folder)
  files.check(bound, access)
  checkSamples(bound)
  const keeper = new RowKeeper(spec, kinds)
  const ring = keeper.ring(nodeId, 'in')?.ring
  if (ring === undefined) throw new Refusal('UNKNOWN_STEP', `Nothing comes into the step ${nodeId}.`, { nodeId })
  const enough = new AbortController()
  const timer = setTimeout(() => enough.abort(), LONGEST_MS)
  try {
    await runPipeline({
      spec,
      kinds,
      operators,
      ...access,
      targets,
      dataDir,
      stop: { type: 'end' },
      identity: { type: 'preview' },
      clusterWrites: 'count',
      log: { info() {}, warn() {} },
      tap: (tap) => {
        if (ring.total < limit) keeper.take(tap)
        if (ring.total >= limit || keeper.records >= MOST_RECORDS) enough.abort()
      },
      signal: enough.signal,
    })
  } catch (error) {
    const { code, message, nodeId: failed } = runFailure(error, bound)
    // What came before the row that failed is worth showing.
    if (ring.total === 0) throw new Refusal(code, message, { nodeId: failed, cause: error })
  } finally {
    clearTimeout(timer)
  }
  return { ...pageOf(ring, { fromSeq: 0, limit }), open: [] }
}
