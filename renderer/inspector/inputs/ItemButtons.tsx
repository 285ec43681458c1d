import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import controls from '../../style/controls.module.css'
import { focusInList } from './focus-in-list.ts'
import itemStyles from './items.module.css'

/** Up, down and away for one item of a list. */
export function ItemButtons<T>({
  items,
  index,
  name,
  onChange,
}: {
  readonly items: readonly T[]
  readonly index: number
  /** For screen readers: `column amount`. */
  readonly name: string
  readonly onChange: (items: readonly T[]) => void
}) {
  const move = (button: HTMLElement, to: number): void => {
    const next = [...items]
    const [item] = next.splice(index, 1)
    if (item !== undefined) next.splice(to, 0, item)
    onChange(next)
    // It goes with its item. At the end of the list the button that was pressed can be pressed no more.
    focusInList(button.closest('ol'), to, to < index ? ['up', 'down'] : ['down', 'up'])
  }
  return (
    <span className={itemStyles.itemButtons}>
      <button
        type="button"
        className={controls.iconButton}
        aria-label={`Move ${name} up`}
        data-act="up"
        disabled={index === 0}
        onClick={({ currentTarget }) => move(currentTarget, index - 1)}
      >
        <IconArrowUp size={14} stroke={1.5} aria-hidden />
      </button>
      <button
        type="button"
        className={controls.iconButton}
        aria-label={`Move ${name} down`}
        data-act="down"
        disabled={index === items.length - 1}
        onClick={({ currentTarget }) => move(currentTarget, index + 1)}
      >
        <IconArrowDown size={14} stroke={1.5} aria-hidden />
      </button>
      <button
        type="button"
        className={controls.iconButton}
        aria-label={`Remove ${name}`}
        data-act="remove"
        onClick={({ currentTarget }) => {
          onChange(items.filter((_, i) => i !== index))
          focusInList(currentTarget.closest('ol'), index, ['remove'])
        }}
      >
        <IconX size={14} stroke={1.5} aria-hidden />
      </button>
    </span>
  )
}
