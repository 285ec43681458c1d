import type { Command } from '../command.ts'
import { activeNode, hasActiveNode } from './active-node.ts'

export const connectFrom: Command = {
  id: 'canvas.connect',
  title: 'Connect to…',
  shortcuts: ['C'],
  scope: 'canvas',
  enabled: hasActiveNode,
  run(studio) {
    const nodeId = activeNode(studio)
    if (nodeId !== undefined) studio.mode.enter({ type: 'connect', nodeId, direction: 'out' })
  },
}

export const connectInto: Command = {
  id: 'canvas.connect-into',
  title: 'Connect into this step…',
  shortcuts: ['Shift+C'],
  scope: 'canvas',
  enabled: hasActiveNode,
  run(studio) {
    const nodeId = activeNode(studio)
    if (nodeId !== undefined) studio.mode.enter({ type: 'connect', nodeId, direction: 'into' })
  },
}
