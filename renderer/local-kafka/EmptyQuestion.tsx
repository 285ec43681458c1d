import { Button } from '@mantine/core'
import { useStudio } from '../app/studio-context.tsx'
import { refusalOf } from '../host/refusal.ts'
import styles from './local-kafka.module.css'

interface EmptyQuestionProps {
  readonly onAnswer: () => void
  readonly onProblem: (words: string | undefined) => void
}

/** Deletes everything in it, once that was confirmed. */
export function EmptyQuestion({ onAnswer, onProblem }: EmptyQuestionProps) {
  const { host, announcer } = useStudio()
  const empty = async (): Promise<void> => {
    onAnswer()
    onProblem(undefined)
    try {
      await (await host.runtime.ready()).localKafka.reset()
      announcer.say('The local Kafka is stopped and empty.')
    } catch (error) {
      onProblem(refusalOf(error).message)
    }
  }
  return (
    <section aria-label="Empty the local Kafka?" className={styles.question}>
      <p className={styles.words}>
        It is stopped, and all its topics with all their rows are deleted. Runs on it start over afterwards. This cannot be undone.
      </p>
      <div className={styles.answers}>
        <Button color="red" variant="outline" onClick={() => void empty()}>
          Delete everything in it
        </Button>
        <Button ref={takeFocus} onClick={onAnswer}>
          Keep it
        </Button>
      </div>
    </section>
  )
}

function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus()
}
