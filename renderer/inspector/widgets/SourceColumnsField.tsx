import { Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDotsVertical, IconPlus, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { parseType } from '../../../pipeline-runtime/data/types.ts'
import { isJsonObject } from '../../../pipeline-runtime/spec/json.ts'
import { bareSchema, shapeOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { freeName } from '../../state/free-name.ts'
import controls from '../../style/controls.module.css'
import { ReadColumns } from '../columns/ReadColumns.tsx'
import { FieldRow } from '../form/FieldRow.tsx'
import { fieldFor } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import { focusInList } from '../inputs/focus-in-list.ts'
import { ItemProblems } from '../inputs/ItemProblems.tsx'
import itemStyles from '../inputs/items.module.css'
import { ListField } from './ListField.tsx'
import styles from './SourceColumnsField.module.css'

/** The columns of a source, one a row: name, type and, for times, how they are written. */
export function SourceColumnsField(props: WidgetProps) {
  const { field, value, parts } = props
  const form = useForm()
  const { def } = bareSchema(field.schema)._zod
  const { name, type, unit } = (def.type === 'array' ? shapeOf(def.element) : undefined) ?? {}
  if (name === undefined || type === undefined || unit === undefined) return <ListField {...props} />
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const names = items.flatMap((item) => (isJsonObject(item) && typeof item.name === 'string' ? [item.name] : []))
  const write = (next: readonly unknown[]): void => form.set(field.path, next, field.title)
  return (
    <FieldRow field={field} deep={false}>
      {(control) => (
        <fieldset className={itemStyles.bare} aria-labelledby={control.labelId}>
          <ol className={styles.columns}>
            {items.map((item, i) => {
              const at = [...field.path, i]
              const column = isJsonObject(item) ? item : {}
              const title = typeof column.name === 'string' ? column.name : `column ${i + 1}`
              const isTime = typeof column.type === 'string' && parseType(column.type)?.name === 'TIMESTAMP_LTZ'
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what identifies a column
                <li key={i}>
                  <ItemProblems path={at} />
                  <div className={styles.columnRow}>
                    <parts.Field
                      field={{ ...fieldFor(name, [...at, 'name']), title: `Column ${i + 1}`, hidesTitle: true }}
                      value={column.name}
                    />
                    <parts.Field
                      field={{ ...fieldFor(type, [...at, 'type']), title: `Type of ${title}`, hidesTitle: true }}
                      value={column.type}
                    />
                    <RowMenu title={title} items={items} index={i} onChange={write} />
                  </div>
                  {(isTime || column.unit !== undefined) && (
                    <div className={styles.columnUnit}>
                      <span aria-hidden>written as</span>
                      <parts.Field
                        field={{ ...fieldFor(unit, [...at, 'unit']), title: `How ${title} is written`, hidesTitle: true }}
                        value={column.unit}
                      />
                    </div>
                  )}
                </li>
              )
            })}
          </ol>
          <div className={itemStyles.buttons}>
            <button
              type="button"
              className={controls.smallButton}
              onClick={() => write([...items, { name: freeName('column', names), type: 'STRING' }])}
            >
              <IconPlus size={12} stroke={1.5} aria-hidden /> Add a column
            </button>
            <ReadColumns path={field.path} />
          </div>
        </fieldset>
      )}
    </FieldRow>
  )
}

function RowMenu({
  title,
  items,
  index,
  onChange,
}: {
  readonly title: string
  readonly items: readonly unknown[]
  readonly index: number
  readonly onChange: (items: readonly unknown[]) => void
}) {
  const button = useRef<HTMLButtonElement>(null)
  /** The menu would give the focus back to the row that is in this place now, if there is one. */
  const change = (next: readonly unknown[], to: number): void => {
    const list = button.current?.closest('ol') ?? null
    onChange(next)
    focusInList(list, to, ['menu'])
  }
  const others = items.filter((_, i) => i !== index)
  const moveTo = (to: number): void => change([...others.slice(0, to), items[index], ...others.slice(to)], to)
  const icon = { size: 14, stroke: 1.5 }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button ref={button} type="button" className={controls.iconButton} aria-label={`More for ${title}`} data-act="menu">
          <IconDotsVertical {...icon} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp {...icon} />} disabled={index === 0} onClick={() => moveTo(index - 1)}>
          Move up
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown {...icon} />} disabled={index === items.length - 1} onClick={() => moveTo(index + 1)}>
          Move down
        </Menu.Item>
        <Menu.Item leftSection={<IconX {...icon} />} onClick={() => change(others, index)}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
