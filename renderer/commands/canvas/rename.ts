import type { Command } from '../command.ts'
import { activeNode } from './active-node.ts'

export const rename: Command = {
  id: 'canvas.rename',
  title: 'Rename',
  shortcuts: ['F2'],
  scope: 'canvas',
  enabled: ({ selection }) => selection.getState().active?.type === 'node' || selection.getState().active?.type === 'note',
  run(studio) {
    const { active } = studio.selection.getState()
    const nodeId = activeNode(studio)
    if (active !== undefined) studio.canvas.port?.reveal(active)
    if (nodeId !== undefined) studio.mode.enter({ type: 'rename', nodeId })
    if (active?.type === 'note') studio.mode.enter({ type: 'note', index: active.index })
  },
}
