import type { Document, DocumentEdge, DocumentNode, DocumentNote } from '../../pipeline-runtime/spec/document.ts'
import { isJsonObject } from '../../pipeline-runtime/spec/json.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface PlacedNode {
  readonly node: DocumentNode
  readonly at: Point
}

/** Every edit of a document is one of these, applied in this one place. Data, so that an act can be told, merged and undone. */
export type Change =
  | {
      readonly type: 'add'
      readonly nodes?: readonly PlacedNode[]
      readonly edges?: readonly DocumentEdge[]
      readonly notes?: readonly DocumentNote[]
    }
  /** Edges and test rows of a node go with it. */
  | {
      readonly type: 'remove'
      readonly nodes?: readonly string[]
      readonly edges?: readonly DocumentEdge[]
      readonly notes?: readonly number[]
    }
  | { readonly type: 'move'; readonly nodes?: Readonly<Record<string, Point>>; readonly notes?: Readonly<Record<number, Point>> }
  /** `value` undefined takes the setting away, so that its default holds. */
  | { readonly type: 'set-config'; readonly nodeId: string; readonly path: readonly (string | number)[]; readonly value: unknown }
  | { readonly type: 'set-title'; readonly nodeId: string; readonly title: string | undefined }
  | { readonly type: 'set-note'; readonly index: number; readonly note: DocumentNote }
  | { readonly type: 'set-document'; readonly fields: Partial<Pick<Document, 'name' | 'timeZone' | 'guarantee' | 'start' | 'stop'>> }
  /** What a fix or a migration made of the whole. */
  | { readonly type: 'replace'; readonly document: Document }

/** The document after a change; the one given is not changed, and what the change does not touch is the same object. */
export function applyChange(document: Document, change: Change): Document {
  switch (change.type) {
    case 'add': {
      const placed = change.nodes ?? []
      return {
        ...document,
        nodes: placed.length === 0 ? document.nodes : [...document.nodes, ...placed.map(({ node }) => node)],
        edges: change.edges === undefined ? document.edges : [...document.edges, ...change.edges],
        notes: change.notes === undefined ? document.notes : [...document.notes, ...change.notes],
        layout:
          placed.length === 0
            ? document.layout
            : { ...document.layout, ...Object.fromEntries(placed.map(({ node, at }) => [node.id, wholePoint(at)])) },
      }
    }
    case 'remove':
      return remove(document, change)
    case 'move': {
      const nodes = Object.entries(change.nodes ?? {}).map(([id, at]) => [id, wholePoint(at)] as const)
      const notes = change.notes ?? {}
      return {
        ...document,
        layout: nodes.length === 0 ? document.layout : { ...document.layout, ...Object.fromEntries(nodes) },
        notes: change.notes === undefined ? document.notes : document.notes.map((note, i) => moved(note, notes[i])),
      }
    }
    case 'set-config':
      return changeNode(document, change.nodeId, (node) => ({ ...node, config: setField(node.config, change.path, change.value) }))
    case 'set-title':
      return changeNode(document, change.nodeId, ({ title: _title, ...node }) =>
        change.title === undefined || change.title === '' ? node : { ...node, title: change.title },
      )
    case 'set-note':
      return { ...document, notes: document.notes.map((note, i) => (i === change.index ? change.note : note)) }
    case 'set-document':
      return { ...document, ...change.fields }
    case 'replace':
      return change.document
  }
}

function remove(document: Document, change: Change & { readonly type: 'remove' }): Document {
  const ids = new Set(change.nodes)
  const edges = new Set((change.edges ?? []).map(edgeKey))
  const notes = new Set(change.notes)
  const gone = (end: string): boolean => ids.has(nodeOf(end))
  const without = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([id]) => !ids.has(id)))
  return {
    ...document,
    nodes: document.nodes.filter((node) => !ids.has(node.id)),
    edges: document.edges.filter((edge) => !gone(edge.from) && !gone(edge.to) && !edges.has(edgeKey(edge))),
    notes: notes.size === 0 ? document.notes : document.notes.filter((_, i) => !notes.has(i)),
    layout: without(document.layout),
    tests:
      ids.size === 0
        ? document.tests
        : document.tests.map((test) => ({ ...test, given: without(test.given), expect: without(test.expect) })),
  }
}

function changeNode(document: Document, id: string, change: (node: DocumentNode) => DocumentNode): Document {
  return { ...document, nodes: document.nodes.map((node) => (node.id === id ? change(node) : node)) }
}

function setField(config: Readonly<Record<string, unknown>>, path: readonly (string | number)[], value: unknown): Record<string, unknown> {
  const next = setIn(config, path, value)
  return isJsonObject(next) ? next : {}
}

/** A copy of a JSON value with another value at a path; undefined removes what is there. */
export function setIn(json: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (typeof first === 'number') {
    const items: unknown[] = Array.isArray(json) ? [...json] : []
    if (rest.length === 0 && value === undefined) items.splice(first, 1)
    else items[first] = setIn(items[first], rest, value)
    return items
  }
  const object = isJsonObject(json) ? json : {}
  const next = setIn(object[first], rest, value)
  if (next === undefined) return Object.fromEntries(Object.entries(object).filter(([key]) => key !== first))
  return { ...object, [first]: next }
}

/** What stands at a path of a JSON value. */
export function getIn(json: unknown, path: readonly (string | number)[]): unknown {
  let current = json
  for (const part of path) {
    if (Array.isArray(current)) current = current[Number(part)]
    else if (isJsonObject(current)) current = Object.hasOwn(current, part) ? current[String(part)] : undefined
    else return undefined
  }
  return current
}

/** `purchases` of `purchases.out`. */
export function nodeOf(end: string): string {
  const dot = end.indexOf('.')
  return dot < 0 ? end : end.slice(0, dot)
}

/** `out` of `purchases.out`. */
export function portOf(end: string): string {
  const dot = end.indexOf('.')
  return dot < 0 ? '' : end.slice(dot + 1)
}

/** One text for an edge: `purchases.out→paid.in`. */
export function edgeKey({ from, to }: DocumentEdge): string {
  return `${from}→${to}`
}

const wholePoint = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })

function moved(note: DocumentNote, at: Point | undefined): DocumentNote {
  return at === undefined ? note : { ...note, ...wholePoint(at) }
}
