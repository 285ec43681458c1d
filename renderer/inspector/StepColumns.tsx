import { printType } from '../../pipeline-runtime/data/types.ts'
import type { EdgeSchema } from '../../pipeline-runtime/spec/edge-schema.ts'
import { useCompiled } from '../app/studio-context.tsx'
import { stepFacts } from '../edit/step-facts.ts'
import { titleIn } from '../edit/title-in.ts'
import { edgeKey, nodeOf, portOf } from '../state/change.ts'
import { outputSchema } from '../state/columns.ts'
import { graphIndex } from '../state/graph-index.ts'
import styles from './inspector.module.css'

/** The columns that come into a step, by where they come from, and those that leave it, by connection point. */
export function StepColumns({ nodeId }: { readonly nodeId: string }) {
  const document = useCompiled((state) => state.document)
  const outputs = useCompiled((state) => state.outputs)
  const index = graphIndex(document)
  const node = index.nodes.get(nodeId)
  const edges = index.into.get(nodeId) ?? []
  const ports = node === undefined ? [] : stepFacts(node).ports.out
  return (
    <>
      {edges.length > 0 && (
        <section className={styles.section} aria-label="Columns in">
          <h3 className={styles.title}>Columns in</h3>
          {edges.map(({ from, to }) => (
            <Columns
              key={edgeKey({ from, to })}
              name={edges.length > 1 || portOf(from) !== 'out' ? `from ${titleIn(document, nodeOf(from))}` : undefined}
              schema={outputSchema(outputs, nodeOf(from), portOf(from))}
            />
          ))}
        </section>
      )}
      {ports.length > 0 && (
        <section className={styles.section} aria-label="Columns out">
          <h3 className={styles.title}>Columns out</h3>
          {ports.map((port) => (
            <Columns key={port.name} name={ports.length > 1 ? port.title : undefined} schema={outputSchema(outputs, nodeId, port.name)} />
          ))}
        </section>
      )}
    </>
  )
}

/** Columns with their types; what replaces what is said where rows do. */
export function Columns({ name, schema }: { readonly name: string | undefined; readonly schema: EdgeSchema | undefined }) {
  return (
    <div className={styles.columns}>
      {name !== undefined && <h4 className={styles.port}>{name}</h4>}
      {schema === undefined ? (
        <p className={styles.quiet}>Known once the problems are mended.</p>
      ) : (
        <dl className={styles.list}>
          {schema.columns.map(({ name: column, type }) => (
            <div key={column} className={styles.column}>
              <dt>{column}</dt>
              <dd>{printType(type)}</dd>
            </div>
          ))}
        </dl>
      )}
      {schema?.mode.type === 'upsert' && (
        <p className={styles.quiet}>A row replaces the one before with the same {schema.mode.key.join(', ')}.</p>
      )}
    </div>
  )
}
