import { compile } from '../../pipeline-runtime/compiler/compile.ts'
import { type DataType, parseType } from '../../pipeline-runtime/data/types.ts'
import type { Value } from '../../pipeline-runtime/data/value.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { RowPage } from '../../pipeline-runtime/rpc/cells.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { dataFolder } from '../files/data-folder.ts'
import { refusalOf } from '../host/refusal.ts'
import type { SampleRow } from './shape-rows.ts'
import { PROBE, probeDocument, sameUpstream, type Upstream, upstreamOf } from './upstream.ts'
import { UNREADABLE, valueOfCell } from './wire-values.ts'

const LIMIT = 50
const KEPT = 20

/** Rows to try an expression on, or what would give some. */
export type SampleRows =
  | {
      readonly type: 'rows'
      readonly from: 'run' | 'sample'
      readonly rows: readonly SampleRow[]
      readonly types: ReadonlyMap<string, DataType>
    }
  | { readonly type: 'none'; readonly hint: string }

/** Answers of the runtime by what is in front of the step. */
const answers = new Map<string, Promise<SampleRows>>()

/** Rows that come into a step: of the run that is shown where nothing in front has changed since, else of the sample data. */
export async function sampleRowsFor(studio: Studio, nodeId: string): Promise<SampleRows> {
  const { document } = studio.documents.getState()
  const upstream = upstreamOf(document, nodeId)
  if (upstream === undefined) return { type: 'none', hint: 'Connect a step in front to see the value for a row.' }
  const fromRun = await rowsOfRun(studio, document, nodeId)
  if (fromRun !== undefined) return fromRun
  if (studio.runs.getState().settings.target.type !== 'sample') {
    return { type: 'none', hint: 'Run once to see the value for a row.' }
  }
  return rowsOfSample(studio, document, upstream)
}

async function rowsOfRun(studio: Studio, document: Document, nodeId: string): Promise<SampleRows | undefined> {
  const { run } = studio.runs.getState()
  const { client } = studio.host.runtime
  if (run === undefined || client === undefined || run.documentId !== studio.documents.getState().documentId) return undefined
  if (!sameUpstream(run.document, document, nodeId)) return undefined
  try {
    const page = await client.runs.rows({ runId: run.runId, nodeId, tab: 'in', limit: LIMIT })
    return page.rows.length === 0 ? undefined : rowsOf(page, 'run')
  } catch {
    // The runtime has forgotten the run: the sample data will do.
    return undefined
  }
}

function rowsOfSample(studio: Studio, document: Document, upstream: Upstream): Promise<SampleRows> {
  const folder = dataFolder(studio)
  const key = `${folder}\n${upstream.key}`
  const known = answers.get(key)
  if (known !== undefined) return known
  const answer = askForSample(studio, document, upstream, folder).catch((error: unknown): SampleRows => {
    // Asked again the next time: the reason may be gone by then.
    answers.delete(key)
    return { type: 'none', hint: `No sample row: ${refusalOf(error).message}` }
  })
  answers.set(key, answer)
  const oldest = answers.keys().next().value
  if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
  return answer
}

async function askForSample(studio: Studio, document: Document, upstream: Upstream, folder: string): Promise<SampleRows> {
  const probe = probeDocument(document, upstream)
  const spec = probe === undefined ? undefined : compile(probe, { kinds }).spec
  if (spec === undefined) return { type: 'none', hint: 'Mend the problems of the steps in front to see the value for a row.' }
  const client = await studio.host.runtime.ready()
  const page = await client.data.sampleRows({ spec, nodeId: PROBE, limit: LIMIT, folder })
  return page.rows.length === 0 ? { type: 'none', hint: 'No row of the sample data comes here.' } : rowsOf(page, 'sample')
}

/** Columns whose cells cannot be read back are left out. */
export function rowsOf({ columns, rows }: RowPage, from: 'run' | 'sample'): SampleRows {
  const types = new Map<string, DataType>()
  for (const { name, type } of columns) {
    const parsed = parseType(type)
    if (parsed !== undefined) types.set(name, parsed)
  }
  return {
    type: 'rows',
    from,
    types,
    rows: rows.map(({ cells, origin }) => {
      const row = new Map<string, Value>()
      columns.forEach(({ name }, i) => {
        const type = types.get(name)
        const value = type === undefined ? UNREADABLE : valueOfCell(type, cells[i] ?? null)
        if (value !== UNREADABLE) row.set(name, value)
      })
      if (origin !== undefined) row.set('$topic', origin.topic).set('$partition', origin.partition).set('$offset', origin.offset)
      return row
    }),
  }
}
