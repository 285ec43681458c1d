import { TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { isJsonObject } from '../../../pipeline-runtime/spec/json.ts'
import { bareSchema } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { freeName } from '../../state/free-name.ts'
import controls from '../../style/controls.module.css'
import { FieldRow } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import { fieldFor, initialValue } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import { useDraft } from '../form/use-draft.ts'
import type { WidgetProps } from '../form/widget-props.ts'
import { focusInList } from '../inputs/focus-in-list.ts'
import itemStyles from '../inputs/items.module.css'
import { JsonField } from './JsonField.tsx'

/** Values under names. */
export function RecordField(props: WidgetProps) {
  const { field, value, parts } = props
  const form = useForm()
  const { def } = bareSchema(field.schema)._zod
  if (def.type !== 'record') return <JsonField {...props} />
  const entries = Object.entries(isJsonObject(value) ? value : {})
  const write = (next: readonly (readonly [string, unknown])[], typing = false): void =>
    form.set(field.path, next.length === 0 && field.optional ? undefined : Object.fromEntries(next), field.title, typing)
  return (
    <FieldRow field={field} deep={false}>
      {(control) => (
        <fieldset className={itemStyles.bare} aria-labelledby={control.labelId}>
          <ul className={itemStyles.items}>
            {entries.map(([name, item], i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while it is typed
              <li key={i} className={itemStyles.item}>
                <div className={styles.row}>
                  <NameInput
                    name={name}
                    taken={entries.map(([other]) => other)}
                    onChange={(next) =>
                      write(
                        entries.map((entry, at) => (at === i ? [next, item] : entry)),
                        true,
                      )
                    }
                  />
                  <button
                    type="button"
                    className={controls.iconButton}
                    aria-label={`Remove ${name}`}
                    data-act="remove"
                    onClick={({ currentTarget }) => {
                      write(entries.filter((_, at) => at !== i))
                      focusInList(currentTarget.closest('ul'), i, ['remove'])
                    }}
                  >
                    <IconX size={14} stroke={1.5} aria-hidden />
                  </button>
                </div>
                <parts.Field field={{ ...fieldFor(def.valueType, [...field.path, name]), title: `Value of ${name}` }} value={item} />
              </li>
            ))}
          </ul>
          <div className={itemStyles.buttons}>
            <button
              type="button"
              className={controls.smallButton}
              onClick={() =>
                write([
                  ...entries,
                  [
                    freeName(
                      'name',
                      entries.map(([name]) => name),
                    ),
                    initialValue(def.valueType, new Date()) ?? '',
                  ],
                ])
              }
            >
              <IconPlus size={12} stroke={1.5} aria-hidden /> Add
            </button>
          </div>
        </fieldset>
      )}
    </FieldRow>
  )
}

function NameInput({
  name,
  taken,
  onChange,
}: {
  readonly name: string
  readonly taken: readonly string[]
  readonly onChange: (name: string) => void
}) {
  const draft = useDraft<string>(
    name,
    (typed) => {
      if (typed === '') return { ok: false, message: 'Give it a name.' }
      if (typed !== name && taken.includes(typed)) return { ok: false, message: `"${typed}" is there already.` }
      return { ok: true, value: typed, text: typed }
    },
    onChange,
  )
  return (
    <TextInput
      className={styles.grow}
      aria-label="Name"
      value={draft.text}
      error={draft.message}
      onChange={(event) => draft.change(event.currentTarget.value)}
      onBlur={draft.leave}
    />
  )
}
