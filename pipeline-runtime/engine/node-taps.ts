import type { Batch } from '../data/batch.ts'
import type { Value } from '../data/value.ts'
import type { RowsTap } from './input.ts'
import type { TaskHost } from './task-types.ts'

/** Shows the rows of a node in one task to whoever looks; what nobody looks at is not made. */
export class NodeTaps {
  private readonly nodeId: string
  private readonly task: number
  private readonly host: TaskHost

  constructor(nodeId: string, task: number, host: TaskHost) {
    this.nodeId = nodeId
    this.task = task
    this.host = host
  }

  /** `port` and `input` where the direction has one, else '' and -1. */
  rows(direction: RowsTap['direction'], port: string, input: number, rows: () => Batch): void {
    const { nodeId, task } = this
    if (this.host.isTapped(nodeId)) this.host.tap({ nodeId, task, direction, port, input, batch: rows() })
  }

  setAside(eventTime: number, values: () => readonly Value[]): void {
    const { nodeId, task } = this
    if (this.host.isTapped(nodeId)) this.host.tap({ nodeId, task, direction: 'set-aside', eventTime, values: values() })
  }
}
