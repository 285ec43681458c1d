import { closestName } from '../data/close-names.ts'
import { isTimeZone } from '../expressions/expressions.ts'
import { type Document, NODE_ID } from '../spec/document.ts'
import type { Issue } from '../spec/issue.ts'
import { pointer } from '../spec/json.ts'
import { listed } from '../spec/listed.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import { checkSchema } from '../spec/schema-issues.ts'
import {
  edgesInto,
  edgesOutOf,
  type Graph,
  type GraphEdge,
  type GraphNode,
  makeGraph,
  type PortName,
  parsePort,
  printPort,
} from './graph.ts'

type Report = (issue: Issue) => void

/** Nodes and edges with everything that is wrong with them by themselves. */
export function buildGraph(document: Document, kinds: readonly NodeKind[], report: Report): Graph {
  const nodes = new Map<string, GraphNode>()
  document.nodes.forEach((node, index) => {
    checkId(document, index, nodes.get(node.id)?.index, report)
    if (!nodes.has(node.id)) nodes.set(node.id, checkNode(document, index, kinds, report))
    else checkNode(document, index, kinds, report)
  })
  const edges: GraphEdge[] = []
  const seen = new Map<string, number>()
  document.edges.forEach((edge, index) => {
    const from = checkEnd(edge.from, pointer('edges', index, 'from'), 'out', nodes, report)
    const to = checkEnd(edge.to, pointer('edges', index, 'to'), 'in', nodes, report)
    const key = JSON.stringify([edge.from, edge.to])
    const first = seen.get(key)
    if (first !== undefined) {
      report({
        code: 'DUPLICATE_EDGE',
        severity: 'error',
        path: pointer('edges', index),
        message: `The edge from ${edge.from} to ${edge.to} stands twice. Remove one.`,
        fix: { title: 'Remove the second edge', edits: [{ path: pointer('edges', index) }] },
      })
      return
    }
    seen.set(key, index)
    if (from !== undefined && to !== undefined) edges.push({ index, from, to })
  })
  return makeGraph(document, nodes, edges)
}

function checkId(document: Document, index: number, first: number | undefined, report: Report): void {
  const id = document.nodes[index]?.id ?? ''
  const path = pointer('nodes', index, 'id')
  if (!NODE_ID.test(id)) {
    const better = freeId(document, id)
    report({
      code: 'BAD_ID',
      severity: 'error',
      nodeId: id,
      path,
      message: `A node cannot be called ${JSON.stringify(id)}: use lower-case letters, digits, "_" and "-", with a letter first, such as ${better}.`,
    })
  }
  if (first !== undefined) {
    const better = freeId(document, id)
    report({
      code: 'DUPLICATE_NODE_ID',
      severity: 'error',
      nodeId: id,
      path,
      message: `Two nodes are called ${id} (nodes ${first + 1} and ${index + 1}). Give one of them another name, such as ${better}.`,
      fix: { title: `Call this one ${better}`, edits: [{ path, value: better }] },
    })
  }
}

function freeId(document: Document, id: string): string {
  const taken = new Set(document.nodes.map((node) => node.id))
  const word =
    id
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]+/g, '_')
      .replace(/^[^a-z]+/, '') || 'node'
  let free = word
  for (let n = 2; taken.has(free); n++) free = `${word}_${n}`
  return free
}

function checkNode(document: Document, index: number, kinds: readonly NodeKind[], report: Report): GraphNode {
  const node = document.nodes[index] ?? { id: '', kind: '', config: {} }
  const kind = kinds.find((candidate) => candidate.kind === node.kind)
  if (kind === undefined) {
    const meant = closestName(
      node.kind,
      kinds.map((candidate) => candidate.kind),
    )
    const path = pointer('nodes', index, 'kind')
    report({
      code: 'UNKNOWN_KIND',
      severity: 'error',
      nodeId: node.id,
      path,
      message: `There is no kind of node called "${node.kind}".${meant === undefined ? ' It is kept as it is, but cannot run here.' : ` Did you mean "${meant}"?`}`,
      ...(meant === undefined ? {} : { fix: { title: `Change to "${meant}"`, edits: [{ path, value: meant }] } }),
    })
    return { index, node, kind, config: undefined, ports: undefined }
  }
  const checked = checkSchema(kind.config, node.config, ['nodes', index, 'config'], node.id)
  if (!checked.ok) {
    for (const issue of checked.issues) report(issue)
    return { index, node, kind, config: undefined, ports: undefined }
  }
  return { index, node, kind, config: { value: checked.value }, ports: kind.ports(checked.value) }
}

function checkEnd(
  text: string,
  path: string,
  side: 'in' | 'out',
  nodes: ReadonlyMap<string, GraphNode>,
  report: Report,
): PortName | undefined {
  const name = parsePort(text)
  if (name === undefined) {
    const ports = nodes.get(text)?.ports?.[side] ?? []
    const only = ports.length === 1 ? ports[0]?.name : undefined
    report({
      code: 'BAD_PORT',
      severity: 'error',
      path,
      message: `${JSON.stringify(text)} names no port. Write node.port, such as ${only === undefined ? `"purchases.${side}"` : `"${text}.${only}"`}.`,
      ...(only === undefined ? {} : { fix: { title: `Change to "${text}.${only}"`, edits: [{ path, value: `${text}.${only}` }] } }),
    })
    return undefined
  }
  const node = nodes.get(name.node)
  if (node === undefined) {
    const meant = closestName(name.node, nodes.keys())
    report({
      code: 'UNKNOWN_NODE',
      severity: 'error',
      path,
      message: `The edge names ${name.node}, but there is no such node.${meant === undefined ? ' Remove the edge or add the node.' : ` Did you mean ${meant}?`}`,
      ...(meant === undefined
        ? {}
        : { fix: { title: `Change to "${meant}.${name.port}"`, edits: [{ path, value: `${meant}.${name.port}` }] } }),
    })
    return undefined
  }
  // While the settings have errors nobody knows which ports the node has.
  if (node.ports === undefined || node.ports[side].some((port) => port.name === name.port)) return name
  const known = node.ports[side].map((port) => port.name)
  const meant = known.length === 1 ? known[0] : closestName(name.port, known)
  const what = side === 'in' ? 'in port' : 'out port'
  report({
    code: 'UNKNOWN_PORT',
    severity: 'error',
    nodeId: name.node,
    path,
    message: `${name.node} has no ${what} "${name.port}".${known.length === 0 ? ` It has no ${what}s at all; remove the edge.` : ` It has ${listed(known)}.`}`,
    ...(meant === undefined
      ? {}
      : { fix: { title: `Change to "${name.node}.${meant}"`, edits: [{ path, value: `${name.node}.${meant}` }] } }),
  })
  return undefined
}

/** Whether every port has the edges that it needs, and whether rows get somewhere. */
export function checkWiring(graph: Graph, report: Report): void {
  // Also edges whose other end is wrong: one mistake, one issue.
  const ends = new Set(graph.document.edges.map((edge) => edge.to))
  const starts = new Set(graph.document.edges.map((edge) => edge.from))
  for (const [id, { index, ports, kind }] of graph.nodes) {
    if (ports === undefined || kind === undefined) continue
    const path = pointer('nodes', index)
    for (const port of ports.in) {
      const edges = edgesInto(graph, id, port.name)
      if (edges.length === 0 && !ends.has(`${id}.${port.name}`)) {
        const message = `Nothing comes into ${id}.${port.name}. Draw an edge to it.`
        report({ code: 'UNCONNECTED_INPUT', severity: 'error', nodeId: id, path, message })
      }
      if (port.many === true) continue
      for (const extra of edges.slice(1)) {
        const message = `${id}.${port.name} takes one edge and has ${edges.length}, among them that from ${printPort(extra.from)}. Remove one, or bring the rows together with a union first.`
        report({ code: 'TOO_MANY_EDGES', severity: 'error', nodeId: id, path: pointer('edges', extra.index), message })
      }
    }
    const wired = (port: string): boolean => starts.has(`${id}.${port}`)
    for (const port of ports.out) {
      if (port.required !== true || wired(port.name)) continue
      const message = `Draw an edge from ${id}.${port.name}: ${
        port.role === 'dead-letter'
          ? 'what cannot be read or evaluated leaves there and must not get lost'
          : 'what leaves there must not get lost'
      }. Or choose another way in the settings of ${id}.`
      report({ code: 'UNCONNECTED_OUTPUT', severity: 'error', nodeId: id, path, message })
    }
    const rowPorts = ports.out.filter((port) => port.role === 'rows')
    if (rowPorts.length > 0 && !rowPorts.some((port) => wired(port.name))) {
      report({
        code: 'ROWS_GO_NOWHERE',
        severity: 'warning',
        nodeId: id,
        path,
        message: `The rows of ${id} go nowhere. Draw an edge from it, or remove it.`,
      })
    }
  }
}

/** What belongs to the document as a whole. */
export function checkDocument(document: Document, graph: Graph, report: Report): void {
  if (!isTimeZone(document.timeZone)) {
    const message = `There is no time zone called "${document.timeZone}". Use a name such as UTC or Europe/Berlin.`
    report({ code: 'UNKNOWN_TIME_ZONE', severity: 'error', path: '/timeZone', message })
  }
  if (document.guarantee === 'exactly-once') {
    report({
      code: 'UNSUPPORTED_GUARANTEE',
      severity: 'error',
      path: '/guarantee',
      message:
        'This version cannot promise exactly-once yet. Choose at-least-once: after an interruption some results may be written twice, none is lost.',
      fix: { title: 'Choose at-least-once', edits: [{ path: '/guarantee', value: 'at-least-once' }] },
    })
  }
  const hasUnknownKinds = [...graph.nodes.values()].some(({ kind }) => kind === undefined)
  if (!hasUnknownKinds && ![...graph.nodes.values()].some(({ kind }) => kind?.category === 'read')) {
    const message =
      document.nodes.length === 0 ? 'The pipeline is empty. Add a source to begin with.' : 'The pipeline reads nothing. Add a source.'
    report({ code: 'EMPTY_PIPELINE', severity: 'error', path: '/nodes', message })
  }
  for (const id of Object.keys(document.layout)) {
    if (!graph.nodes.has(id)) leftOver(pointer('layout', id), `The layout places ${id}, but there is no such node.`, report)
  }
  document.tests.forEach((test, index) => {
    for (const part of ['given', 'expect'] as const) {
      const categories = part === 'given' ? 'read' : 'write'
      for (const id of Object.keys(test[part])) {
        const kind = graph.nodes.get(id)?.kind
        const path = pointer('tests', index, part, id)
        if (!graph.nodes.has(id)) leftOver(path, `The test "${test.name}" names ${id}, but there is no such node.`, report)
        else if (kind !== undefined && kind.category !== categories) {
          const message = `The test "${test.name}" ${part === 'given' ? 'gives rows to' : 'expects rows of'} ${id}, which is no ${part === 'given' ? 'source' : 'sink'}.`
          report({ code: 'WRONG_TEST_NODE', severity: 'warning', nodeId: id, path, message })
        }
      }
    }
  })
}

function leftOver(path: string, message: string, report: Report): void {
  report({
    code: 'UNKNOWN_NODE',
    severity: 'warning',
    path,
    message: `${message} Remove the entry.`,
    fix: { title: 'Remove the entry', edits: [{ path }] },
  })
}

export function checkCycle(graph: Graph, cycle: readonly string[], report: Report): void {
  const first = cycle[0] ?? ''
  const second = cycle[1] ?? first
  const edge = edgesOutOf(graph, first).find(({ to }) => to.node === second)
  const way = cycle.length === 1 ? `${first} feeds itself` : `${[...cycle, first].join(' → ')} goes round in a circle`
  report({
    code: 'CYCLE',
    severity: 'error',
    nodeId: first,
    path: edge === undefined ? '/edges' : pointer('edges', edge.index),
    message: `${way}. Rows must flow from sources to sinks: remove one of these edges.`,
  })
}
