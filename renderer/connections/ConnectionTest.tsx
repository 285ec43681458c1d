import { Button, Loader, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ConnectionStep } from '../../pipeline-runtime/connectors/connection-kind.ts'
import type { TypedSecrets } from '../../pipeline-runtime/rpc/run-target.ts'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { useStudio } from '../app/studio-context.tsx'
import { refusalOf } from '../host/refusal.ts'
import styles from './connections.module.css'

interface ConnectionTestProps {
  /** Undefined while it is not finished. */
  readonly connection: NamedConnection | undefined
  /** Typed and not saved yet. */
  readonly secrets?: TypedSecrets
  /** The name under which its other secrets are kept, where that is another one. */
  readonly storedAs?: string | undefined
}

interface Outcome {
  readonly running: boolean
  readonly steps: readonly ConnectionStep[]
  /** The test itself could not be made. */
  readonly problem?: string
}

/** A test of a connection, step by step as it happens, that says which step failed and what to try. */
export function ConnectionTest({ connection, secrets = {}, storedAs }: ConnectionTestProps) {
  const { host, announcer } = useStudio()
  const [outcome, setOutcome] = useState<Outcome>()
  const [also, setAlso] = useState<{ readonly topic: string; readonly group: string }>()
  const leaving = useRef<AbortController>(undefined)
  const tested = JSON.stringify([connection?.config, secrets])
  // What is shown is of the settings that were tested.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is tested changes with its text
  useEffect(
    () => () => {
      leaving.current?.abort()
      setOutcome(undefined)
    },
    [tested],
  )
  const test = async ({ name, config }: NamedConnection): Promise<void> => {
    leaving.current?.abort()
    const mine = new AbortController()
    leaving.current = mine
    const show = (next: Outcome): void => {
      if (!mine.signal.aborted) setOutcome(next)
    }
    let steps: readonly ConnectionStep[] = []
    show({ running: true, steps })
    try {
      const client = await host.runtime.ready()
      const target = { type: 'kafka', name: storedAs ?? name, config } as const
      const topic = also?.topic.trim() || undefined
      const group = also?.group.trim() || undefined
      for await (const now of await client.data.testConnection({ target, secrets, topic, group }, { signal: mine.signal })) {
        steps = now
        show({ running: true, steps })
      }
      show({ running: false, steps })
      if (!mine.signal.aborted) announcer.say(wordsOf(steps))
    } catch (error) {
      const problem = refusalOf(error).message
      show({ running: false, steps, problem })
      if (!mine.signal.aborted) announcer.say(`Test failed. ${problem}`)
    }
  }
  const running = outcome?.running === true
  return (
    <div className={styles.test}>
      <div className={styles.testButtons}>
        <Button
          disabled={connection === undefined || running}
          onClick={() => {
            if (connection !== undefined) void test(connection)
          }}
        >
          Test
        </Button>
        {also === undefined ? (
          <Button variant="subtle" onClick={() => setAlso({ topic: '', group: '' })}>
            Also a topic…
          </Button>
        ) : null}
      </div>
      {also === undefined ? null : (
        <div className={styles.also}>
          <TextInput
            label="Topic"
            placeholder="purchases"
            value={also.topic}
            spellCheck={false}
            onChange={(event) => setAlso({ ...also, topic: event.currentTarget.value })}
          />
          <TextInput
            label="Reading as"
            placeholder="millrace-report"
            value={also.group}
            spellCheck={false}
            onChange={(event) => setAlso({ ...also, group: event.currentTarget.value })}
          />
        </div>
      )}
      {running && outcome.steps.length === 0 ? (
        <output className={styles.waiting}>
          <Loader size={14} /> Testing…
        </output>
      ) : null}
      {outcome === undefined || outcome.steps.length === 0 ? null : <Steps steps={outcome.steps} />}
      {outcome?.problem === undefined ? null : <p className={styles.problem}>{outcome.problem}</p>}
    </div>
  )
}

function Steps({ steps }: { readonly steps: readonly ConnectionStep[] }) {
  return (
    <ol className={styles.steps} aria-label="Steps of the test">
      {steps.map(({ name, state, message, advice, elapsedMs }) => (
        <li key={name} className={styles.step}>
          <StateIcon state={state} />
          <span className={styles.stepText}>
            <span className={styles.stepName}>{name}</span> <span className={styles.stepWords}>{message}</span>
            {advice === undefined ? null : <span className={styles.advice}>{advice}</span>}
          </span>
          <span className={styles.stepTime}>{elapsedMs === undefined ? '' : `${elapsedMs} ms`}</span>
        </li>
      ))}
    </ol>
  )
}

function StateIcon({ state }: { readonly state: ConnectionStep['state'] }) {
  const size = { size: 16, stroke: 1.5 } as const
  switch (state) {
    case 'running':
      return <Loader size={14} aria-label="running" role="img" />
    case 'passed':
      return <IconCircleCheck {...size} className={styles.good} aria-label="passed" role="img" />
    case 'warned':
      return <IconAlertTriangle {...size} className={styles.warned} aria-label="passed, with a warning" role="img" />
    case 'failed':
      return <IconCircleX {...size} className={styles.bad} aria-label="failed" role="img" />
  }
}

function wordsOf(steps: readonly ConnectionStep[]): string {
  const failed = steps.filter(({ state }) => state === 'failed')
  if (failed.length === 0) return 'The connection works.'
  return failed.map(({ name, message, advice = '' }) => `Test failed at ${name}. ${message} ${advice}`.trim()).join(' ')
}
