import { expect, test } from 'vitest'
import { logPortContract } from '../log-port.contract.ts'
import type { LogEvent } from '../log-port.ts'
import { MemoryLogPort } from './memory-log-port.ts'

logPortContract('memory', async () => {
  const port = new MemoryLogPort()
  let topics = 0
  return {
    port,
    createTopic: async (partitions) => {
      const topic = `topic-${topics++}`
      port.createTopic(topic, partitions)
      return topic
    },
    append: async (topic, partition, records) => port.append(topic, partition, records),
    close: () => port.close(),
  }
})

const options = { group: 'g', positions: [], start: { type: 'earliest' }, stop: { type: 'end' }, bufferBytes: 1 } as const

test('rule 38: the same log gives the same events in the same order: topics as given, then partitions, round robin', async () => {
  const runOnce = async () => {
    const port = new MemoryLogPort()
    for (const topic of ['b', 'a']) {
      port.createTopic(topic, 2)
      for (const partition of [0, 1])
        port.append(
          topic,
          partition,
          Array.from({ length: 700 }, (_, i) => ({ key: null, value: null, timestamp: i })),
        )
    }
    const reader = await port.read({ ...options, topics: ['b', 'a'] })
    const events: LogEvent[] = []
    while (events.filter((event) => event.type === 'ended').length < 4) events.push(...(await reader.poll(0)))
    return events.map(
      (event) => `${event.type} ${event.topic}${event.partition}${event.type === 'records' ? ` ${event.records.count}` : ''}`,
    )
  }
  const events = await runOnce()
  expect(events.slice(4, 12)).toEqual([
    'records b0 500',
    'records b1 500',
    'records a0 500',
    'records a1 500',
    'records b0 200',
    'ended b0',
    'records b1 200',
    'ended b1',
  ])
  expect(await runOnce()).toEqual(events)
})

test('the oldest records go where there are too many; reading starts behind them', async () => {
  const port = new MemoryLogPort({ maxRecords: 10 })
  port.createTopic('t', 1)
  for (let i = 0; i < 25; i++) port.append('t', 0, [{ key: null, value: null, timestamp: i }])
  const kept = port.records('t')
  expect(kept[kept.length - 1]?.offset).toBe(24)
  expect(kept.length).toBeLessThanOrEqual(20)
  expect(kept.length).toBeGreaterThanOrEqual(10)
  const reader = await port.read({ ...options, topics: ['t'], positions: [{ topic: 't', partition: 0, offset: 2 }] })
  expect(await reader.poll(0)).toMatchObject([{ type: 'assigned', offset: kept[0]?.offset }])
  await reader.close()
})

test('what a group committed can be seen', async () => {
  const port = new MemoryLogPort()
  port.createTopic('t', 1)
  const reader = await port.read({ ...options, topics: ['t'] })
  await reader.commit([{ topic: 't', partition: 0, offset: 5 }])
  expect(port.positions('g')).toEqual([{ topic: 't', partition: 0, offset: 5 }])
})

test('a waiting poll wakes when something is appended', async () => {
  const port = new MemoryLogPort()
  port.createTopic('t', 1)
  const reader = await port.read({ ...options, topics: ['t'], stop: { type: 'never' } })
  await reader.poll(0)
  await reader.poll(0)
  const waiting = reader.poll(60_000)
  port.append('t', 0, [{ key: null, value: null, timestamp: 0 }])
  expect(await waiting).toMatchObject([{ type: 'records' }])
})
