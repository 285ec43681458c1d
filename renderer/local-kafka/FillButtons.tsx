import { Button, Loader } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { LocalTopic } from '../../pipeline-runtime/rpc/local-kafka-state.ts'
import { useDocument, useRuns, useStudio } from '../app/studio-context.tsx'
import { formatCount } from '../format/figures.ts'
import { refusalOf } from '../host/refusal.ts'
import { isUnderWay } from '../state/run-store.ts'
import { fillLocalKafka } from './fill.ts'
import styles from './local-kafka.module.css'
import { readTopics } from './read-topics.ts'

type Progress =
  | { readonly type: 'filling'; readonly words: string }
  | { readonly type: 'done'; readonly words: string }
  | { readonly type: 'failed'; readonly words: string }

interface FillButtonsProps {
  readonly topics: readonly LocalTopic[]
  readonly onFilled: () => void
}

/** Writes the sample data of the open document into the topics that its steps read. */
export function FillButtons({ topics, onFilled }: FillButtonsProps) {
  const studio = useStudio()
  const document = useDocument((state) => state.document)
  // A run that reads a topic cannot go on where it was deleted.
  const isRead = useRuns(({ run }) => isUnderWay(run) && run?.target.type === 'local')
  const [progress, setProgress] = useState<Progress>()
  const work = useRef<AbortController>(undefined)
  useEffect(() => () => work.current?.abort(), [])
  const names = readTopics(document)
  if (names.length === 0) return null
  const filled = topics.filter(({ name, records }) => names.includes(name) && records > 0)
  const fill = async (replace: boolean): Promise<void> => {
    const mine = new AbortController()
    work.current = mine
    setProgress({ type: 'filling', words: names.join(', ') })
    try {
      const onProgress = (words: string): void => setProgress({ type: 'filling', words })
      const words = await fillLocalKafka(studio, { replace, onProgress, signal: mine.signal })
      setProgress({ type: 'done', words: `${words}.` })
      studio.announcer.say(`${words}.`)
      onFilled()
    } catch (error) {
      if (!mine.signal.aborted) setProgress({ type: 'failed', words: refusalOf(error).message })
    }
  }
  if (progress?.type === 'filling')
    return (
      <output className={`${styles.busy} figures`}>
        <Loader size={14} /> {progress.words}
      </output>
    )
  return (
    <>
      {progress === undefined ? null : (
        <p className={`${progress.type === 'failed' ? styles.problem : styles.words} figures`}>{progress.words}</p>
      )}
      {filled.length === 0 ? (
        <div className={styles.fill}>
          <Button onClick={() => void fill(false)}>Fill with sample data</Button>
          <span className={styles.words}>{`${names.join(', ')}: what this document's steps would read on sample data.`}</span>
        </div>
      ) : (
        <div className={styles.fill}>
          {isRead ? null : <Button onClick={() => void fill(true)}>Replace by sample data</Button>}
          <Button onClick={() => void fill(false)}>Add sample data</Button>
          <span className={styles.words}>
            {filled.map(({ name, records }) => `${name} holds ${formatCount(records)} rows`).join(', ')}.
          </span>
        </div>
      )}
    </>
  )
}
