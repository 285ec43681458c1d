import { ActionIcon, Button, Loader, TextInput, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { TopicInfo } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { useStudio } from '../app/studio-context.tsx'
import { refusalOf } from '../host/refusal.ts'
import styles from './connections.module.css'
import { printDraggedTopic, TOPIC_DRAG } from './topic-drag.ts'

type Answer = { readonly topics: readonly TopicInfo[] } | { readonly problem: string }

/** Fewer are seen at a glance. */
const SEARCH_FROM = 8
/** More would be scrolled over; the search finds them. */
const MOST_SHOWN = 200

/** The topics of a cluster: looked into, added by a button, or dragged onto the canvas. */
export function TopicList({ connection }: { readonly connection: NamedConnection }) {
  const { host } = useStudio()
  const [answer, setAnswer] = useState<Answer>()
  const [search, setSearch] = useState('')
  const [asked, setAsked] = useState(0)
  const load = (): void => setAsked(asked + 1)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again by a press
  useEffect(() => {
    let gone = false
    setAnswer(undefined)
    const { name, config } = connection
    host.runtime
      .ready()
      .then((client) => client.data.topics({ target: { type: 'kafka', name, config } }))
      .then(
        (topics) => (gone ? undefined : setAnswer({ topics })),
        (error: unknown) => (gone ? undefined : setAnswer({ problem: refusalOf(error).message })),
      )
    return () => {
      gone = true
    }
  }, [host, connection, asked])
  if (answer === undefined) {
    return (
      <output className={styles.waiting}>
        <Loader size={14} /> Asking for the topics…
      </output>
    )
  }
  if ('problem' in answer) {
    return (
      <>
        <p className={styles.problem}>{answer.problem}</p>
        <Button onClick={load}>Try again</Button>
      </>
    )
  }
  const words = search.toLowerCase()
  const found = answer.topics.filter(({ name }) => name.toLowerCase().includes(words))
  return (
    <section aria-label={`Topics of ${connection.name}`}>
      <div className={styles.topicsHead}>
        <h2 className={styles.topicsTitle}>Topics</h2>
        <Tooltip label="Ask again">
          <ActionIcon aria-label="Ask for the topics again" onClick={load}>
            <IconRefresh size={14} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      {answer.topics.length >= SEARCH_FROM ? (
        <TextInput
          aria-label="Search topics"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      ) : null}
      {answer.topics.length === 0 ? <p className={styles.words}>There is no topic in this cluster yet.</p> : null}
      {answer.topics.length > 0 && found.length === 0 ? <p className={styles.words}>No topic has this in its name.</p> : null}
      <ul className={styles.topics}>
        {found.slice(0, MOST_SHOWN).map((topic) => (
          <Topic key={topic.name} connection={connection} topic={topic} />
        ))}
      </ul>
      {found.length > MOST_SHOWN ? <p className={styles.words}>{found.length - MOST_SHOWN} more; search for them.</p> : null}
    </section>
  )
}

function Topic({ connection, topic: { name, partitions } }: { readonly connection: NamedConnection; readonly topic: TopicInfo }) {
  const { view } = useStudio()
  return (
    <li className={styles.row}>
      <Tooltip label="Read 100 rows" position="right">
        <button
          type="button"
          className={styles.topic}
          draggable
          onClick={() => view.setState({ dialog: { type: 'topic', connection, topic: name } })}
          onDragStart={(event) => {
            event.dataTransfer.setData(TOPIC_DRAG, printDraggedTopic({ connection, topic: name }))
            event.dataTransfer.effectAllowed = 'copy'
          }}
        >
          <span className={styles.topicName}>{name}</span>
          <span className={styles.partitions}>{partitions === 1 ? '1 partition' : `${partitions} partitions`}</span>
        </button>
      </Tooltip>
    </li>
  )
}
