import { type ReactNode, useCallback, useId, useState } from 'react'
import styles from './PickList.module.css'

export interface PickOption {
  readonly id: string
  readonly label: string
  /** Why it cannot be taken. */
  readonly reason?: string | undefined
  readonly icon?: ReactNode
  /** Heading above it, where it differs from the one before. */
  readonly group?: string | undefined
}

interface PickListProps {
  readonly label: string
  readonly heading: ReactNode
  readonly options: readonly PickOption[]
  readonly onPick: (id: string) => void
  readonly onClose: () => void
  readonly nothing: string
}

const PAGE = 8

/** A list box that is filtered by typing: letters narrow it, arrows walk, Enter takes, Esc leaves. */
export function PickList({ label, heading, options, onPick, onClose, nothing }: PickListProps) {
  const prefix = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const shown = options.filter((option) => option.label.toLowerCase().includes(typed.toLowerCase()))
  const current = Math.min(at, shown.length - 1)
  const active = shown[current]
  const focus = useCallback((list: HTMLDivElement | null) => list?.focus({ preventScroll: true }), [])
  const scroll = useCallback((option: HTMLDivElement | null) => option?.scrollIntoView({ block: 'nearest' }), [])
  const take = (option: PickOption | undefined): void => {
    if (option !== undefined && option.reason === undefined) onPick(option.id)
  }
  const go = (to: number): boolean => {
    setAt(Math.max(0, Math.min(shown.length - 1, to)))
    return true
  }
  const press = (key: string): boolean => {
    switch (key) {
      case 'ArrowDown':
        return go(current + 1)
      case 'ArrowUp':
        return go(current - 1)
      case 'Home':
      case '/':
        return go(0)
      case 'End':
        return go(shown.length - 1)
      case 'PageDown':
        return go(current + PAGE)
      case 'PageUp':
        return go(current - PAGE)
      case 'Enter':
        take(active)
        return true
      case 'Escape':
      case 'Tab':
        onClose()
        return true
      case 'Backspace':
        setTyped(typed.slice(0, -1))
        return true
      default:
        return false
    }
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
    if (press(event.key)) {
      event.preventDefault()
      event.stopPropagation()
    } else if (isLetter) {
      event.preventDefault()
      event.stopPropagation()
      setTyped(typed + event.key)
      setAt(0)
    }
  }
  let group: string | undefined
  return (
    <div className={styles.panel}>
      <div className={styles.heading}>{heading}</div>
      <div className={styles.typed} aria-live="polite">
        {typed === '' ? 'Type to filter' : <strong>{typed}</strong>}
      </div>
      <div
        ref={focus}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={active === undefined ? undefined : `${prefix}-${active.id}`}
        className={styles.list}
        onKeyDown={onKeyDown}
      >
        {shown.length === 0 ? <div className={styles.nothing}>{typed === '' ? nothing : `Nothing is called “${typed}”.`}</div> : null}
        {shown.map((option, i) => {
          const heads = option.group !== undefined && option.group !== group
          group = option.group
          return (
            <div key={option.id} role="presentation">
              {heads ? (
                <div className={styles.group} role="presentation">
                  {option.group}
                </div>
              ) : null}
              {/* biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus */}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the list box */}
              <div
                ref={i === current ? scroll : undefined}
                role="option"
                id={`${prefix}-${option.id}`}
                aria-selected={i === current}
                aria-disabled={option.reason === undefined ? undefined : true}
                data-active={i === current ? '' : undefined}
                className={styles.option}
                onClick={() => take(option)}
                onPointerMove={() => setAt(i)}
              >
                <span className={styles.icon}>{option.icon}</span>
                <span className={styles.text}>
                  {option.label}
                  {option.reason === undefined ? null : <span className={styles.note}>{option.reason}</span>}
                </span>
              </div>
            </div>
          )
        })}
      </div>
    </div>
  )
}
