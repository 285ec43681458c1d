import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { LocalKafkaState } from '../../pipeline-runtime/rpc/local-kafka-state.ts'
import { useRuns, useStudio } from '../app/studio-context.tsx'
import { useLocalKafka } from '../local-kafka/use-local-kafka.ts'
import { BarButton } from './BarButton.tsx'

/** Only where runs are on the local Kafka: whether it runs, and the way to what is in it. */
export function LocalKafkaButton() {
  const isTarget = useRuns(({ settings }) => settings.target.type === 'local')
  return isTarget ? <StateButton /> : null
}

function StateButton() {
  const { view } = useStudio()
  const state = useLocalKafka()
  const words = wordsOf(state)
  return (
    <BarButton
      collapses
      icon={iconOf(state)}
      aria-label={`Local Kafka: ${words}`}
      aria-haspopup="dialog"
      onClick={() => view.setState({ dialog: { type: 'local-kafka' } })}
    >
      {words}
    </BarButton>
  )
}

function wordsOf(state: LocalKafkaState | undefined): string {
  switch (state?.type) {
    case undefined:
      return 'asking…'
    case 'missing':
      return 'something is missing'
    case 'stopped':
      return 'not running'
    case 'starting':
      return 'starting…'
    case 'running':
      return 'running'
    case 'stopping':
      return 'stopping…'
    case 'failed':
      return 'did not start'
  }
}

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const

function iconOf(state: LocalKafkaState | undefined): ReactNode {
  switch (state?.type) {
    case 'running':
      return <IconCircleCheck {...icon} />
    case 'missing':
    case 'failed':
      return <IconAlertTriangle {...icon} />
    case 'starting':
    case 'stopping':
      return <Loader size={14} />
    default:
      return <IconCircleDashed {...icon} />
  }
}
