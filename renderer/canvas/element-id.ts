import { type Item, itemKey } from '../state/item.ts'

/** Of the element that stands for an item on the canvas: `aria-activedescendant` names it. */
export function elementId(item: Item): string {
  return `canvas-${itemKey(item)}`
}
