import { Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { printType } from '../../../pipeline-runtime/data/types.ts'
import { isJsonObject } from '../../../pipeline-runtime/spec/json.ts'
import { bareSchema, shapeOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { freeName } from '../../state/free-name.ts'
import controls from '../../style/controls.module.css'
import { FieldRow } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import { fieldFor } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import { ColumnOption } from '../inputs/ColumnOption.tsx'
import { ItemList } from '../inputs/ItemList.tsx'
import itemStyles from '../inputs/items.module.css'
import { ListField } from './ListField.tsx'

/** Columns to keep, rename or calculate: a name, and what it is worth. */
export function SelectColumnsField(props: WidgetProps) {
  const { field, value, parts } = props
  const form = useForm()
  const { def } = bareSchema(field.schema)._zod
  const element = def.type === 'array' ? def.element : undefined
  const { name, expression } = (element === undefined ? undefined : shapeOf(element)) ?? {}
  if (element === undefined || name === undefined || expression === undefined) return <ListField {...props} />
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const names = items.flatMap((item) => (isJsonObject(item) && typeof item.name === 'string' ? [item.name] : []))
  const free = form.columns.filter((column) => !names.includes(column.name))
  const write = (next: readonly unknown[]): void =>
    form.set(field.path, next.length === 0 && field.optional ? undefined : next, field.title)
  const calculated = freeName('new_column', [...names, ...form.columns.map((column) => column.name)])
  return (
    <FieldRow field={field} deep={false}>
      {(control) => (
        <fieldset className={itemStyles.bare} aria-labelledby={control.labelId}>
          <ItemList
            path={field.path}
            items={items}
            titleOf={(column, i) => (typeof column.name === 'string' ? column.name : `column ${i + 1}`)}
            onChange={write}
          >
            {(column, at) => (
              <>
                <parts.Field field={fieldFor(name, [...at, 'name'])} value={column.name} />
                <parts.Field field={fieldFor(expression, [...at, 'expression'])} value={column.expression} />
              </>
            )}
          </ItemList>
          <div className={itemStyles.buttons}>
            {free.length > 0 && (
              <Menu position="bottom-start" width={260}>
                <Menu.Target>
                  <button type="button" className={controls.smallButton}>
                    <IconPlus size={12} stroke={1.5} aria-hidden /> Keep a column
                  </button>
                </Menu.Target>
                <Menu.Dropdown className={styles.longMenu}>
                  {free.length > 1 && (
                    <Menu.Item onClick={() => write([...items, ...free.map((column) => ({ name: column.name }))])}>
                      All {free.length} others
                    </Menu.Item>
                  )}
                  {free.map((column) => (
                    <Menu.Item key={column.name} onClick={() => write([...items, { name: column.name }])}>
                      <ColumnOption name={column.name} type={printType(column.type)} />
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
            <button
              type="button"
              className={controls.smallButton}
              onClick={() => write([...items, { name: calculated, expression: 'NULL' }])}
            >
              <IconPlus size={12} stroke={1.5} aria-hidden /> Calculate a column
            </button>
          </div>
        </fieldset>
      )}
    </FieldRow>
  )
}
