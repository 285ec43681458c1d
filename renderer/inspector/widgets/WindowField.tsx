import { isJsonObject } from '../../../pipeline-runtime/spec/json.ts'
import { bareSchema } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { useStudio } from '../../app/studio-context.tsx'
import controls from '../../style/controls.module.css'
import { FieldRow } from '../form/FieldRow.tsx'
import { initialValue } from '../form/form-field.ts'
import { useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'
import itemStyles from '../inputs/items.module.css'
import { WindowStrip } from '../inputs/WindowStrip.tsx'
import { MemberField } from './MemberField.tsx'

/** How time is cut into pieces, with a small drawing of it. */
export function WindowField(props: WidgetProps) {
  const { field, value, parts } = props
  const form = useForm()
  const { focus } = useStudio()
  if (bareSchema(field.schema)._zod.def.type === 'union') return <MemberField {...props} />
  const shown = value ?? field.fallback.value
  const type = isJsonObject(shown) && typeof shown.type === 'string' ? shown.type : undefined
  return (
    <FieldRow field={field} deep={false}>
      {(control) =>
        shown === undefined ? (
          <button
            type="button"
            className={controls.smallButton}
            onClick={() => {
              form.set(field.path, initialValue(field.schema, new Date()), field.title)
              // The button goes away: the first of what comes in its place takes the focus.
              focus.field({ nodeId: form.nodeId, path: field.path })
            }}
          >
            Set the time window
          </button>
        ) : (
          <fieldset className={itemStyles.bare} aria-labelledby={control.labelId}>
            {type !== undefined && <WindowStrip type={type} />}
            <parts.Fields schema={field.schema} path={field.path} value={shown} />
          </fieldset>
        )
      }
    </FieldRow>
  )
}
