import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPlayerStop } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { LOCAL_KAFKA_MEMORY_MB, type LocalKafkaState, type RunningLocalKafka } from '../../pipeline-runtime/rpc/local-kafka-state.ts'
import { useDocument, useStudio } from '../app/studio-context.tsx'
import { formatTime } from '../format/times.ts'
import { refusalOf } from '../host/refusal.ts'
import { EmptyQuestion } from './EmptyQuestion.tsx'
import styles from './local-kafka.module.css'
import { formatBytes } from './local-kafka-words.ts'

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const
const MEMORY = `some ${LOCAL_KAFKA_MEMORY_MB} MB of memory`

/** What it does, and the button that changes that. */
export function LocalKafkaStatus({ state }: { readonly state: LocalKafkaState | undefined }) {
  // It may be running, stopping or stopped by the time when it is known that it could not be stopped or emptied.
  const [problem, setProblem] = useState<string>()
  return (
    <>
      <Problem words={problem} />
      <Status state={state} onProblem={setProblem} />
    </>
  )
}

interface StatusProps<State> {
  readonly state: State
  readonly onProblem: (words: string | undefined) => void
}

function Status({ state, onProblem }: StatusProps<LocalKafkaState | undefined>) {
  switch (state?.type) {
    case undefined:
      return <Busy words="Asking…" />
    case 'missing':
      return (
        <section aria-label="What is missing" className={styles.section}>
          <p className={styles.words}>A real Apache Kafka on this computer, for you alone. It cannot be started yet:</p>
          <ul className={styles.missing}>
            {state.missing.map(({ what, how }) => (
              <li key={what}>
                <strong>{what} is missing.</strong> {how}
              </li>
            ))}
          </ul>
          <p className={styles.words}>It is looked for again every few seconds.</p>
        </section>
      )
    case 'stopped':
      return (
        <NotRunning>
          A real Apache Kafka on this computer, for you alone. It is not running; a run on it starts it. While it runs it takes {MEMORY},
          and what stands in its topics is kept when it stops.
          {state.fetches ? ' The first start fetches Apache Kafka (44 MB).' : ''}
          {state.interrupted ? ' It was not stopped last time, so its next start takes a moment longer.' : ''}
        </NotRunning>
      )
    case 'failed':
      return (
        <NotRunning problem={state.message}>
          Nothing of what stands in its topics is lost. It takes {MEMORY} and some room on the disk.
        </NotRunning>
      )
    case 'starting':
      return (
        <section aria-label="Start" className={styles.section}>
          <Busy words={state.lines.length === 0 ? 'It is being started elsewhere.' : 'Starting.'} />
          <ol className={styles.lines}>
            {state.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
      )
    case 'stopping':
      return <Busy words="Stopping." />
    case 'running':
      return <Running state={state} onProblem={onProblem} />
  }
}

function Running({ state, onProblem }: StatusProps<RunningLocalKafka>) {
  const { host, announcer } = useStudio()
  const timeZone = useDocument(({ document }) => document.timeZone)
  const [asking, setAsking] = useState(false)
  const stop = async (): Promise<void> => {
    onProblem(undefined)
    try {
      await (await host.runtime.ready()).localKafka.stop()
      announcer.say('The local Kafka is stopped.')
    } catch (error) {
      onProblem(refusalOf(error).message)
    }
  }
  const { bootstrap, pid, sinceMs, memoryBytes, endsWithUs } = state
  return (
    <section aria-label="State" className={styles.section}>
      <div className={styles.head}>
        <p className={styles.running}>
          <IconCircleCheck {...icon} className={styles.good} />
          <span>
            Running at <code>{bootstrap}</code>
          </span>
        </p>
        <Button leftSection={<IconPlayerStop size={14} stroke={1.5} aria-hidden />} onClick={() => void stop()}>
          Stop
        </Button>
        <Button aria-expanded={asking} onClick={() => setAsking(!asking)}>
          Empty…
        </Button>
      </div>
      <p className={`${styles.words} figures`}>
        Since {formatTime(sinceMs, timeZone)}
        {memoryBytes === null ? '' : `, ${formatBytes(memoryBytes)} of memory`}, process {pid}.{' '}
        {endsWithUs ? 'It stops when Millrace is closed.' : 'It was started elsewhere, and goes on until it is stopped.'} Other programs on
        this computer reach it at this address, without a password.
      </p>
      {asking ? <EmptyQuestion onAnswer={() => setAsking(false)} onProblem={onProblem} /> : null}
    </section>
  )
}

function NotRunning({ problem, children }: { readonly problem?: string; readonly children: ReactNode }) {
  const { host } = useStudio()
  const [refusal, setRefusal] = useState<string>()
  const start = async (): Promise<void> => {
    setRefusal(undefined)
    try {
      await (await host.runtime.ready()).localKafka.start()
    } catch (error) {
      setRefusal(refusalOf(error).message)
    }
  }
  return (
    <section aria-label="State" className={styles.section}>
      <Problem words={refusal ?? problem} />
      <p className={styles.words}>{children}</p>
      <div>
        <Button variant="filled" data-autofocus onClick={() => void start()}>
          Start
        </Button>
      </div>
    </section>
  )
}

function Problem({ words }: { readonly words: string | undefined }) {
  if (words === undefined) return null
  return (
    <p role="alert" className={styles.problem}>
      <IconAlertTriangle {...icon} /> <span>{words}</span>
    </p>
  )
}

function Busy({ words }: { readonly words: string }) {
  return (
    <output className={styles.busy}>
      <Loader size={14} /> {words}
    </output>
  )
}
