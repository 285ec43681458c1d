import { RowKind } from '../data/batch.ts'
import type { Field } from '../data/types.ts'
import type { EngineTap } from '../engine/input.ts'
import type { EngineMetrics } from '../engine/metrics.ts'
import type { RowOrigin } from '../rpc/cells.ts'
import type { RowTab } from '../rpc/runtime-api.ts'
import { DEAD_LETTER_COLUMNS, type EdgeSchema } from '../spec/edge-schema.ts'
import type { NodeCategory, NodeKind } from '../spec/node-kind.ts'
import type { Spec, SpecEdge, SpecNode } from '../spec/spec.ts'
import { edgesByTarget, fieldsOf } from '../spec/spec-fields.ts'
import { ownValue } from './kept-rows.ts'
import { RowRing } from './row-ring.ts'

/** Rows and bytes kept in all tabs of a run together; of many steps each keeps fewer. */
const ALL_ROWS = 500_000
const ALL_BYTES = 128 << 20
const TAB_ROWS = { least: 100, most: 1_000 }
/** Of results, and of what did not become one, so much more: people look there after it has happened. */
const RESULT_FACTOR = 5
const TAB_BYTES = { least: 64 << 10, most: 8 << 20 }

/** One tab of the Data panel at one step. */
interface Place {
  readonly tab: RowTab
  /** Only `in` and `out`. */
  readonly port: string
  readonly role: EdgeSchema['role']
  /** Only `in`: which of the edges that end at the step, and where they start. */
  readonly inputs: number[]
  readonly from: SpecEdge['from'][]
  readonly fields: readonly Field[]
  readonly isResult: boolean
}

/** What a tab shows. */
export interface ShownRing {
  readonly ring: RowRing
  /** Only after the end of a run: rows from here on have not come to the step any more. */
  readonly end?: number | undefined
}

/** The rings of a step that taps write to. */
interface NodeRings {
  readonly in: Map<string, RowRing>
  readonly out: Map<string, RowRing>
  readonly removed: RowRing
  readonly setAside: RowRing
  readonly isSource: boolean
}

/** The newest rows at every step of a run, by tab and port. What comes in over a single link is what left at its start, and kept once. */
export class RowKeeper {
  /** Rows that sources have given. */
  records = 0
  private readonly rings = new Map<string, NodeRings>()
  private readonly places = new Map<string, readonly Place[]>()
  /** After the end of a run: rows that came in, by step and edge. */
  private rowsIn: ReadonlyMap<string, readonly number[]> | undefined

  constructor(spec: Spec, kinds: readonly NodeKind[]) {
    const byId = new Map(spec.nodes.map((node) => [node.id, node]))
    const edgesTo = edgesByTarget(spec)
    for (const node of spec.nodes) {
      const category = kinds.find(({ kind }) => kind === node.kind)?.category
      this.places.set(node.id, placesOf(node, edgesTo.get(node.id) ?? [], byId, category))
    }
    const results = resultsOf(this.places)
    const all = [...this.places.values()].flat().filter((place) => !isShared(place)).length
    const rows = within(ALL_ROWS / all, TAB_ROWS.least, TAB_ROWS.most)
    const bytes = within(ALL_BYTES / all, TAB_BYTES.least, TAB_BYTES.most)
    const ringFor = ({ fields, isResult }: Place, more = false) =>
      new RowRing(fields, { rows: isResult || more ? rows * RESULT_FACTOR : rows, bytes })
    for (const [nodeId, places] of this.places) {
      const of = (tab: RowTab) => places.filter((place) => place.tab === tab)
      const inside = (tab: RowTab) => of(tab).map((place) => ringFor(place, true))[0] ?? new RowRing([], { rows, bytes })
      this.rings.set(nodeId, {
        in: new Map(of('in').flatMap((place) => (isShared(place) ? [] : [[place.port, ringFor(place)]]))),
        out: new Map(
          of('out').map((place) => [place.port, ringFor(place, place.role !== 'rows' || results.has(`${nodeId}.${place.port}`))]),
        ),
        removed: inside('removed'),
        setAside: inside('set-aside'),
        isSource: of('in').length === 0,
      })
    }
  }

  /** Numbers go on where an earlier run, which this one continues, has stopped. */
  begin(metrics: EngineMetrics): void {
    for (const { nodeId, rowsIn, rowsOut, counters } of metrics.nodes) {
      const rings = this.rings.get(nodeId)
      if (rings === undefined) continue
      for (const { tab, port, inputs } of this.places.get(nodeId) ?? []) {
        const ring = tab === 'in' ? rings.in.get(port) : undefined
        if (ring !== undefined) ring.total = inputs.reduce((sum, input) => sum + (rowsIn[input] ?? 0), 0)
      }
      for (const [port, ring] of rings.out) ring.total = rowsOut[port] ?? 0
      rings.removed.total = counters.removed
      rings.setAside.total = counters.errors
    }
  }

  /** A run that fails has rows that left one step and did not come to the next. */
  end(metrics: EngineMetrics): void {
    this.rowsIn = new Map(metrics.nodes.map(({ nodeId, rowsIn }) => [nodeId, rowsIn]))
  }

  take(tap: EngineTap): void {
    const rings = this.rings.get(tap.nodeId)
    if (rings === undefined) return
    switch (tap.direction) {
      case 'in':
        rings.in.get(tap.port)?.addBatch(tap.batch)
        break
      case 'out':
        if (rings.isSource) this.records += tap.batch.length
        rings.out.get(tap.port)?.addBatch(tap.batch)
        break
      case 'removed':
        rings.removed.addBatch(tap.batch)
        break
      case 'set-aside':
        rings.setAside.addRow(tap.values.map(ownValue), tap.eventTime, RowKind.INSERT, originOf(tap.values))
    }
  }

  /** Undefined where the step has no such tab. Without a port the first one. */
  ring(nodeId: string, tab: RowTab, port?: string): ShownRing | undefined {
    const rings = this.rings.get(nodeId)
    const place = this.places.get(nodeId)?.find((candidate) => {
      if (tab === 'late') return candidate.tab === 'out' && candidate.role === 'late'
      return candidate.tab === tab && (port === undefined || candidate.port === port)
    })
    if (rings === undefined || place === undefined) return undefined
    if (place.tab === 'removed') return { ring: rings.removed }
    if (place.tab === 'set-aside') return { ring: rings.setAside }
    const [from] = place.from
    const ring =
      place.tab === 'in' && isShared(place) && from !== undefined
        ? this.rings.get(from.node)?.out.get(from.port)
        : rings[place.tab === 'in' ? 'in' : 'out'].get(place.port)
    if (ring === undefined) return undefined
    return { ring, end: isShared(place) ? this.rowsIn?.get(nodeId)?.[place.inputs[0] ?? 0] : undefined }
  }
}

/** What comes in over one link only. */
function isShared({ tab, from }: Place): boolean {
  return tab === 'in' && from.length === 1
}

/** Out ports whose rows are the rows of a result: more of them are kept. */
function resultsOf(places: ReadonlyMap<string, readonly Place[]>): ReadonlySet<string> {
  const results = [...places.values()].flat().filter((place) => place.isResult && isShared(place))
  return new Set(results.flatMap(({ from }) => from.map(({ node, port }) => `${node}.${port}`)))
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
    if (known !== undefined) {
      known.inputs.push(input)
      known.from.push(from)
    } else if (schema !== undefined) {
      const { role } = schema
      places.push({
        tab: 'in',
        port: to.port,
        role,
        inputs: [input],
        from: [from],
        fields: fieldsOf(schema),
        isResult: category === 'write',
      })
    }
  })
  const removed = places[0]?.fields ?? []
  for (const [port, schema] of Object.entries(node.outputs)) {
    const { role } = schema
    places.push({
      tab: 'out',
      port,
      role,
      inputs: [],
      from: [],
      fields: fieldsOf(schema),
      isResult: category === 'summarise' && role === 'rows',
    })
  }
  const inside = { port: '', role: 'rows', isResult: false } as const
  places.push({ ...inside, inputs: [], from: [], tab: 'removed', fields: removed })
  places.push({ ...inside, inputs: [], from: [], tab: 'set-aside', fields: DEAD_LETTER_COLUMNS })
  return places
}

/** Columns 3 to 5 of a row set aside. */
function originOf(values: readonly unknown[]): RowOrigin | undefined {
  const [, , , topic, partition, offset] = values
  return typeof topic === 'string' ? { topic, partition: Number(partition), offset: Number(offset) } : undefined
}

function within(value: number, least: number, most: number): number {
  return Math.floor(Math.min(most, Math.max(least, value)))
}
