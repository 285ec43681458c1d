import { metaOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { LatePart } from '../../app/LatePart.tsx'
import { useCompiled } from '../../app/studio-context.tsx'
import { editorPart } from '../../expression-editor/editor-part.ts'
import { getIn } from '../../state/change.ts'
import { graphIndex } from '../../state/graph-index.ts'
import { FieldRow } from '../form/FieldRow.tsx'
import formStyles from '../form/form.module.css'
import { issuesAt, useForm } from '../form/form-port.tsx'
import type { WidgetProps } from '../form/widget-props.ts'

/** SQL over the columns that come in. */
export function ExpressionField({ field, value }: WidgetProps) {
  const form = useForm()
  const text = typeof value === 'string' ? value : ''
  const issues = issuesAt(form, field.path)
  const isCompiled = useCompiled(({ document }) => getIn(graphIndex(document).nodes.get(form.nodeId)?.config, field.path) === text)
  const accepted = issues.length === 0 && isCompiled
  return (
    <FieldRow field={field} rangesElsewhere>
      {(control) => (
        <LatePart
          part={editorPart}
          title="The expression editor"
          instead={<pre className={formStyles.keptText}>{text}</pre>}
          waiting={
            <div className={formStyles.editor} aria-busy="true" data-late="">
              {text}
            </div>
          }
        >
          {(editor) => (
            <editor.ExpressionEditor
              value={text}
              nodeId={form.nodeId}
              input={form.input}
              timeZone={form.timeZone}
              condition={metaOf(field.schema).result === 'BOOLEAN'}
              issues={issues.filter((issue) => issue.range !== undefined)}
              accepted={accepted}
              labelId={control.labelId}
              errorId={control.issues.length > 0 ? control.errorId : undefined}
              placeholder={field.optional ? 'not set' : ''}
              onChange={(next) => form.set(field.path, next === '' ? undefined : next, field.title, true)}
            />
          )}
        </LatePart>
      )}
    </FieldRow>
  )
}
