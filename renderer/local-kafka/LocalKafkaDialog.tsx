import { Modal } from '@mantine/core'
import { LocalKafkaLog } from './LocalKafkaLog.tsx'
import { LocalKafkaStatus } from './LocalKafkaStatus.tsx'
import styles from './local-kafka.module.css'
import { TopicsInside } from './TopicsInside.tsx'
import { useLocalKafka } from './use-local-kafka.ts'

/** The user's own Kafka: whether it runs, what is in it, what it printed. */
export function LocalKafkaDialog({ onClose }: { readonly onClose: () => void }) {
  const state = useLocalKafka()
  return (
    <Modal opened onClose={onClose} title="Local Kafka" size={640} centered>
      <div className={styles.parts}>
        <LocalKafkaStatus state={state} />
        {state?.type === 'running' ? <TopicsInside /> : null}
        {state === undefined || state.type === 'missing' ? null : <LocalKafkaLog />}
      </div>
    </Modal>
  )
}
