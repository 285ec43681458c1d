import { Button, Loader, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { SampledRows } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { useDocument, useStudio } from '../app/studio-context.tsx'
import { refusalOf } from '../host/refusal.ts'
import { TakeColumnsDialog } from '../inspector/columns/TakeColumnsDialog.tsx'
import type { Point } from '../state/change.ts'
import { addTopic } from './add-topic.ts'
import styles from './connections.module.css'

const ROWS = 100

interface TopicDialogProps {
  readonly connection: NamedConnection
  readonly topic: string
  /** Where its step is wanted. */
  readonly at: Point | undefined
  readonly onClose: () => void
}

/** Reads the newest rows of a topic, shows them with the columns that they seem to have, and makes a step of it. */
export function TopicDialog({ connection, topic, at, onClose }: TopicDialogProps) {
  const studio = useStudio()
  const timeZone = useDocument(({ document }) => document.timeZone)
  const [answer, setAnswer] = useState<{ readonly sampled: SampledRows } | { readonly problem: string }>()
  useEffect(() => {
    let gone = false
    const target = { type: 'kafka', name: connection.name, config: connection.config } as const
    const read = async (): Promise<SampledRows> => {
      const client = await studio.host.runtime.ready()
      return client.data.sampleTopic({ target, topic, limit: ROWS })
    }
    read().then(
      (sampled) => (gone ? undefined : setAnswer({ sampled })),
      (error: unknown) => (gone ? undefined : setAnswer({ problem: refusalOf(error).message })),
    )
    return () => {
      gone = true
    }
  }, [studio, connection, topic])
  if (answer !== undefined && 'sampled' in answer && answer.sampled.columns.length > 0) {
    return (
      <TakeColumnsDialog
        sampled={answer.sampled}
        from={topic}
        timeZone={timeZone}
        action="Add to the drawing"
        onTake={(taken) => {
          onClose()
          void addTopic(studio, connection, topic, taken, at)
        }}
        onClose={onClose}
      />
    )
  }
  return (
    <Modal opened onClose={onClose} title={topic} size={480} centered>
      {answer === undefined ? (
        <output className={styles.waiting}>
          <Loader size={14} /> Reading up to {ROWS} rows of {topic}…
        </output>
      ) : (
        <p className={styles.words}>
          {'problem' in answer
            ? answer.problem
            : `${topic} holds no rows yet, so its columns cannot be guessed. Add it and name them yourself.`}
        </p>
      )}
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        {answer === undefined ? null : (
          <Button
            variant="filled"
            onClick={() => {
              onClose()
              void addTopic(studio, connection, topic, undefined, at)
            }}
          >
            Add without columns
          </Button>
        )}
      </div>
    </Modal>
  )
}
