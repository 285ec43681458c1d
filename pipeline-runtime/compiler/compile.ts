import { printType } from '../data/types.ts'
import { hashJson } from '../spec/canonical-json.ts'
import type { Document } from '../spec/document.ts'
import type { EdgeSchema } from '../spec/edge-schema.ts'
import { hasErrors, type Issue } from '../spec/issue.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import type { Spec, SpecDrawing, SpecNode, SpecSchema } from '../spec/spec.ts'
import { canonicalDocument } from '../spec/write-document.ts'
import { buildGraph, checkCycle, checkDocument, checkWiring } from './check-graph.ts'
import { deriveSchemas, type Outputs } from './derive.ts'
import { type Graph, topologicalOrder } from './graph.ts'
import { planStages } from './stages.ts'

export interface Compiled {
  /** Everything that is wrong, errors first, each group in document order. */
  readonly issues: readonly Issue[]
  /** Absent where there are errors. */
  readonly spec?: Spec
  /** By node and out port, as far as they are known: also for a document with errors, for what the canvas shows on its edges. */
  readonly outputs: ReadonlyMap<string, Outputs>
}

/** What is known about a document without making its spec, which takes as long again. */
export interface Analysis extends Omit<Compiled, 'spec'> {
  /** Undefined where there are errors. */
  readonly makeSpec: (() => Spec) | undefined
}

/** A document made ready to run, or everything that stands in the way. */
export function compile(document: Document, options: { readonly kinds: readonly NodeKind[] }): Compiled {
  const { issues, outputs, makeSpec } = analyse(document, options)
  return { issues, outputs, ...(makeSpec === undefined ? {} : { spec: makeSpec() }) }
}

/** Pure: runs in the page at every change. */
export function analyse(document: Document, options: { readonly kinds: readonly NodeKind[] }): Analysis {
  const issues: Issue[] = []
  const report = (issue: Issue): void => void issues.push(issue)
  const graph = buildGraph(document, options.kinds, report)
  const order = topologicalOrder(graph)
  checkWiring(graph, report)
  if (order.cycle !== undefined) checkCycle(graph, order.cycle, report)
  const outputs = deriveSchemas(graph, order.sorted, report)
  checkDocument(document, graph, report)
  const sorted = [...issues.filter((issue) => issue.severity === 'error'), ...issues.filter((issue) => issue.severity === 'warning')]
  const makeSpec = hasErrors(issues) ? undefined : () => withHash(specOf(graph, order.sorted, outputs, options.kinds))
  return { issues: sorted, outputs, makeSpec }
}

type UnhashedSpec = Omit<Spec, 'hash'>

function specOf(graph: Graph, sorted: readonly string[], outputs: ReadonlyMap<string, Outputs>, kinds: readonly NodeKind[]): UnhashedSpec {
  const { document } = graph
  const { edges, stages, stageOf } = planStages(graph, sorted)
  const nodes = sorted.map((id): SpecNode => {
    const known = graph.nodes.get(id)
    return {
      id,
      kind: known?.node.kind ?? '',
      config: known?.config?.value,
      stage: stageOf.get(id) ?? 0,
      outputs: printOutputs(outputs.get(id) ?? {}),
    }
  })
  const used = [...new Set(document.nodes.map((node) => node.kind))].sort()
  return {
    specVersion: 1,
    kinds: Object.fromEntries(used.map((name) => [name, kinds.find((kind) => kind.kind === name)?.version ?? 1])),
    timeZone: document.timeZone,
    guarantee: document.guarantee,
    start: document.start,
    stop: document.stop,
    nodes,
    edges,
    stages,
    drawing: drawingOf(document, kinds),
  }
}

function drawingOf(document: Document, kinds: readonly NodeKind[]): SpecDrawing {
  const canonical = canonicalDocument(document, kinds)
  return {
    name: document.name,
    order: document.nodes.map((node) => node.id),
    titles: Object.fromEntries(document.nodes.flatMap(({ id, title }) => (title === undefined ? [] : [[id, title]]))),
    tests: listOf(canonical.tests),
    notes: listOf(canonical.notes),
    layout: document.layout,
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function printOutputs(outputs: Outputs): Record<string, SpecSchema> {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([port, schema]) => (schema === undefined ? [] : [[port, printSchema(schema)]])),
  )
}

function printSchema({ columns, recordParts, mode, role }: EdgeSchema): SpecSchema {
  return { columns: columns.map(({ name, type }) => ({ name, type: printType(type) })), recordParts, mode, role }
}

/** The hash covers everything but itself and the drawing. */
export function hashSpec(spec: UnhashedSpec): string {
  const { drawing: _drawing, hash: _hash, ...rest } = { hash: undefined, ...spec }
  return hashJson(rest)
}

function withHash(spec: UnhashedSpec): Spec {
  const { specVersion, ...rest } = spec
  return { specVersion, hash: hashSpec(spec), ...rest }
}
