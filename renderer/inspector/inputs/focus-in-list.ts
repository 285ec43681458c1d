/** What a button of an item does, in `data-act`. */
export type ItemAct = 'up' | 'down' | 'remove' | 'menu'

/**
 * Once a list is drawn again after a press on a button of one of its items: the focus goes to a button of the item at `index`, the first of
 * `acts` that can be pressed. Where that item is gone, to what adds another one, below the list.
 */
export function focusInList(list: Element | null, index: number, acts: readonly ItemAct[]): void {
  if (list === null) return
  setTimeout(() => {
    const item = list.children[index]
    const buttons = acts.map((act) => item?.querySelector<HTMLElement>(`[data-act=${act}]:not(:disabled)`))
    const found = item === undefined ? list.nextElementSibling?.querySelector<HTMLElement>('button:not(:disabled)') : buttons.find((b) => b)
    found?.focus()
  })
}
