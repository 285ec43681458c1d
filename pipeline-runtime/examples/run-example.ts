import { readFileSync } from 'node:fs'
import { compile } from '../compiler/compile.ts'
import { rowValues } from '../data/batch.ts'
import type { Value } from '../data/value.ts'
import type { EngineMetrics, NodeMetrics } from '../engine/metrics.ts'
import { kinds } from '../nodes/catalog.ts'
import { operators } from '../nodes/operators.ts'
import { connectionsOf } from '../runner/bindings.ts'
import { runPipeline } from '../runner/run.ts'
import type { Document } from '../spec/document.ts'
import { readDocument } from '../spec/read-document.ts'

export type ExampleRow = Readonly<Record<string, Value>>

export interface ExampleRun {
  readonly metrics: EngineMetrics
  rows(sink: string): readonly ExampleRow[]
  node(id: string): NodeMetrics
}

export const EXAMPLES_FOLDER = new URL('.', import.meta.url).pathname

/** Runs a gallery document on its sample data to the end; `change` edits it first. `folder` ends with a slash. */
export async function runExample(
  name: string,
  change: (document: Document) => Document = (document) => document,
  folder = EXAMPLES_FOLDER,
): Promise<ExampleRun> {
  const read = readDocument(readFileSync(`${folder}${name}.millrace.json`, 'utf8'), { kinds })
  if (read.document === undefined) throw new Error(JSON.stringify(read.issues))
  const { spec, issues } = compile(change(read.document), { kinds })
  if (spec === undefined) throw new Error(JSON.stringify(issues))
  const rows = new Map<string, ExampleRow[]>()
  const silent = { info() {}, warn() {} }
  const { metrics } = await runPipeline({
    spec,
    kinds,
    operators,
    folder,
    allowedFolders: [],
    targets: new Map(connectionsOf(spec, kinds).map((connection) => [connection, { type: 'sample' }])),
    dataDir: folder,
    stop: { type: 'end' },
    log: silent,
    onSinkRows(nodeId, batch) {
      const list = rows.get(nodeId) ?? []
      rows.set(nodeId, list)
      for (let row = 0; row < batch.length; row++) {
        const values = rowValues(batch, row)
        list.push(Object.fromEntries(batch.fields.map((field, i) => [field.name, values[i] ?? null])))
      }
    },
  })
  return {
    metrics,
    rows: (sink) => rows.get(sink) ?? [],
    node(id) {
      const node = metrics.nodes.find((candidate) => candidate.nodeId === id)
      if (node === undefined) throw new Error(`No node ${id}.`)
      return node
    },
  }
}
