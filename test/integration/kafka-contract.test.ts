import { afterAll } from 'vitest'
import { createKafkaPort } from '../../pipeline-runtime/connectors/kafka/kafka-log-port.ts'
import { logPortContract } from '../../pipeline-runtime/connectors/log-port.contract.ts'
import type { LogHeaders } from '../../pipeline-runtime/data/log-records.ts'
import { closeSharedKafka, sharedKafka } from './kafka-fixture.ts'

logPortContract('kafka', async () => {
  const kafka = await sharedKafka()
  const port = createKafkaPort({ bootstrap: kafka.bootstrap, log: () => {} })
  return {
    port,
    createTopic: (partitions) => kafka.createTopic(partitions, { 'retention.ms': '-1' }),
    append: (topic, partition, records) =>
      kafka.produce(
        topic,
        records.map(({ key, value, headers, timestamp }) => ({
          key: key === null ? null : Buffer.from(key),
          value: value === null ? null : Buffer.from(value),
          partition,
          timestamp,
          ...(headers === undefined ? {} : { headers: byName(headers) }),
        })),
      ),
    close: () => port.close(),
  }
})

/** kafkajs writes several headers of one name from a list, and none that is null. */
function byName(headers: LogHeaders): Record<string, Buffer[]> {
  const lists: Record<string, Buffer[]> = {}
  for (const [name, bytes] of headers) lists[name] = [...(lists[name] ?? []), Buffer.from(bytes ?? [])]
  return lists
}

afterAll(closeSharedKafka)
