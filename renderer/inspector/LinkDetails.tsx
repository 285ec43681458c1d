import { Button } from '@mantine/core'
import type { DocumentEdge } from '../../pipeline-runtime/spec/document.ts'
import { pointer } from '../../pipeline-runtime/spec/json.ts'
import { useCompiled, useDocument, useStudio } from '../app/studio-context.tsx'
import { deleteSelection } from '../edit/delete.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { titleIn } from '../edit/title-in.ts'
import { edgeKey, nodeOf, portOf } from '../state/change.ts'
import { outputSchema } from '../state/columns.ts'
import { Fixes, Messages } from './form/FieldRow.tsx'
import formStyles from './form/form.module.css'
import styles from './inspector.module.css'
import { Columns } from './StepColumns.tsx'

/** A link: from where to where, what flows over it, what is wrong with it. */
export function LinkDetails({ edge }: { readonly edge: DocumentEdge }) {
  const studio = useStudio()
  const document = useDocument((state) => state.document)
  const outputs = useCompiled((state) => state.outputs)
  const compiled = useCompiled((state) => state.document)
  const all = useCompiled((state) => state.issues)
  const at = pointer(
    'edges',
    compiled.edges.findIndex((other) => edgeKey(other) === edgeKey(edge)),
  )
  const issues = all.filter(({ path }) => path === at || path.startsWith(`${at}/`))
  const source = document.nodes.find(({ id }) => id === nodeOf(edge.from))
  const port = source === undefined ? undefined : stepFacts(source).ports.out.find(({ name }) => name === portOf(edge.from))
  const select = (id: string): void => {
    studio.selection.select({ type: 'node', id })
    studio.canvas.port?.reveal({ type: 'node', id })
  }
  return (
    <>
      <h2 className={styles.heading}>Link</h2>
      <dl className={styles.ends}>
        <dt>From</dt>
        <dd>
          <button type="button" className={styles.jump} onClick={() => select(nodeOf(edge.from))}>
            {titleIn(document, nodeOf(edge.from))}
          </button>
          {port !== undefined && port.role !== 'rows' && ` · ${port.title}`}
        </dd>
        <dt>To</dt>
        <dd>
          <button type="button" className={styles.jump} onClick={() => select(nodeOf(edge.to))}>
            {titleIn(document, nodeOf(edge.to))}
          </button>
        </dd>
      </dl>
      {issues.length > 0 && (
        <div className={formStyles.messages}>
          <Messages issues={issues} />
          <Fixes issues={issues} />
        </div>
      )}
      <section className={styles.section} aria-label="Columns">
        <h3 className={styles.title}>Columns</h3>
        <Columns name={undefined} schema={outputSchema(outputs, nodeOf(edge.from), portOf(edge.from))} />
      </section>
      <Button onClick={() => deleteSelection(studio)}>Delete the link</Button>
    </>
  )
}
