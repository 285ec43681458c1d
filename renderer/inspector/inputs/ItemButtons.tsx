import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import controls from '../../style/controls.module.css'
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
  const move = (to: number): void => {
    const next = [...items]
    const [item] = next.splice(index, 1)
    if (item !== undefined) next.splice(to, 0, item)
    onChange(next)
  }
  return (
    <span className={itemStyles.itemButtons}>
      <button
        type="button"
        className={controls.iconButton}
        aria-label={`Move ${name} up`}
        disabled={index === 0}
        onClick={() => move(index - 1)}
      >
        <IconArrowUp size={14} stroke={1.5} aria-hidden />
      </button>
      <button
        type="button"
        className={controls.iconButton}
        aria-label={`Move ${name} down`}
        disabled={index === items.length - 1}
        onClick={() => move(index + 1)}
      >
        <IconArrowDown size={14} stroke={1.5} aria-hidden />
      </button>
      <button
        type="button"
        className={controls.iconButton}
        aria-label={`Remove ${name}`}
        onClick={({ currentTarget }) => {
          const list = currentTarget.closest('fieldset')
          onChange(items.filter((_, i) => i !== index))
          // The last one takes its button away with it: what adds another one has the focus then.
          if (index === items.length - 1) setTimeout(() => focusLastButton(list))
        }}
      >
        <IconX size={14} stroke={1.5} aria-hidden />
      </button>
    </span>
  )
}

function focusLastButton(list: HTMLElement | null): void {
  if (list === null || list.contains(document.activeElement)) return
  const buttons = list.querySelectorAll('button')
  buttons[buttons.length - 1]?.focus()
}
