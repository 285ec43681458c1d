import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isJsonObject, type JsonObject, pointer } from '../../../pipeline-runtime/spec/json.ts'
import { bareSchema, shapeOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import controls from '../../style/controls.module.css'
import { aggregateName } from '../form/aggregate-name.ts'
import { FieldRow } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import { choicesOf, fieldFor, type Path } from '../form/form-field.ts'
import { FormProvider, useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import { ItemList } from '../inputs/ItemList.tsx'
import itemStyles from '../inputs/items.module.css'
import { ListField } from './ListField.tsx'

/** Figures: each a function, what of, and the name of its column. A name that nobody wrote follows what is chosen. */
export function AggregatesField(props: WidgetProps) {
  const { field, value, parts } = props
  const form = useForm()
  const { def } = bareSchema(field.schema)._zod
  const shape = def.type === 'array' ? shapeOf(def.element) : undefined
  const { as, function: fn, of } = shape ?? {}
  if (as === undefined || fn === undefined || of === undefined) return <ListField {...props} />
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const names = namesOf(items)
  const first = choicesOf(fn)[0]?.value ?? ''
  const add = (): void => form.set(field.path, [...items, { as: aggregateName(first, undefined, names), function: first }], field.title)
  return (
    <FieldRow field={field} deep={false}>
      {(control) => (
        <fieldset className={itemStyles.bare} aria-labelledby={control.labelId}>
          <ItemList
            path={field.path}
            items={items}
            titleOf={(figure, i) => (typeof figure.as === 'string' ? figure.as : `figure ${i + 1}`)}
            onChange={(next) => form.set(field.path, next, field.title)}
          >
            {(figure, at, i) => (
              <NameFollows path={at} figure={figure} taken={namesOf(items.filter((_, other) => other !== i))}>
                <div className={styles.two}>
                  <parts.Field field={fieldFor(fn, [...at, 'function'])} value={figure.function} />
                  <parts.Field field={fieldFor(as, [...at, 'as'])} value={figure.as} />
                </div>
                <parts.Field field={fieldFor(of, [...at, 'of'])} value={figure.of} />
              </NameFollows>
            )}
          </ItemList>
          <div className={itemStyles.buttons}>
            <button type="button" className={controls.smallButton} onClick={add}>
              <IconPlus size={12} stroke={1.5} aria-hidden /> Add a figure
            </button>
          </div>
        </fieldset>
      )}
    </FieldRow>
  )
}

function namesOf(items: readonly unknown[]): string[] {
  return items.flatMap((item) => (isJsonObject(item) && typeof item.as === 'string' ? [item.as] : []))
}

/** While the name of a figure is the one that it got by itself, a change of function or column changes it in the same step. */
function NameFollows({
  path,
  figure,
  taken,
  children,
}: {
  readonly path: Path
  readonly figure: JsonObject
  readonly taken: readonly string[]
  readonly children: ReactNode
}) {
  const form = useForm()
  const follows = figure.as === figureName(figure, taken)
  const following = {
    ...form,
    set(changed: Path, value: unknown, title: string, typing?: boolean) {
      const name = String(changed.at(-1))
      if (!follows || name === 'as') return form.set(changed, value, title, typing)
      const settings = [
        { path: changed, value },
        { path: [...path, 'as'], value: figureName({ ...figure, [name]: value }, taken) },
      ]
      form.setAll(settings, `change ${title}`, typing === true ? `${form.nodeId} ${pointer(...changed)}` : undefined)
    },
  }
  return <FormProvider value={following}>{children}</FormProvider>
}

function figureName({ function: fn, of }: JsonObject, taken: readonly string[]): string {
  return aggregateName(typeof fn === 'string' ? fn : '', typeof of === 'string' ? of : undefined, taken)
}
