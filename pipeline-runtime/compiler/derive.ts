import { DEAD_LETTER_COLUMNS, type EdgeSchema } from '../spec/edge-schema.ts'
import { hasErrors, type Issue } from '../spec/issue.ts'
import { pointer } from '../spec/json.ts'
import type { InputSchemas, NodeIssue } from '../spec/node-kind.ts'
import { edgesInto, type Graph, type GraphNode, printPort } from './graph.ts'

export type Outputs = Readonly<Record<string, EdgeSchema | undefined>>

/** Schemas of all out ports, node by node from the sources on; everything wrong goes to `report`. */
export function deriveSchemas(graph: Graph, sorted: readonly string[], report: (issue: Issue) => void): ReadonlyMap<string, Outputs> {
  const outputs = new Map<string, Outputs>()
  for (const id of sorted) {
    const node = graph.nodes.get(id)
    if (node !== undefined) outputs.set(id, deriveNode(graph, id, node, outputs, report))
  }
  return outputs
}

function deriveNode(
  graph: Graph,
  id: string,
  node: GraphNode,
  known: ReadonlyMap<string, Outputs>,
  report: (issue: Issue) => void,
): Outputs {
  const { kind, config, ports } = node
  if (kind === undefined || config === undefined || ports === undefined) return {}
  const issues: Issue[] = []
  const inputs: Record<string, (EdgeSchema | undefined)[]> = {}
  for (const port of ports.in) {
    const schemas: (EdgeSchema | undefined)[] = []
    for (const edge of edgesInto(graph, id, port.name)) {
      const from: Outputs = known.get(edge.from.node) ?? {}
      const schema = Object.hasOwn(from, edge.from.port) ? from[edge.from.port] : undefined
      const refused = schema === undefined ? undefined : refusal(schema, port.accepts ?? {}, printPort(edge.from), `${id}.${port.name}`)
      if (refused !== undefined) issues.push({ ...refused, severity: 'error', nodeId: id, path: pointer('edges', edge.index) })
      schemas.push(refused === undefined ? schema : undefined)
    }
    inputs[port.name] = schemas.length === 0 ? [undefined] : schemas
  }
  const outputs = callDerive(graph, node, inputs, (issue) => issues.push(mapIssue(issue, node)))
  for (const issue of issues) report(issue)
  if (!hasErrors(issues)) return outputs
  // What a node with errors makes is not known well enough to complain about it further down; what it only passes on is.
  const passedOn = new Set([DEAD_LETTER_COLUMNS, ...Object.values(inputs).flatMap((schemas) => schemas.map((schema) => schema?.columns))])
  return Object.fromEntries(Object.entries(outputs).filter(([, schema]) => schema !== undefined && passedOn.has(schema.columns)))
}

function callDerive(
  graph: Graph,
  { kind, config, node, index }: GraphNode,
  inputs: InputSchemas,
  report: (issue: NodeIssue) => void,
): Outputs {
  if (kind === undefined || config === undefined) return {}
  try {
    return kind.derive(config.value, inputs, { timeZone: graph.document.timeZone, issue: report })
  } catch (error) {
    // Compiling runs at every key press: a mistake in one kind must not take the canvas down.
    const message = `The kind ${kind.kind} failed on node ${index + 1} (${node.id}): ${error instanceof Error ? error.message : String(error)}. This is a mistake in Millrace; please report it.`
    report({ code: 'KIND_FAILED', path: [], message })
    return {}
  }
}

/** Why rows of a schema cannot go into a port; undefined where they can. */
function refusal(
  schema: EdgeSchema,
  accepts: { readonly upsert?: boolean; readonly deadLetter?: boolean },
  from: string,
  to: string,
): Pick<Issue, 'code' | 'message'> | undefined {
  if (schema.role === 'dead-letter' && accepts.deadLetter !== true) {
    return {
      code: 'DEAD_LETTER_NOT_ACCEPTED',
      message: `${from} carries what could not be read, and ${to} cannot take that. Lead it into a sink that writes it as it was.`,
    }
  }
  if (schema.mode.type === 'upsert' && accepts.upsert !== true) {
    return {
      code: 'UPSERT_NOT_ACCEPTED',
      message: `${from} updates rows that it has already sent, and ${to} cannot take them back. Let ${from.split('.')[0] ?? from} emit only final results, or lead the edge into a sink that replaces rows by key.`,
    }
  }
  return undefined
}

function mapIssue(issue: NodeIssue, { index, node }: GraphNode): Issue {
  const at = (path: readonly (string | number)[]): string => pointer('nodes', index, 'config', ...path)
  return {
    code: issue.code,
    severity: issue.severity ?? 'error',
    nodeId: node.id,
    path: at(issue.path),
    message: issue.message,
    ...(issue.range === undefined ? {} : { range: issue.range }),
    ...(issue.fix === undefined
      ? {}
      : { fix: { title: issue.fix.title, edits: issue.fix.edits.map((edit) => ({ ...edit, path: at(edit.path) })) } }),
  }
}
