import { useEffect, useState } from 'react'
import type { LocalTopic } from '../../pipeline-runtime/rpc/local-kafka-state.ts'
import { useStudio } from '../app/studio-context.tsx'
import { formatCount } from '../format/figures.ts'
import { refusalOf } from '../host/refusal.ts'
import { FillButtons } from './FillButtons.tsx'
import styles from './local-kafka.module.css'
import { formatBytes } from './local-kafka-words.ts'

type Answer = { readonly topics: readonly LocalTopic[] } | { readonly problem: string }

const ASK_MS = 2_000

/** What is in it, as it changes. */
export function TopicsInside() {
  const { host } = useStudio()
  const [answer, setAnswer] = useState<Answer>()
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again after it was filled
  useEffect(() => {
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<void> => {
      const found = await (await host.runtime.ready()).localKafka.topics().then(
        (topics): Answer => ({ topics }),
        (error: unknown): Answer => ({ problem: refusalOf(error).message }),
      )
      if (gone) return
      setAnswer(found)
      timer = setTimeout(() => void look(), ASK_MS)
    }
    void look()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [host, asked])
  const topics = answer !== undefined && 'topics' in answer ? answer.topics : []
  return (
    <section aria-label="What is in it" className={styles.section}>
      <h2 className={styles.title}>What is in it</h2>
      {answer !== undefined && 'problem' in answer ? <p className={styles.problem}>{answer.problem}</p> : null}
      {answer !== undefined && 'topics' in answer && topics.length === 0 ? (
        <p className={styles.words}>Nothing yet. Write the sample data of this document into it, or run a pipeline that writes topics.</p>
      ) : null}
      {topics.length > 0 ? <TopicTable topics={topics} /> : null}
      <FillButtons topics={topics} onFilled={() => setAsked(asked + 1)} />
    </section>
  )
}

function TopicTable({ topics }: { readonly topics: readonly LocalTopic[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className={styles.scroll} tabIndex={0} aria-label="Topics">
      <table className={`${styles.table} figures`}>
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col">Partitions</th>
            <th scope="col">Rows</th>
            <th scope="col">On the disk</th>
          </tr>
        </thead>
        <tbody>
          {topics.map(({ name, partitions, records, bytes }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{partitions}</td>
              <td>{formatCount(records)}</td>
              <td>{formatBytes(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
