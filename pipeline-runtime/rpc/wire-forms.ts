import type { WireRow } from './cells.ts'
import type { NodeFigures } from './run-state.ts'

/**
 * Long lists in forms of their own. oRPC looks at each value of a message on both sides: at a thousand steps that took the engine 8 ms for
 * every update and the page 2; as a text it is 1 and 0.7 (Node 20, the figures of 1,000 filters).
 */
interface WireForm {
  /** Numbers up to 7 are oRPC's own. */
  readonly type: number
  condition(data: unknown): boolean
  serialize(data: never): string
  deserialize(text: string): unknown
}

const figureLists = new WeakSet<object>()
const rowLists = new WeakSet<object>()

/** Marks the figures of all steps, to cross as one table. */
export function asFigureList(nodes: readonly NodeFigures[]): readonly NodeFigures[] {
  figureLists.add(nodes)
  return nodes
}

/** Marks rows, to cross as one text. */
export function asRowList(rows: readonly WireRow[]): readonly WireRow[] {
  rowLists.add(rows)
  return rows
}

const isIn = (lists: WeakSet<object>, data: unknown): boolean => typeof data === 'object' && data !== null && lists.has(data)

/** For the RPC handlers and links at both ends. */
export const wireForms: readonly WireForm[] = [
  { type: 20, condition: (data) => isIn(figureLists, data), serialize: figuresToText, deserialize: figuresFromText },
  {
    type: 21,
    condition: (data) => isIn(rowLists, data),
    serialize: (rows: readonly WireRow[]) => JSON.stringify(rows),
    deserialize: (text) => JSON.parse(text),
  },
]

type Value = number | null | 'end'

/** Steps with the same out ports share a list of their names; the values of all steps stand behind each other. */
interface FigureTable {
  readonly ids: readonly string[]
  readonly portLists: readonly (readonly string[])[]
  readonly values: readonly Value[]
}

function figuresToText(nodes: readonly NodeFigures[]): string {
  const places = new Map<string, number>()
  const portLists: string[][] = []
  const values: Value[] = []
  for (const node of nodes) {
    const ports = Object.keys(node.ports)
    const name = JSON.stringify(ports)
    let place = places.get(name)
    if (place === undefined) {
      place = portLists.push(ports) - 1
      places.set(name, place)
    }
    values.push(place)
    for (const port of ports) values.push(node.ports[port] ?? 0)
    values.push(node.edgesIn.length, ...node.edgesIn, node.in, node.out, node.removed, node.late, node.errors, node.setAside, node.skipped)
    values.push(node.written, node.completeToMs, node.idle ? 1 : 0, node.stateKeys, node.behind ?? null, node.waitShare ?? null)
  }
  return JSON.stringify({ ids: nodes.map(({ nodeId }) => nodeId), portLists, values } satisfies FigureTable)
}

function figuresFromText(text: string): readonly NodeFigures[] {
  // Our own writing, see above.
  const { ids, portLists, values } = JSON.parse(text) as FigureTable
  let at = 0
  const any = (): Value => values[at++] ?? null
  const count = (): number => Number(any())
  const maybe = (): number | undefined => {
    const value = any()
    return value === null ? undefined : Number(value)
  }
  return ids.map((nodeId) => {
    const ports: Record<string, number> = {}
    for (const port of portLists[count()] ?? []) ports[port] = count()
    const edges = count()
    const edgesIn = values.slice(at, at + edges).map(Number)
    at += edges
    const figures: NodeFigures & { behind?: number; waitShare?: number } = {
      nodeId,
      in: count(),
      out: count(),
      removed: count(),
      late: count(),
      errors: count(),
      setAside: count(),
      skipped: count(),
      written: count(),
      edgesIn,
      ports,
      completeToMs: any(),
      idle: count() === 1,
      stateKeys: count(),
    }
    const [behind, waitShare] = [maybe(), maybe()]
    if (behind !== undefined) figures.behind = behind
    if (waitShare !== undefined) figures.waitShare = waitShare
    return figures
  })
}
