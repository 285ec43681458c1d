import { useMemo } from 'react'
import { type Document, documentSchema } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { pointer } from '../../pipeline-runtime/spec/json.ts'
import { shapeOf } from '../../pipeline-runtime/spec/schema-walk.ts'
import { useCompiled, useDocument, useStudio } from '../app/studio-context.tsx'
import { setIn } from '../state/change.ts'
import { Fixes, Messages } from './form/FieldRow.tsx'
import { Fields } from './form/Fields.tsx'
import formStyles from './form/form.module.css'
import { type FormPort, FormProvider, issuesAt } from './form/form-port.tsx'
import styles from './inspector.module.css'

const SETTINGS = ['name', 'timeZone', 'start', 'stop'] as const
type Setting = (typeof SETTINGS)[number]

const shape = shapeOf(documentSchema) ?? {}
const others = Object.keys(shape).filter((name) => !isSetting(name))

/** Nothing is selected: what holds for the document as a whole. */
export function DocumentSettings() {
  const document = useDocument((state) => state.document)
  const form = useDocumentForm(document)
  const guarantee = issuesAt(form, ['guarantee'])
  return (
    <>
      <h2 className={styles.heading}>This pipeline</h2>
      <FormProvider value={form}>
        <Fields schema={documentSchema} path={[]} value={withoutDefaults(document)} without={others} />
      </FormProvider>
      <section className={styles.section} aria-label="After an interruption">
        <h3 className={styles.title}>After an interruption</h3>
        <p className={styles.text}>May repeat rows after a crash; none is lost.</p>
        {guarantee.length > 0 && (
          <div className={formStyles.messages} data-field="/guarantee">
            <Messages issues={guarantee} />
            <Fixes issues={guarantee} />
          </div>
        )}
      </section>
      {document.nodes.length === 0 ? null : <p className={styles.quiet}>Select a step, a link or a note to see its settings here.</p>}
    </>
  )
}

function isSetting(name: string): name is Setting {
  return SETTINGS.some((setting) => setting === name)
}

/** Defaults of the document are filled in when it is read; the form greys them as such. */
function withoutDefaults(document: Document): Record<string, unknown> {
  return { name: document.name, timeZone: document.timeZone, start: document.start, stop: document.stop }
}

const NO_ISSUES: readonly Issue[] = []

function useDocumentForm(document: Document): FormPort {
  const { documents } = useStudio()
  const all = useCompiled((state) => state.issues)
  return useMemo(() => {
    const issues = all.some(({ nodeId }) => nodeId === undefined) ? all.filter(({ nodeId }) => nodeId === undefined) : NO_ISSUES
    const set: FormPort['set'] = (path, value, what, typing = false) => {
      const [name] = path
      if (typeof name !== 'string' || !isSetting(name)) return
      const changed = setIn(documents.getState().document, path, value)
      const field = documentSchema.shape[name].safeParse(
        typeof changed === 'object' && changed !== null ? Reflect.get(changed, name) : undefined,
      )
      // A document without a name or with half a time is none: what is typed waits in the field.
      if (!field.success) return
      documents.act({
        label: `change ${what}`,
        changes: [{ type: 'set-document', fields: { [name]: field.data } }],
        ...(typing ? { mergeKey: `document ${pointer(...path)}` } : {}),
      })
    }
    return {
      nodeId: '',
      base: '',
      value: document,
      issues,
      input: undefined,
      columns: [],
      timeZone: document.timeZone,
      kind: undefined,
      writes: false,
      set,
      setAll: (settings, label) => {
        for (const { path, value } of settings) set(path, value, label)
      },
    }
  }, [documents, document, all])
}
