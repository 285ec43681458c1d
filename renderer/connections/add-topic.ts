import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Studio } from '../app/studio.ts'
import { addNode } from '../edit/add-node.ts'
import { newDocument } from '../files/document-files.ts'
import { sourceStep } from '../files/source-step.ts'
import type { TakenColumns } from '../inspector/columns/TakeColumnsDialog.tsx'
import type { Point } from '../state/change.ts'

/**
 * Adds a step that reads a topic. Where it is the first step of the drawing, the next run is on the topic's cluster: there is nothing
 * else that it could read.
 */
export async function addTopic(
  studio: Studio,
  connection: NamedConnection,
  topic: string,
  taken: TakenColumns | undefined,
  at?: Point,
): Promise<void> {
  if (studio.view.getState().gallery && !(await newDocument(studio))) return
  const isFirst = studio.documents.getState().document.nodes.length === 0
  const { kind, config } = sourceStep({ connection: connection.name, topic }, taken)
  addNode(studio, kind, { config, title: topic, ...(at === undefined ? {} : { at }) })
  if (isFirst) studio.runs.configure({ target: { type: 'kafka', name: connection.name, config: connection.config } })
}
