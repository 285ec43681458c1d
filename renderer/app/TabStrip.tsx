import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import styles from './TabStrip.module.css'

export interface TabStripTab<Id extends string> {
  readonly id: Id
  readonly title: string
  /** After the title: a count. */
  readonly extra?: ReactNode
}

interface TabStripProps<Id extends string> {
  readonly label: string
  /** Ids of elements begin with it: `dock` → `dock-tab-data`, `dock-panel-data`. */
  readonly name: string
  readonly tabs: readonly TabStripTab<Id>[]
  readonly selected: Id
  /** Whether the panel of the selected tab is on screen. */
  readonly open: boolean
  readonly onSelect: (id: Id) => void
  /** A press on the tab that is selected already. */
  readonly onAgain?: () => void
}

/** Tabs as one stop of the Tab key; arrows, Home and End move and select. */
export function TabStrip<Id extends string>({ label, name, tabs, selected, open, onSelect, onAgain }: TabStripProps<Id>) {
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent): void => {
    const target = nextIndex(
      event.key,
      tabs.findIndex(({ id }) => id === selected),
      tabs.length,
    )
    const tab = target === undefined ? undefined : tabs[target]
    if (tab === undefined) return
    event.preventDefault()
    onSelect(tab.id)
    list.current?.querySelector<HTMLElement>(`#${name}-tab-${tab.id}`)?.focus()
  }
  return (
    <div ref={list} role="tablist" aria-label={label} className={styles.strip}>
      {tabs.map(({ id, title, extra }) => {
        const isSelected = id === selected
        return (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${name}-tab-${id}`}
            aria-selected={isSelected}
            {...(isSelected && open ? { 'aria-controls': `${name}-panel-${id}` } : {})}
            tabIndex={isSelected ? 0 : -1}
            className={styles.tab}
            onKeyDown={move}
            onClick={() => (isSelected && open && onAgain !== undefined ? onAgain() : onSelect(id))}
          >
            {title}
            {extra}
          </button>
        )
      })}
    </div>
  )
}

function nextIndex(key: string, current: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (current + 1) % count
    case 'ArrowLeft':
      return (current - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
