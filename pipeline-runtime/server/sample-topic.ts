import { createKafkaPort } from '../connectors/kafka/kafka-log-port.ts'
import { LogError, type LogPort } from '../connectors/log-port.ts'
import { keyBytes, type LogRecord, type LogRecords, valueBytes } from '../data/log-records.ts'
import type { FormatConfig } from '../formats/formats.ts'
import type { SampledRows, TopicInfo } from '../rpc/runtime-api.ts'
import type { KafkaTarget } from '../runner/connections-file.ts'
import type { Target } from '../runner/targets.ts'
import { Refusal } from './refusal.ts'
import { sampledRows } from './sampled-rows.ts'

const LONGEST_MS = 8_000
const LEAST_PER_PARTITION = 200
const BUFFER_BYTES = 8 << 20

/** Topics of a target by name; sample data has none. */
export async function topicsOf(target: Target): Promise<readonly TopicInfo[]> {
  if (target.type === 'sample') return []
  return withPort(target, (port) => port.topics())
}

/** The newest records of a topic over all its partitions, read without a consumer group. */
export async function sampleTopic(
  target: Target,
  topic: string,
  options: { readonly format?: FormatConfig | undefined; readonly limit: number },
): Promise<SampledRows> {
  if (target.type === 'sample') {
    throw new Refusal('NO_TOPICS', 'Sample data has no topics to read from. Choose a connection in the run bar first.')
  }
  const records = await withPort(target, (port) => newestRecords(port, topic, options.limit))
  if (records.length === 0) {
    throw new Refusal(
      'TOPIC_EMPTY',
      `The topic ${topic} holds no records yet, so nothing can be read from it. Write some, or name the columns by hand.`,
    )
  }
  return sampledRows({ name: topic, records, isFile: false, format: options.format })
}

type PartitionRecord = LogRecord & { readonly partition: number }

async function newestRecords(port: LogPort, topic: string, limit: number): Promise<PartitionRecord[]> {
  const description = await port.describe(topic)
  if (description === undefined) throw new Refusal('TOPIC_NOT_FOUND', `The topic ${topic} is not there, or may not be seen.`)
  const each = Math.min(limit, Math.max(LEAST_PER_PARTITION, Math.ceil(limit / description.partitions)))
  const reader = await port.read({
    topics: [topic],
    positions: [],
    start: { type: 'newest', records: each },
    stop: { type: 'end' },
    bufferBytes: BUFFER_BYTES,
  })
  const records: PartitionRecord[] = []
  try {
    const deadlineMs = Date.now() + LONGEST_MS
    for (let ended = 0; ended < description.partitions && Date.now() < deadlineMs; ) {
      for (const event of await reader.poll(200)) {
        if (event.type === 'ended') ended++
        if (event.type === 'records') records.push(...recordsOf(event.records, event.partition))
      }
    }
  } finally {
    await reader.close()
  }
  records.sort((a, b) => a.timestamp - b.timestamp || a.partition - b.partition || a.offset - b.offset)
  return records.slice(-limit)
}

function recordsOf(records: LogRecords, partition: number): PartitionRecord[] {
  return Array.from({ length: records.count }, (_, i) => ({
    partition,
    offset: records.offsets[i] ?? 0,
    timestamp: records.timestamps[i] ?? 0,
    key: keyBytes(records, i),
    value: valueBytes(records, i),
  }))
}

async function withPort<T>({ config: { bootstrap }, signIn }: KafkaTarget, use: (port: LogPort) => Promise<T>): Promise<T> {
  const port = createKafkaPort({ bootstrap, signIn, log: () => {} })
  try {
    return await use(port)
  } catch (error) {
    if (error instanceof LogError) throw new Refusal(error.code, error.message, { cause: error })
    throw error
  } finally {
    await port.close()
  }
}
