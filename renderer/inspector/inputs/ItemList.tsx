import type { ReactNode } from 'react'
import { isJsonObject, type JsonObject } from '../../../pipeline-runtime/spec/json.ts'
import type { Path } from '../form/form-field.ts'
import { ItemButtons } from './ItemButtons.tsx'
import { ItemProblems } from './ItemProblems.tsx'
import itemStyles from './items.module.css'

interface ItemListProps {
  readonly path: Path
  readonly items: readonly unknown[]
  /** `column 2`, for an item without a name. */
  readonly titleOf: (item: JsonObject, index: number) => string
  readonly onChange: (items: readonly unknown[]) => void
  /** The settings of one item. */
  readonly children: (item: JsonObject, at: Path, index: number) => ReactNode
}

/** Named groups of settings one below the other, each with its buttons and what is wrong with it as a whole. */
export function ItemList({ path, items, titleOf, onChange, children }: ItemListProps) {
  return (
    <ol className={itemStyles.items}>
      {items.map((item, i) => {
        const at = [...path, i]
        const settings = isJsonObject(item) ? item : {}
        const title = titleOf(settings, i)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what identifies an item
          <li key={i} className={itemStyles.item}>
            <div className={itemStyles.itemHead}>
              <span className={itemStyles.itemTitle}>{title}</span>
              <ItemButtons items={items} index={i} name={title} onChange={onChange} />
            </div>
            <ItemProblems path={at} />
            {children(settings, at, i)}
          </li>
        )
      })}
    </ol>
  )
}
