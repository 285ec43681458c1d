import { isPanelOpen, type PanelName, togglePanel } from '../../app/panels.ts'
import type { Command } from '../command.ts'

const panel = (name: PanelName, title: string): Command => ({
  id: `view.${name}`,
  title,
  menu: 'view',
  scope: 'everywhere',
  enabled: ({ view }) => !view.getState().gallery,
  checked: ({ view }) => isPanelOpen(view.getState(), name),
  run: (studio) => togglePanel(studio, name),
})

export const leftPanel = panel('left', 'Left panel')
export const inspectorPanel = panel('inspector', 'Inspector')
export const dockPanel = panel('dock', 'Dock')
