import { stepFacts } from '../../edit/step-facts.ts'
import { graphIndex } from '../../state/graph-index.ts'
import type { Command } from '../command.ts'
import { activeNode } from './active-node.ts'

/** After the active step, where something comes out of it; else anywhere. */
export const addStep: Command = {
  id: 'canvas.add-step',
  title: 'Add a step after this one…',
  shortcuts: ['/', 'Insert'],
  scope: 'canvas',
  run(studio) {
    const nodeId = activeNode(studio)
    const node = nodeId === undefined ? undefined : graphIndex(studio.documents.getState().document).nodes.get(nodeId)
    const port = node === undefined ? undefined : stepFacts(node).ports.out[0]
    const after = nodeId === undefined || port === undefined ? undefined : { nodeId, port: port.name }
    studio.mode.enter({ type: 'add-step', after })
  },
}
