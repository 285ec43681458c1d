import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { namedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { isJsonObject } from '../../pipeline-runtime/spec/json.ts'

/** What the canvas takes for a dragged topic. */
export const TOPIC_DRAG = 'application/x-millrace-topic'

export interface DraggedTopic {
  readonly connection: NamedConnection
  readonly topic: string
}

export const printDraggedTopic = (dragged: DraggedTopic): string => JSON.stringify(dragged)

/** Undefined for anything else: what is dropped may come from anywhere. */
export function parseDraggedTopic(text: string): DraggedTopic | undefined {
  try {
    const json: unknown = JSON.parse(text)
    if (!isJsonObject(json) || typeof json.topic !== 'string') return undefined
    const connection = namedConnection.safeParse(json.connection)
    return connection.success ? { connection: connection.data, topic: json.topic } : undefined
  } catch {
    return undefined
  }
}
