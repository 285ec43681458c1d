import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createKafkaPort } from '../../pipeline-runtime/connectors/kafka/kafka-log-port.ts'
import { createCluster } from '../../pipeline-runtime/connectors/kafka/kafkajs-cluster.ts'
import type { LogEvent, LogPort, LogReader, ReadOptions } from '../../pipeline-runtime/connectors/log-port.ts'
import { closeSharedKafka, type KafkaFixture, sharedKafka } from './kafka-fixture.ts'

let kafka: KafkaFixture
let lines: string[] = []
const ports: LogPort[] = []

beforeAll(async () => {
  kafka = await sharedKafka()
}, 120_000)
afterAll(closeSharedKafka, 60_000)
afterEach(async () => {
  await Promise.all(ports.splice(0).map((port) => port.close()))
  lines = []
})

function openPort(clientId: string): LogPort {
  const port = createKafkaPort({ bootstrap: kafka.bootstrap, clientId, sessionTimeoutMs: 6_000, log: (line) => lines.push(line) })
  ports.push(port)
  return port
}

const options = (group: string, topic: string): ReadOptions => ({
  group,
  topics: [topic],
  positions: [],
  start: { type: 'earliest' },
  stop: { type: 'never' },
  bufferBytes: 1 << 20,
})

async function pollUntilType(reader: LogReader, type: LogEvent['type']): Promise<void> {
  const deadline = Date.now() + 15_000
  while (Date.now() < deadline) if ((await reader.poll(100)).some((event) => event.type === type)) return
  throw new Error(`no ${type} event; log: ${lines.join(' | ')}`)
}

test('of runs that start at the same moment exactly one gets the group, and keeps it', { timeout: 90_000 }, async () => {
  const topic = await kafka.createTopic(2)
  const runs = ['one', 'two', 'three'].map((name) => openPort(name).read(options('at-once', topic)))
  const outcomes = await Promise.allSettled(runs)
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused.map(({ reason }) => reason.code)).toEqual(['GROUP_IN_USE', 'GROUP_IN_USE'])
  const winner = outcomes.find((outcome) => outcome.status === 'fulfilled')?.value
  if (winner === undefined) throw new Error('nobody reads')
  await new Promise((resolve) => setTimeout(resolve, 4_000)) // some heartbeats
  await kafka.produce(topic, [{ value: 'x' }])
  await pollUntilType(winner, 'records')
  expect(await winner.commit([{ topic, partition: 0, offset: 0 }])).toBe('committed')
})

test('a member that was killed is waited for until Kafka drops it', { timeout: 90_000 }, async () => {
  const topic = await kafka.createTopic(1)
  const script = `import { Kafka, logLevel } from 'kafkajs'
const consumer = new Kafka({ clientId: 'killed-run', brokers: ['${kafka.bootstrap}'], logLevel: logLevel.NOTHING }).consumer({ groupId: 'after-kill', sessionTimeout: 6000 })
await consumer.connect()
await consumer.subscribe({ topic: '${topic}' })
consumer.on('consumer.group_join', () => console.log('joined'))
await consumer.run({ eachMessage: async () => {} })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const reader = await openPort('next-run').read(options('after-kill', topic))
  expect(lines.filter((line) => line.includes('"killed-run" on host 127.0.0.1')).length).toBeGreaterThan(0)
  await pollUntilType(reader, 'caught-up')
})

test('a plain consumer of another program with the same group id is kept out', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(1)
  const reader = await openPort('ours').read(options('not-yours', topic))
  const { Kafka, logLevel } = await import('kafkajs')
  const consumer = new Kafka({ brokers: [kafka.bootstrap], logLevel: logLevel.NOTHING, retry: { retries: 0 } }).consumer({
    groupId: 'not-yours',
  })
  await consumer.connect()
  await consumer.subscribe({ topic })
  const crashed = new Promise((resolve) => consumer.on('consumer.crash', ({ payload }) => resolve(payload.error.message)))
  await consumer.run({ eachMessage: async () => {} })
  expect(await crashed).toMatch(/protocol/)
  await consumer.disconnect()
  await kafka.produce(topic, [{ value: 'x' }])
  await pollUntilType(reader, 'records')
})

/** Has the broker forget the group's member, as it does when no heartbeat came for the session timeout. */
async function dropMember(group: string): Promise<void> {
  const { groups } = await kafka.admin.describeGroups([group])
  const memberId = groups[0]?.members[0]?.memberId
  if (memberId === undefined) throw new Error('the group has no member')
  const cluster = createCluster({ brokers: [kafka.bootstrap], clientId: 'dropper', log: () => {} })
  await cluster.connect()
  await cluster.refreshMetadata()
  const coordinator = await cluster.findGroupCoordinator({ groupId: group })
  await coordinator.leaveGroup({ groupId: group, memberId })
  await cluster.disconnect()
}

test('a reader that Kafka has dropped joins again where nobody took its place', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(1)
  const reader = await openPort('slept').read(options('dropped', topic))
  await dropMember('dropped')
  await expect.poll(() => lines.some((line) => line.includes('has joined again')), { timeout: 10_000 }).toBe(true)
  expect(await reader.commit([{ topic, partition: 0, offset: 0 }])).toBe('committed')
  await kafka.produce(topic, [{ value: 'x' }])
  await pollUntilType(reader, 'records')
})

test('a reader that Kafka has dropped stops where another took its place', { timeout: 60_000 }, async () => {
  const topic = await kafka.createTopic(1)
  const first = await openPort('slept').read(options('taken', topic))
  await pollUntilType(first, 'caught-up')
  await dropMember('taken')
  const second = await openPort('took-over').read(options('taken', topic))
  await pollUntilType(first, 'lost')
  await expect(first.poll(1_000)).rejects.toMatchObject({ code: 'GROUP_IN_USE', message: expect.stringContaining('"took-over"') })
  expect(await first.commit([{ topic, partition: 0, offset: 0 }])).toBe('refused')
  expect(await second.commit([{ topic, partition: 0, offset: 0 }])).toBe('committed')
})
