import { Button, Loader } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ConnectionStep } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { useStudio } from '../app/studio-context.tsx'
import { refusalOf } from '../host/refusal.ts'
import styles from './connections.module.css'

type Outcome = 'testing' | { readonly steps: readonly ConnectionStep[] } | { readonly problem: string }

/** A test of a connection, step by step, that says which step failed and what to try. */
export function ConnectionTest({ connection }: { readonly connection: NamedConnection | undefined }) {
  const { host, announcer } = useStudio()
  const [outcome, setOutcome] = useState<Outcome>()
  const current = useRef(0)
  const address = connection?.config.bootstrap
  // What is shown is of the address that was tested.
  useEffect(() => {
    if (address === undefined) return undefined
    return () => {
      current.current++
      setOutcome(undefined)
    }
  }, [address])
  const test = async ({ name, config }: NamedConnection): Promise<void> => {
    const mine = ++current.current
    setOutcome('testing')
    const found = await steps(host.runtime, { type: 'kafka', name, config })
    if (mine !== current.current) return
    setOutcome(found)
    announcer.say(wordsOf(found))
  }
  return (
    <div className={styles.test}>
      <Button
        disabled={connection === undefined || outcome === 'testing'}
        onClick={() => {
          if (connection !== undefined) void test(connection)
        }}
      >
        Test
      </Button>
      {outcome === 'testing' ? (
        <output className={styles.waiting}>
          <Loader size={14} /> Testing…
        </output>
      ) : null}
      {outcome !== undefined && outcome !== 'testing' ? <Steps outcome={outcome} /> : null}
    </div>
  )
}

type Link = ReturnType<typeof useStudio>['host']['runtime']

async function steps(
  runtime: Link,
  target: Parameters<NonNullable<Link['client']>['data']['testConnection']>[0]['target'],
): Promise<Exclude<Outcome, 'testing'>> {
  try {
    const client = await runtime.ready()
    return { steps: await client.data.testConnection({ target }) }
  } catch (error) {
    return { problem: refusalOf(error).message }
  }
}

function Steps({ outcome }: { readonly outcome: Exclude<Outcome, 'testing'> }) {
  if ('problem' in outcome) return <p className={styles.problem}>{outcome.problem}</p>
  return (
    <ol className={styles.steps} aria-label="Steps of the test">
      {outcome.steps.map(({ name, ok, message }) => (
        <li key={name} className={styles.step}>
          {ok ? (
            <IconCircleCheck size={16} stroke={1.5} className={styles.good} aria-label="passed" />
          ) : (
            <IconCircleX size={16} stroke={1.5} className={styles.bad} aria-label="failed" />
          )}
          <span>
            <span className={styles.stepName}>{name}</span> <span className={styles.stepWords}>{message}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

function wordsOf(outcome: Exclude<Outcome, 'testing'>): string {
  if ('problem' in outcome) return `Test failed. ${outcome.problem}`
  const failed = outcome.steps.find(({ ok }) => !ok)
  return failed === undefined ? 'The connection works.' : `Test failed at ${failed.name}. ${failed.message}`
}
