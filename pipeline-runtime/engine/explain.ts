import type { NodeTask } from './node-task.ts'
import type { PartitionStatus, SourcePartition } from './source-partition.ts'

/** Why a node waits (rule 15): which input and partition holds its watermark, since when, and what would fire its next timer. */
export interface Explanation {
  readonly nodeId: string
  readonly tasks: readonly TaskExplanation[]
}

export interface TaskExplanation {
  readonly task: number
  readonly watermark: number
  /** All inputs are idle, so that the watermark holds until one wakes. */
  readonly idle: boolean
  /** The earliest timer: it fires when the watermark reaches `time`. */
  readonly nextTimer: { readonly time: number; readonly key: string } | undefined
  readonly timers: number
  readonly inputs: readonly InputExplanation[]
  /** The source partitions that hold the watermark where it is, and what would move them. */
  readonly heldBy: readonly HeldBy[]
}

export interface InputExplanation {
  readonly input: number
  readonly port: string
  readonly fromNode: string
  readonly fromTask: number
  readonly watermark: number
  readonly idle: boolean
  readonly sinceMs: number
}

export interface HeldBy {
  readonly source: string
  readonly partition: number
  readonly status: PartitionStatus
  readonly watermark: number
  readonly maxEventTime: number
  readonly sinceMs: number
  /** With a record stamped at this time or later this partition no longer holds the next timer; undefined without a timer. */
  readonly needsEventTime: number | undefined
}

/** The start of a channel. */
export interface ChannelOrigin {
  readonly task: NodeTask
  /** Index of the edge among those that end at the node. */
  readonly input: number
}

export interface ExplainSources {
  readonly tasksOf: (nodeId: string) => readonly NodeTask[]
  readonly originsOf: (task: NodeTask) => readonly ChannelOrigin[]
  readonly partitionOf: (task: NodeTask) => { readonly partition: SourcePartition; readonly boundedDelayMs: number } | undefined
}

export function explainNode(nodeId: string, sources: ExplainSources): Explanation {
  return { nodeId, tasks: sources.tasksOf(nodeId).map((task) => explainTask(task, sources)) }
}

function explainTask(task: NodeTask, sources: ExplainSources): TaskExplanation {
  const time = task.time.timers.nextTime()
  const origins = sources.originsOf(task)
  const inputs = origins.map((origin, channel): InputExplanation => {
    const input = task.channelInputs[channel] ?? 0
    return {
      input,
      port: task.inputPorts[input] ?? 'in',
      fromNode: origin.task.nodeId,
      fromTask: origin.task.task,
      watermark: task.channels.value(channel),
      idle: task.channels.isIdle(channel),
      sinceMs: task.channels.sinceMs(channel),
    }
  })
  const holders = new Set<NodeTask>()
  collectHolders(task, sources, holders, new Set())
  return {
    task: task.task,
    watermark: task.time.watermark,
    idle: task.isIdle,
    nextTimer: time === undefined ? undefined : { time, key: task.time.timers.peek(time) ?? '' },
    timers: task.time.timers.size,
    inputs,
    heldBy: [...holders].flatMap((holder): HeldBy[] => {
      const found = sources.partitionOf(holder)
      if (found === undefined) return []
      const { partition, boundedDelayMs } = found
      return [
        {
          source: partition.source,
          partition: partition.partition,
          status: partition.status,
          watermark: partition.watermark,
          maxEventTime: partition.clock.maxEventTime,
          sinceMs: partition.sinceMs,
          needsEventTime: time === undefined ? undefined : time + boundedDelayMs + 1,
        },
      ]
    }),
  }
}

/** Follows the channels with the smallest watermark up to the sources; where all are idle, all of them. */
function collectHolders(task: NodeTask, sources: ExplainSources, into: Set<NodeTask>, seen: Set<NodeTask>): void {
  if (seen.has(task)) return
  seen.add(task)
  const origins = sources.originsOf(task)
  if (origins.length === 0) {
    if (sources.partitionOf(task) !== undefined) into.add(task)
    return
  }
  const held = task.channels.allIdle
  let smallest = Number.POSITIVE_INFINITY
  for (let i = 0; i < origins.length; i++) if (!task.channels.isIdle(i)) smallest = Math.min(smallest, task.channels.value(i))
  origins.forEach((origin, i) => {
    const holds = held ? task.channels.isIdle(i) : !task.channels.isIdle(i) && task.channels.value(i) === smallest
    if (holds && (held || smallest !== Number.POSITIVE_INFINITY)) collectHolders(origin.task, sources, into, seen)
  })
}
