import type { Command } from '../command.ts'

export const outline: Command = {
  id: 'canvas.outline',
  title: 'Outline',
  menu: 'view',
  shortcuts: ['O'],
  scope: 'canvas',
  enabled: ({ view }) => !view.getState().gallery,
  run({ view, focus }) {
    view.setState({ leftTab: 'outline' })
    focus.go('left')
  },
}
