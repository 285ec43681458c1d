import { SegmentedControl, Select } from '@mantine/core'
import { isJsonObject } from '../../../pipeline-runtime/spec/json.ts'
import { bareSchema, metaOf, nearestMember } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { FieldRow } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import { fieldFor, fieldsOf, initialValue, type Member, membersOf } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import { JsonField } from './JsonField.tsx'

/** One of several shapes: which, and then the settings of that one. */
export function MemberField(props: WidgetProps) {
  const { field, value, parts } = props
  const form = useForm()
  const { def } = bareSchema(field.schema)._zod
  if (def.type !== 'union') return <JsonField {...props} />
  const members = membersOf(def)
  const shown = value ?? field.fallback.value
  const schema = shown === undefined ? undefined : nearestMember(def, shown)
  const member = members.find((candidate) => candidate.schema === schema)
  const choose = (next: string | null): void => {
    const chosen = members.find((candidate) => candidate.value === next)
    form.set(field.path, chosen === undefined ? undefined : initialValue(chosen.schema, new Date()), field.title)
  }
  const data = members.map(({ value: tag, label }) => ({ value: tag, label }))
  const sideBySide = member !== undefined && !field.optional && fits(members)
  return (
    <FieldRow field={field} deep={member === undefined}>
      {(control) => (
        <>
          {sideBySide || (member !== undefined && field.fallback.has && fits(members)) ? (
            <SegmentedControl fullWidth value={member.value} data={data} onChange={choose} aria-labelledby={control.labelId} />
          ) : (
            <Select
              id={control.id}
              aria-label={field.title}
              data={data}
              value={member?.value ?? null}
              placeholder={field.optional ? 'not set' : 'Choose'}
              clearable={field.optional && !field.fallback.has}
              allowDeselect={false}
              onChange={choose}
            />
          )}
          {member !== undefined && <Inside member={member} {...props} shown={shown} parts={parts} />}
        </>
      )}
    </FieldRow>
  )
}

function Inside({ member, field, shown, parts }: WidgetProps & { readonly member: Member; readonly shown: unknown }) {
  if (!isJsonObject(shown)) {
    return (
      <div className={styles.inside}>
        <parts.Field field={{ ...fieldFor(member.schema, field.path), title: member.label }} value={shown} />
      </div>
    )
  }
  if (fieldsOf(member.schema, field.path).length === 0) {
    const { description } = metaOf(member.schema)
    return typeof description === 'string' ? <p className={styles.hint}>{description}</p> : null
  }
  return (
    <fieldset className={`${styles.group} ${styles.inside}`} aria-label={`${field.title}: ${member.label}`}>
      <parts.Fields schema={member.schema} path={field.path} value={shown} />
    </fieldset>
  )
}

function fits(members: readonly Member[]): boolean {
  return members.length > 1 && members.length < 4 && members.reduce((sum, { label }) => sum + label.length, 0) <= 34
}
