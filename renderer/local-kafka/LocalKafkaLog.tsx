import { useEffect, useState } from 'react'
import { useStudio } from '../app/studio-context.tsx'
import { refusalOf } from '../host/refusal.ts'
import styles from './local-kafka.module.css'

interface Log {
  readonly file: string
  readonly lines: readonly string[]
}

const LINES = 200
const ASK_MS = 2_000

/** What Kafka printed; asked for while it is shown. */
export function LocalKafkaLog() {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.log} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What Kafka printed</summary>
      {open ? <Lines /> : null}
    </details>
  )
}

function Lines() {
  const { host } = useStudio()
  const [log, setLog] = useState<Log | { readonly problem: string }>()
  useEffect(() => {
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async (): Promise<void> => {
      const found = await (await host.runtime.ready()).localKafka
        .log({ limit: LINES })
        .catch((error: unknown) => ({ problem: refusalOf(error).message }))
      if (gone) return
      setLog(found)
      timer = setTimeout(() => void look(), ASK_MS)
    }
    void look()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [host])
  if (log === undefined) return null
  if ('problem' in log) return <p className={styles.problem}>{log.problem}</p>
  return (
    <>
      <p className={styles.words}>{log.file}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <section className={styles.printed} tabIndex={0} aria-label="Lines that Kafka printed">
        {log.lines.length === 0 ? 'Nothing yet: only warnings and the start are printed.' : log.lines.join('\n')}
      </section>
    </>
  )
}
