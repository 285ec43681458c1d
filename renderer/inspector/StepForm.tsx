import { TextInput } from '@mantine/core'
import { memo, useMemo } from 'react'
import { type Field, parseType } from '../../pipeline-runtime/data/types.ts'
import { kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import type { DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { isJsonObject, pointer, pointerParts } from '../../pipeline-runtime/spec/json.ts'
import type { NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'
import { schemaAt, shapeOf } from '../../pipeline-runtime/spec/schema-walk.ts'
import { useCompiled, useDocument, useStudio } from '../app/studio-context.tsx'
import { stepFacts } from '../edit/step-facts.ts'
import { titleIn } from '../edit/title-in.ts'
import { KindIcon } from '../kind-icon/KindIcon.tsx'
import { getIn, setIn } from '../state/change.ts'
import { inputSchemas } from '../state/columns.ts'
import { graphIndex } from '../state/graph-index.ts'
import { AboutStep } from './AboutStep.tsx'
import { Fixes, Messages } from './form/FieldRow.tsx'
import { Fields } from './form/Fields.tsx'
import formStyles from './form/form.module.css'
import { type Path, widgetOf, withDefaultsDownTo } from './form/form-field.ts'
import { type FormPort, FormProvider } from './form/form-port.tsx'
import { readText, useDraft } from './form/use-draft.ts'
import styles from './inspector.module.css'
import { StepColumns } from './StepColumns.tsx'

const NO_ISSUES: readonly Issue[] = []

/** A step: its name, a form made from the definition of its kind, its columns, and what it is. */
export function StepForm({ nodeId }: { readonly nodeId: string }) {
  const node = useDocument(({ document }) => graphIndex(document).nodes.get(nodeId))
  const issues = useCompiled(({ issuesByNode }) => issuesByNode.get(nodeId)) ?? NO_ISSUES
  const form = useStepForm(nodeId, issues)
  if (node === undefined) return null
  const { kind, kindTitle } = stepFacts(node)
  const others = issues.filter((issue) => !belongsToField(issue, form.base, kind, node.config))
  return (
    <>
      <header className={styles.head}>
        <KindIcon kind={kind} />
        <h2 className={styles.kind}>{kindTitle}</h2>
      </header>
      <StepName nodeId={nodeId} title={node.title} usual={kindTitle} />
      {others.length > 0 && (
        <div className={`${formStyles.messages} ${styles.above}`}>
          <Messages issues={others} />
          <Fixes issues={others} />
        </div>
      )}
      {kind !== undefined && (
        <FormProvider value={form}>
          <SettingFields kind={kind} config={node.config} />
        </FormProvider>
      )}
      <StepColumns nodeId={nodeId} />
      {kind !== undefined && <AboutStep kind={kind} />}
    </>
  )
}

/** Not drawn again while a name is typed. */
const SettingFields = memo(function SettingFields({ kind, config }: { readonly kind: NodeKind; readonly config: DocumentNode['config'] }) {
  return <Fields schema={kind.config} path={NO_PATH} value={config} />
})

const NO_PATH: Path = []
const NO_CONFIG: DocumentNode['config'] = {}

function useStepForm(nodeId: string, issues: readonly Issue[]): FormPort {
  const { documents } = useStudio()
  const config = useDocument(({ document }) => graphIndex(document).nodes.get(nodeId)?.config) ?? NO_CONFIG
  const kind = useDocument(({ document }) => kindNamed(graphIndex(document).nodes.get(nodeId)?.kind ?? ''))
  const timeZone = useDocument(({ document }) => document.timeZone)
  // Paths of problems are those of the document that was compiled.
  const base = useCompiled(({ document }) => pointer('nodes', graphIndex(document).place.get(nodeId) ?? -1, 'config'))
  const input = useCompiled(({ document, outputs }) => inputSchemas(document, outputs, nodeId)[0])
  return useMemo(() => {
    /** What stands in the document now: several acts may follow each other before the screen is drawn again. */
    const current = (): DocumentNode | undefined => graphIndex(documents.getState().document).nodes.get(nodeId)
    const currentConfig = (): Record<string, unknown> => current()?.config ?? {}
    const title = (): string => titleIn(documents.getState().document, nodeId)
    const changed = (settings: unknown, path: Path, value: unknown): unknown =>
      setIn(kind === undefined ? settings : withDefaultsDownTo(kind.config, settings, path), path, value)
    const write = (next: unknown, names: readonly (string | number)[], label: string, mergeKey: string | undefined): void =>
      documents.act({
        label,
        changes: [...new Set(names)].map((name) => ({ type: 'set-config', nodeId, path: [name], value: getIn(next, [name]) })),
        focus: { type: 'node', id: nodeId },
        mergeKey,
      })
    return {
      nodeId,
      base,
      value: config,
      issues,
      input,
      columns: input?.columns ?? ownColumns(kind, config),
      timeZone,
      kind,
      writes: kind?.category === 'write',
      set(path, value, what, typing = false) {
        const mergeKey = typing ? `${nodeId} ${pointer(...path)}` : undefined
        write(changed(currentConfig(), path, value), path.slice(0, 1), `change ${what} of ${title()}`, mergeKey)
      },
      setAll(settings, label, mergeKey) {
        const next = settings.reduce<unknown>((current, { path, value }) => changed(current, path, value), currentConfig())
        write(
          next,
          settings.flatMap(({ path }) => path.slice(0, 1)),
          label,
          mergeKey,
        )
      },
    }
  }, [documents, config, kind, nodeId, timeZone, base, input, issues])
}

/** The columns that a source declares, as far as their types are right. */
function ownColumns(kind: NodeKind | undefined, config: Readonly<Record<string, unknown>>): readonly Field[] {
  const fields: Field[] = []
  for (const [name, schema] of Object.entries(kind === undefined ? {} : (shapeOf(kind.config) ?? {}))) {
    const columns = config[name]
    if (widgetOf(schema) !== 'source-columns' || !Array.isArray(columns)) continue
    for (const column of columns) {
      const type = isJsonObject(column) && typeof column.type === 'string' ? parseType(column.type) : undefined
      if (isJsonObject(column) && typeof column.name === 'string' && type !== undefined) fields.push({ name: column.name, type })
    }
  }
  return fields
}

/** Whether a field of the form shows a problem; the others stand above the form. */
function belongsToField(issue: Issue, base: string, kind: NodeKind | undefined, config: unknown): boolean {
  if (kind === undefined || !issue.path.startsWith(`${base}/`)) return false
  const path = pointerParts(issue.path.slice(base.length))
  return schemaAt(kind.config, config, path) !== undefined
}

function StepName({ nodeId, title, usual }: { readonly nodeId: string; readonly title: string | undefined; readonly usual: string }) {
  const { documents } = useStudio()
  const draft = useDraft<string | undefined>(title ?? '', readText, (next) =>
    documents.act({
      label: `rename ${title ?? usual}`,
      changes: [{ type: 'set-title', nodeId, title: next }],
      focus: { type: 'node', id: nodeId },
      mergeKey: `${nodeId} title`,
    }),
  )
  return (
    <div className={styles.name} data-field="/$title">
      <TextInput
        label="Name"
        labelProps={{ className: formStyles.label }}
        value={draft.text}
        placeholder={usual}
        onChange={(event) => draft.change(event.currentTarget.value)}
        onBlur={draft.leave}
      />
    </div>
  )
}
