import type { EdgeSchema } from '../spec/edge-schema.ts'
import { EngineFailure } from './engine-failure.ts'
import { Exchange } from './exchange.ts'
import type { ChannelOrigin } from './explain.ts'
import { NodeTask } from './node-task.ts'
import type { OperatorFactory, SinkLimits } from './operator.ts'
import { PartitionClock } from './partition-clock.ts'
import { SourcePartition } from './source-partition.ts'
import { sourceTimes } from './source-times.ts'
import type { TaskHost } from './task-types.ts'
import type { TopologyNode } from './topology.ts'

/** All tasks of all nodes, wired. */
export interface TaskGraph {
  /** In topological order of nodes, then by task. */
  readonly tasks: readonly NodeTask[]
  readonly byNode: ReadonlyMap<string, readonly NodeTask[]>
  readonly origins: ReadonlyMap<NodeTask, readonly ChannelOrigin[]>
  /** In topological order of sources, then by partition. */
  readonly partitions: readonly SourcePartition[]
  readonly partitionOfTask: ReadonlyMap<NodeTask, { readonly partition: SourcePartition; readonly boundedDelayMs: number }>
  /** Tasks of sources that have no partition there. */
  readonly withoutPartition: readonly NodeTask[]
}

export interface GraphInit {
  readonly nodes: readonly TopologyNode[]
  readonly operators: Readonly<Record<string, OperatorFactory>>
  readonly timeZone: string
  readonly nowMs: number
  readonly sinkLimits: Readonly<Record<string, SinkLimits>>
  readonly host: TaskHost
}

export function buildGraph(init: GraphInit): TaskGraph {
  const byNode = new Map<string, readonly NodeTask[]>()
  const origins = new Map<NodeTask, ChannelOrigin[]>()
  const partitions: SourcePartition[] = []
  const partitionOfTask = new Map<NodeTask, { partition: SourcePartition; boundedDelayMs: number }>()
  const withoutPartition: NodeTask[] = []
  for (const node of init.nodes) {
    const tasks: NodeTask[] = []
    for (let task = 0; task < node.tasks; task++) {
      const made = makeTask(node, task, byNode, origins, init)
      tasks.push(made.task)
      if (made.clock === undefined) continue
      if (task >= (node.partitions ?? 0)) {
        withoutPartition.push(made.task)
        continue
      }
      const times = sourceTimes(node.node.config)
      const partition = new SourcePartition(node.node.id, task, made.task, made.clock, times, init.nowMs)
      partitions.push(partition)
      partitionOfTask.set(made.task, { partition, boundedDelayMs: times.boundedDelayMs })
    }
    byNode.set(node.node.id, tasks)
  }
  connect(init.nodes, byNode, origins)
  return { tasks: [...byNode.values()].flat(), byNode, origins, partitions, partitionOfTask, withoutPartition }
}

function makeTask(
  node: TopologyNode,
  task: number,
  byNode: ReadonlyMap<string, readonly NodeTask[]>,
  origins: Map<NodeTask, ChannelOrigin[]>,
  init: GraphInit,
): { readonly task: NodeTask; readonly clock: PartitionClock | undefined } {
  const factory = init.operators[node.node.kind]
  if (factory === undefined) {
    throw new EngineFailure(node.node.id, {
      code: 'UNKNOWN_KIND',
      message: `Node ${node.node.id}: there is no running code for kind ${node.node.kind}.`,
    })
  }
  const channelInputs: number[] = []
  const channelOrigins: ChannelOrigin[] = []
  const inputs: EdgeSchema[] = []
  node.inputs.forEach((input, index) => {
    inputs.push(input.schema)
    const upstream = byNode.get(input.from) ?? []
    for (const from of upstream) {
      if (!feeds(from.task, task, node.tasks, input.exchange !== undefined)) continue
      channelInputs.push(index)
      channelOrigins.push({ task: from, input: index })
    }
  })
  const clock = node.partitions === undefined ? undefined : new PartitionClock(sourceTimes(node.node.config).boundedDelayMs)
  const made = new NodeTask({
    nodeId: node.node.id,
    task,
    factory,
    config: node.node.config,
    timeZone: init.timeZone,
    inputs,
    inputPorts: node.inputs.map((input) => input.edge.to.port),
    outputs: node.outputs,
    channelInputs,
    clock,
    sinkLimits: init.sinkLimits[node.node.id],
    host: init.host,
  })
  origins.set(made, channelOrigins)
  return { task: made, clock }
}

/** Whether an upstream task sends to a task: all to all across an exchange, else to the one of the same number. */
function feeds(from: number, to: number, tasks: number, exchange: boolean): boolean {
  return exchange || from % tasks === to
}

/** Receivers of a port come in topological order of their nodes, those of one node in document order of the edges. */
function connect(
  nodes: readonly TopologyNode[],
  byNode: ReadonlyMap<string, readonly NodeTask[]>,
  origins: ReadonlyMap<NodeTask, readonly ChannelOrigin[]>,
): void {
  for (const node of nodes) {
    const targets = byNode.get(node.node.id) ?? []
    node.inputs.forEach((input, index) => {
      for (const from of byNode.get(input.from) ?? []) {
        const receivers = targets.flatMap((target) => {
          const channel = (origins.get(target) ?? []).findIndex((origin) => origin.task === from && origin.input === index)
          return channel < 0 ? [] : [target.channel(channel)]
        })
        const port = from.time.port(input.edge.from.port)
        if (input.exchange !== undefined) port.receivers.push(new Exchange(input.exchange, receivers))
        else port.receivers.push(...receivers)
      }
    })
  }
}
