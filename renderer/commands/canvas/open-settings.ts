import type { Command } from '../command.ts'

export const openSettings: Command = {
  id: 'canvas.open-settings',
  title: 'Settings',
  shortcuts: ['Enter'],
  scope: 'canvas',
  enabled: ({ selection }) => selection.getState().active !== undefined,
  run(studio) {
    const { active } = studio.selection.getState()
    if (active?.type === 'node') studio.focus.field({ nodeId: active.id, path: [] })
    if (active?.type === 'note') studio.mode.enter({ type: 'note', index: active.index })
  },
}
