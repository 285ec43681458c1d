import type { Studio } from '../app/studio.ts'
import type { Item } from '../state/item.ts'
import { linkName } from './connect.ts'
import { outlineName } from './outline-name.ts'

/** Makes an item the active one, brings it into view and says its name, for screen readers that pass over the active descendant. */
export function goTo(studio: Studio, item: Item, options: { readonly extend?: boolean } = {}): void {
  if (options.extend === true) extendTo(studio, item)
  else studio.selection.activate(item)
  studio.canvas.port?.reveal(item)
  studio.announcer.say(itemName(studio, item), 'active')
}

function extendTo(studio: Studio, item: Item): void {
  const { selected } = studio.selection.getState()
  studio.selection.selectAll([...selected.values(), item])
}

export function itemName(studio: Studio, item: Item): string {
  switch (item.type) {
    case 'node':
      return outlineName(studio, item.id)
    case 'edge':
      return `Link ${linkName(studio, item.edge)}`
    case 'note':
      return `Note: ${studio.documents.getState().document.notes[item.index]?.text ?? ''}`
  }
}
