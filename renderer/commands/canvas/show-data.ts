import type { Command } from '../command.ts'
import { hasActiveNode } from './active-node.ts'

export const showData: Command = {
  id: 'canvas.show-data',
  title: 'Show its data',
  shortcuts: ['D'],
  scope: 'canvas',
  enabled: hasActiveNode,
  run({ view, focus }) {
    view.setState({ dockTab: 'data' })
    focus.go('dock')
  },
}
