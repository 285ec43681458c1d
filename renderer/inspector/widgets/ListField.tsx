import { IconPlus } from '@tabler/icons-react'
import { bareSchema, metaOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import controls from '../../style/controls.module.css'
import { FieldRow } from '../form/FieldRow.tsx'
import { fieldFor, initialValue } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import { ItemButtons } from '../inputs/ItemButtons.tsx'
import itemStyles from '../inputs/items.module.css'
import { JsonField } from './JsonField.tsx'

/** A list of anything: each item with the control of its type. */
export function ListField(props: WidgetProps) {
  const { field, value, parts } = props
  const form = useForm()
  const { def } = bareSchema(field.schema)._zod
  if (def.type !== 'array') return <JsonField {...props} />
  const { element } = def
  const items: readonly unknown[] = Array.isArray(value) ? value : Array.isArray(field.fallback.value) ? field.fallback.value : []
  const word = metaOf(element).title
  const title = typeof word === 'string' ? word : 'Item'
  return (
    <FieldRow field={field} deep={false}>
      {(control) => (
        <fieldset className={itemStyles.bare} aria-labelledby={control.labelId}>
          <ol className={itemStyles.items}>
            {items.map((item, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place is what identifies an item
              <li key={i} className={itemStyles.item}>
                <ItemButtons
                  items={items}
                  index={i}
                  name={`${title} ${i + 1}`}
                  onChange={(next) => form.set(field.path, next, field.title)}
                />
                <parts.Field field={{ ...fieldFor(element, [...field.path, i]), title: `${title} ${i + 1}` }} value={item} />
              </li>
            ))}
          </ol>
          <div className={itemStyles.buttons}>
            <button
              type="button"
              className={controls.smallButton}
              onClick={() => form.set(field.path, [...items, initialValue(element, new Date()) ?? null], field.title)}
            >
              <IconPlus size={12} stroke={1.5} aria-hidden /> Add {title.toLowerCase()}
            </button>
          </div>
        </fieldset>
      )}
    </FieldRow>
  )
}
