import { counted } from '../../format/counted.ts'
import type { Item } from '../../state/item.ts'
import type { Command } from '../command.ts'

export const selectAll: Command = {
  id: 'edit.select-all',
  title: 'Select all',
  menu: 'edit',
  shortcuts: ['Mod+A'],
  scope: 'everywhere',
  notInFields: true,
  enabled: ({ view }) => !view.getState().gallery,
  run({ documents, selection, announcer }) {
    const { nodes, notes } = documents.getState().document
    const { active } = selection.getState()
    const items = [...notes.map((_, index): Item => ({ type: 'note', index })), ...nodes.map(({ id }): Item => ({ type: 'node', id }))]
    selection.selectAll(items)
    // Who selects everything stays where they are.
    if (active !== undefined) selection.setState({ active })
    announcer.say(`${counted(items.length, 'item') || 'Nothing'} selected.`)
  },
}
