import type { Studio } from '../../app/studio.ts'
import { copySelection, cutSelection, pasteFromClipboard } from '../../edit/clipboard.ts'
import type { Command } from '../command.ts'

const canCopy = ({ view, selection }: Studio): boolean =>
  !view.getState().gallery && [...selection.getState().selected.values()].some(({ type }) => type !== 'edge')

export const cut: Command = {
  id: 'edit.cut',
  title: 'Cut',
  menu: 'edit',
  shortcuts: ['Mod+X'],
  scope: 'everywhere',
  notInFields: true,
  byEvent: true,
  enabled: canCopy,
  run: cutSelection,
}

export const copy: Command = {
  id: 'edit.copy',
  title: 'Copy',
  menu: 'edit',
  shortcuts: ['Mod+C'],
  scope: 'everywhere',
  notInFields: true,
  byEvent: true,
  enabled: canCopy,
  async run(studio) {
    await copySelection(studio)
  },
}

export const paste: Command = {
  id: 'edit.paste',
  title: 'Paste',
  menu: 'edit',
  shortcuts: ['Mod+V'],
  scope: 'everywhere',
  notInFields: true,
  byEvent: true,
  enabled: ({ view }) => !view.getState().gallery,
  run: pasteFromClipboard,
}
