import type { Batch } from '../data/batch.ts'
import type { LogRecords } from '../data/log-records.ts'
import { EngineFailure } from './engine-failure.ts'
import { MAX_BATCH_ROWS } from './limits.ts'
import type { NodeTask } from './node-task.ts'
import { sliceRecords } from './slice-records.ts'
import type { SourcePartition } from './source-partition.ts'
import type { TaskGraph } from './task-graph.ts'

/** Leads what comes from the partitions of sources to their tasks, and keeps where each partition is. */
export class SourceInputs {
  private readonly graph: TaskGraph
  private readonly partitions = new Map<string, SourcePartition[]>()

  constructor(graph: TaskGraph) {
    this.graph = graph
    for (const partition of graph.partitions) {
      const list = this.partitions.get(partition.source) ?? []
      list.push(partition)
      this.partitions.set(partition.source, list)
    }
  }

  partition(source: string, partition: number): SourcePartition {
    const found = this.partitions.get(source)?.[partition]
    if (found !== undefined) return found
    const known = [...this.partitions].map(([id, list]) => `${id} (${list.length})`).join(', ')
    throw new EngineFailure(source, {
      code: 'UNKNOWN_PARTITION',
      message: `There is no partition ${partition} of source ${source}; known are ${known}. A topic got partitions while the pipeline ran: start over, so that rows are spread over all of them.`,
      partition,
    })
  }

  takeRecords(partition: SourcePartition, topic: string, records: LogRecords, nowMs: number): void {
    partition.topic = topic
    // Records that the state holds already come again where a partition was lost and given back, and where a sample is read anew.
    let start = 0
    if (partition.position !== undefined) {
      while (start < records.count && (records.offsets[start] as number) < partition.position) start++
    }
    if (start < records.count) {
      this.refuseAfterEnd(partition)
      partition.wake(nowMs)
      partition.lastTimestamp = records.timestamps[records.count - 1]
      const task = this.taskOf(partition)
      this.moved(partition, nowMs, () => {
        for (; start < records.count; start += MAX_BATCH_ROWS) {
          task.receiveRecords(sliceRecords(records, start, start + MAX_BATCH_ROWS), topic, partition.partition)
        }
      })
    }
    partition.position = Math.max(records.nextOffset, partition.position ?? records.nextOffset)
  }

  /** Rows that stand for decoded records. */
  takeRows(partition: SourcePartition, port: string, batch: Batch, nowMs: number): void {
    this.refuseAfterEnd(partition)
    partition.wake(nowMs)
    this.moved(partition, nowMs, () => this.taskOf(partition).receiveRows(port, batch))
  }

  takeWatermark(partition: SourcePartition, watermark: number, nowMs: number): void {
    this.refuseAfterEnd(partition)
    const task = this.taskOf(partition)
    this.moved(partition, nowMs, () => {
      partition.clock.observe(watermark + (this.graph.partitionOfTask.get(task)?.boundedDelayMs ?? 0) + 1)
      task.moveTo(watermark)
    })
  }

  /** Notes since when the partition's watermark stands where it does. */
  private moved(partition: SourcePartition, nowMs: number, effect: () => void): void {
    const before = partition.watermark
    effect()
    if (partition.watermark > before) partition.sinceMs = nowMs
  }

  private taskOf(partition: SourcePartition): NodeTask {
    const task = this.graph.byNode.get(partition.source)?.[partition.partition]
    if (task === undefined) throw new Error(`No task for ${partition.source}.`)
    return task
  }

  private refuseAfterEnd(partition: SourcePartition): void {
    if (partition.status !== 'ended') return
    throw new EngineFailure(partition.source, {
      code: 'SOURCE_ENDED',
      message: `Partition ${partition.partition} of ${partition.source} has ended in this run: its windows are closed, nothing can follow. Reset the run to start over.`,
      topic: partition.topic,
      partition: partition.partition,
    })
  }
}
