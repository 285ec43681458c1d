import type { NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'
import styles from './inspector.module.css'

const PROMISES: Readonly<Record<NodeKind['promise'], string>> = {
  order: 'Rows keep their order within each partition.',
  set: 'The same rows come out whatever the order in which partitions are read. Order holds among rows of one group only.',
  bytes: 'The same bytes come out every time.',
  excluded: 'Results may depend on the moment at which rows arrive.',
}

/** What a kind of step is for, and what can be relied on. */
export function AboutStep({ kind }: { readonly kind: NodeKind }) {
  return (
    <section className={styles.section} aria-label="About this step">
      <h3 className={styles.title}>About this step</h3>
      <p className={styles.text}>{kind.description}</p>
      <p className={styles.text}>{PROMISES[kind.promise]}</p>
      {kind.term !== undefined && <p className={styles.quiet}>Technical word: {kind.term}</p>}
    </section>
  )
}
