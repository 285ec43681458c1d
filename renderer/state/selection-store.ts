import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Item, itemKey } from './item.ts'

/** Canvas and outline share one selection and one active item (keyboard.md). */
export interface SelectionState {
  /** What the keys act on and a screen reader tells of. */
  readonly active: Item | undefined
  /** By `itemKey`; holds the active item unless several are selected and it is none of them. */
  readonly selected: ReadonlyMap<string, Item>
}

export interface SelectionStore extends StoreApi<SelectionState> {
  /** Makes an item active and the only selected one. */
  select(item: Item | undefined): void
  /** Several at once; the last becomes active. */
  selectAll(items: readonly Item[]): void
  /** Adds or takes away, and makes it active. */
  toggle(item: Item): void
  /** Moves the active item without touching a selection of several. */
  activate(item: Item | undefined): void
  /** What became of each item in another document; undefined where it is gone. */
  follow(next: (item: Item) => Item | undefined): void
}

export function createSelectionStore(): SelectionStore {
  const store = createStore<SelectionState>(() => ({ active: undefined, selected: new Map() }))
  const mapOf = (items: readonly Item[]) => new Map(items.map((item) => [itemKey(item), item]))
  return {
    ...store,
    select: (item) => store.setState({ active: item, selected: mapOf(item === undefined ? [] : [item]) }),
    selectAll: (items) => store.setState({ active: items.at(-1), selected: mapOf(items) }),
    toggle(item) {
      const selected = new Map(store.getState().selected)
      if (!selected.delete(itemKey(item))) selected.set(itemKey(item), item)
      store.setState({ active: item, selected })
    },
    activate(item) {
      const { selected } = store.getState()
      // Selection follows focus unless several are selected.
      if (selected.size > 1) store.setState({ active: item })
      else store.setState({ active: item, selected: mapOf(item === undefined ? [] : [item]) })
    },
    follow(next) {
      const { active, selected } = store.getState()
      const kept = [...selected.values()].flatMap((item) => next(item) ?? [])
      const nextActive = (active === undefined ? undefined : next(active)) ?? (active === undefined ? undefined : kept.at(-1))
      const same = (a: Item | undefined, b: Item | undefined): boolean => (a && itemKey(a)) === (b && itemKey(b))
      if (same(nextActive, active) && kept.length === selected.size && kept.every((item) => selected.has(itemKey(item)))) return
      store.setState({ active: nextActive, selected: mapOf(kept) })
    },
  }
}

/** Ids of the selected nodes. */
export function selectedNodes({ selected }: SelectionState): string[] {
  return [...selected.values()].flatMap((item) => (item.type === 'node' ? [item.id] : []))
}
