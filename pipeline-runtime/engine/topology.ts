import type { EdgeSchema } from '../spec/edge-schema.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import type { Spec, SpecEdge, SpecNode, SpecSchema } from '../spec/spec.ts'
import { edgesByTarget, fieldsOf } from '../spec/spec-fields.ts'
import { EngineFailure } from './engine-failure.ts'

/** A node of the spec with what the engine needs at hand. */
export interface TopologyNode {
  readonly node: SpecNode
  /** Number of tasks, that of the node's stage. */
  readonly tasks: number
  /** Only sources: number of partitions; tasks from there on have none and count as ended. */
  readonly partitions: number | undefined
  readonly outputs: Readonly<Record<string, EdgeSchema>>
  readonly inputs: readonly TopologyInput[]
}

export interface TopologyInput {
  readonly edge: SpecEdge
  readonly from: string
  readonly schema: EdgeSchema
  /** Whether rows go to the task that their key belongs to. */
  readonly exchange: readonly string[] | undefined
}

/** Nodes in the spec's (topological) order. */
export function topologyOf(
  spec: Spec,
  kinds: Readonly<Record<string, NodeKind>>,
  partitions: Readonly<Record<string, number>>,
): readonly TopologyNode[] {
  const byId = new Map(spec.nodes.map((node) => [node.id, node]))
  const outputs = new Map(spec.nodes.map((node) => [node.id, edgeSchemas(node)]))
  const edgesTo = edgesByTarget(spec)
  const tasks = stageTasks(spec, byId, edgesTo, kinds, partitions)
  return spec.nodes.map((node) => {
    const inputs = (edgesTo.get(node.id) ?? []).map((edge): TopologyInput => {
      const schema = outputs.get(edge.from.node)?.[edge.from.port]
      if (schema === undefined) throw broken(node.id, `no edge schema for ${edge.from.node}.${edge.from.port}`)
      return { edge, from: edge.from.node, schema, exchange: edge.repartitionBy }
    })
    return {
      node,
      tasks: tasks.get(node.stage) ?? 1,
      partitions: isSource(node, kinds) ? (partitions[node.id] ?? 1) : undefined,
      outputs: outputs.get(node.id) ?? {},
      inputs,
    }
  })
}

/** Tasks per stage: as many as the widest of its sources and of the stages in front of it. */
function stageTasks(
  spec: Spec,
  byId: ReadonlyMap<string, SpecNode>,
  edgesTo: ReadonlyMap<string, readonly SpecEdge[]>,
  kinds: Readonly<Record<string, NodeKind>>,
  partitions: Readonly<Record<string, number>>,
): ReadonlyMap<number, number> {
  const tasks = new Map<number, number>()
  // Nodes come upstream first; stages too, so one pass over them settles what later ones build on.
  for (const stage of spec.stages) {
    let count = 1
    for (const id of stage.nodes) {
      const node = byId.get(id)
      if (node === undefined) throw broken(id, 'it stands in a stage and not among the nodes')
      if (isSource(node, kinds)) count = Math.max(count, partitions[id] ?? 1)
      for (const edge of edgesTo.get(id) ?? []) {
        const from = byId.get(edge.from.node)
        if (from !== undefined && from.stage !== stage.id) count = Math.max(count, tasks.get(from.stage) ?? 1)
      }
    }
    tasks.set(stage.id, count)
  }
  return tasks
}

export function isSource(node: SpecNode, kinds: Readonly<Record<string, NodeKind>>): boolean {
  const kind = kinds[node.kind]
  if (kind === undefined) throw broken(node.id, `unknown kind ${node.kind}`)
  // The spec's configs were validated by the compiler.
  return kind.ports(node.config).in.length === 0
}

function edgeSchemas(node: SpecNode): Readonly<Record<string, EdgeSchema>> {
  return Object.fromEntries(Object.entries(node.outputs).map(([port, schema]) => [port, edgeSchema(node.id, port, schema)]))
}

function edgeSchema(nodeId: string, port: string, schema: SpecSchema): EdgeSchema {
  const columns = fieldsOf(schema, ({ name, type }) => broken(nodeId, `column ${name} of port ${port} has no type that is known: ${type}`))
  return { columns, recordParts: schema.recordParts, mode: schema.mode, role: schema.role }
}

function broken(nodeId: string, what: string): EngineFailure {
  return new EngineFailure(nodeId, { code: 'BROKEN_SPEC', message: `The spec cannot be run: node ${nodeId}: ${what}.` })
}
