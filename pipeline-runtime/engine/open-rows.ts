import type { Value } from '../data/value.ts'
import type { NodeTask } from './node-task.ts'
import type { TaskGraph } from './task-graph.ts'

/** A row of a time window that is still open: what it would be if the window ended now. */
export interface OpenRow {
  /** Of the port's columns. */
  readonly values: readonly Value[]
  /** With rows stamped at this event time from all sources in front of it the row is finished. */
  readonly finishedAtMs: number
}

export function openRowsOf(graph: TaskGraph, nodeId: string, port: string, limit: number): readonly OpenRow[] {
  const delays = new Map<NodeTask, number>()
  const rows: OpenRow[] = []
  for (const task of graph.byNode.get(nodeId) ?? []) {
    for (const { values, finishedBy } of task.openRows(port, limit - rows.length)) {
      // A source's watermark lies one millisecond behind its newest row less the delay (rule 6).
      rows.push({ values, finishedAtMs: finishedBy + delayInto(task, graph, delays) + 1 })
    }
  }
  return rows
}

/** How far the watermark of a task lies behind the event times of its sources: the longest way counts. */
function delayInto(task: NodeTask, graph: TaskGraph, known: Map<NodeTask, number>): number {
  const before = known.get(task)
  if (before !== undefined) return before
  let delay = graph.partitionOfTask.get(task)?.boundedDelayMs ?? 0
  for (const origin of graph.origins.get(task) ?? []) {
    delay = Math.max(delay, delayInto(origin.task, graph, known) + origin.task.time.delayMs)
  }
  known.set(task, delay)
  return delay
}
