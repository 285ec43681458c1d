import type { Command } from '../command.ts'

export const openMenu: Command = {
  id: 'canvas.menu',
  title: 'Menu of this step',
  shortcuts: ['Shift+F10', 'ContextMenu'],
  scope: 'canvas',
  modes: ['walk', 'edge'],
  run(studio) {
    const { active } = studio.selection.getState()
    if (active !== undefined) studio.canvas.port?.reveal(active)
    studio.mode.enter({ type: 'menu', item: active, screen: undefined })
  },
}
