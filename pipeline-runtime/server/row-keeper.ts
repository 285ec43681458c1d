import type { Field } from '../data/types.ts'
import type { EngineTap } from '../engine/input.ts'
import type { EngineMetrics } from '../engine/metrics.ts'
import type { RowOrigin } from '../rpc/cells.ts'
import type { RowTab } from '../rpc/runtime-api.ts'
import { DEAD_LETTER_COLUMNS, type EdgeSchema } from '../spec/edge-schema.ts'
import type { NodeCategory, NodeKind } from '../spec/node-kind.ts'
import type { Spec, SpecEdge, SpecNode } from '../spec/spec.ts'
import { edgesByTarget, fieldsOf } from '../spec/spec-fields.ts'
import { keepValues } from './kept-rows.ts'
import { RowRing } from './row-ring.ts'

/** Rows and bytes kept in all tabs of a run together; of many steps each keeps fewer. */
const ALL_ROWS = 500_000
const ALL_BYTES = 128 << 20
const TAB_ROWS = { least: 100, most: 1_000, results: 5_000 }
const TAB_BYTES = { least: 64 << 10, most: 8 << 20 }

/** One tab of the Data panel at one step. */
interface Place {
  readonly tab: RowTab
  /** Only `in` and `out`. */
  readonly port: string
  readonly role: EdgeSchema['role']
  /** Only `in`: which of the edges that end at the step. */
  readonly inputs: number[]
  readonly fields: readonly Field[]
  readonly isResult: boolean
}

/** The newest rows at every step of a run, by tab and port. */
export class RowKeeper {
  /** Rows that sources have given. */
  records = 0
  private readonly sources = new Set<string>()
  private readonly rings = new Map<string, RowRing>()
  private readonly places = new Map<string, readonly Place[]>()

  constructor(spec: Spec, kinds: readonly NodeKind[]) {
    const byId = new Map(spec.nodes.map((node) => [node.id, node]))
    const edgesTo = edgesByTarget(spec)
    for (const node of spec.nodes) {
      const edges = edgesTo.get(node.id) ?? []
      const category = kinds.find(({ kind }) => kind === node.kind)?.category
      this.places.set(node.id, placesOf(node, edges, byId, category))
      if (edges.length === 0) this.sources.add(node.id)
    }
    const count = [...this.places.values()].reduce((sum, places) => sum + places.length, 0)
    for (const [nodeId, places] of this.places) {
      for (const { tab, port, fields, isResult } of places) {
        const rows = within(ALL_ROWS / count, TAB_ROWS.least, TAB_ROWS.most) * (isResult ? TAB_ROWS.results / TAB_ROWS.most : 1)
        const bytes = within(ALL_BYTES / count, TAB_BYTES.least, TAB_BYTES.most)
        this.rings.set(keyOf(nodeId, tab, port), new RowRing(fields, { rows, bytes }))
      }
    }
  }

  /** Numbers go on where an earlier run, which this one continues, has stopped. */
  begin(metrics: EngineMetrics): void {
    for (const node of metrics.nodes) {
      for (const { tab, port, inputs } of this.places.get(node.nodeId) ?? []) {
        const ring = this.rings.get(keyOf(node.nodeId, tab, port))
        if (ring === undefined) continue
        if (tab === 'in') ring.total = inputs.reduce((sum, input) => sum + (node.rowsIn[input] ?? 0), 0)
        else if (tab === 'out') ring.total = node.rowsOut[port] ?? 0
        else ring.total = tab === 'removed' ? node.counters.removed : node.counters.errors
      }
    }
  }

  take(tap: EngineTap): void {
    if (tap.direction === 'set-aside') {
      const { nodeId, values, eventTime } = tap
      this.rings.get(keyOf(nodeId, 'set-aside', ''))?.add(keepValues(values, DEAD_LETTER_COLUMNS, eventTime, originOf(values)))
    } else {
      if (tap.direction === 'out' && this.sources.has(tap.nodeId)) this.records += tap.batch.length
      this.rings.get(keyOf(tap.nodeId, tap.direction, tap.port))?.addBatch(tap.batch)
    }
  }

  /** Undefined where the step has no such tab. Without a port the first one. */
  ring(nodeId: string, tab: RowTab, port?: string): RowRing | undefined {
    const place = this.places.get(nodeId)?.find((candidate) => {
      if (tab === 'late') return candidate.tab === 'out' && candidate.role === 'late'
      return candidate.tab === tab && (port === undefined || candidate.port === port)
    })
    return place && this.rings.get(keyOf(nodeId, place.tab, place.port))
  }
}

/** In the order in which ports stand in the spec. Late rows are those of the port of that role. */
function placesOf(
  node: SpecNode,
  edges: readonly SpecEdge[],
  byId: ReadonlyMap<string, SpecNode>,
  category: NodeCategory | undefined,
): readonly Place[] {
  const places: Place[] = []
  edges.forEach(({ from, to }, input) => {
    const known = places.find(({ port }) => port === to.port)
    const schema = byId.get(from.node)?.outputs[from.port]
    if (known !== undefined) known.inputs.push(input)
    else if (schema !== undefined) {
      const { role } = schema
      places.push({ tab: 'in', port: to.port, role, inputs: [input], fields: fieldsOf(schema), isResult: category === 'write' })
    }
  })
  const removed = places[0]?.fields ?? []
  for (const [port, schema] of Object.entries(node.outputs)) {
    const { role } = schema
    places.push({ tab: 'out', port, role, inputs: [], fields: fieldsOf(schema), isResult: category === 'summarise' && role === 'rows' })
  }
  const inside = { port: '', role: 'rows', inputs: [], isResult: false } as const
  places.push({ ...inside, inputs: [], tab: 'removed', fields: removed })
  places.push({ ...inside, inputs: [], tab: 'set-aside', fields: DEAD_LETTER_COLUMNS })
  return places
}

/** Columns 3 to 5 of a row set aside. */
function originOf(values: readonly unknown[]): RowOrigin | undefined {
  const [, , , topic, partition, offset] = values
  return typeof topic === 'string' ? { topic, partition: Number(partition), offset: Number(offset) } : undefined
}

function keyOf(nodeId: string, tab: string, port: string): string {
  return `${nodeId}/${tab}/${port}`
}

function within(value: number, least: number, most: number): number {
  return Math.floor(Math.min(most, Math.max(least, value)))
}
