import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyBytes, type LogHeaders, valueBytes } from '../data/log-records.ts'
import type { OutgoingRecord } from '../engine/operator.ts'
import { LogError, type LogEvent, type LogPort, type LogReader, type ReadOptions } from './log-port.ts'

/** A port with means to prepare it. */
export interface LogPortFixture {
  readonly port: LogPort
  /** Makes a topic that nothing else uses and resolves to its name. */
  createTopic(partitions: number): Promise<string>
  /** Puts records into one partition; they can be read when it resolves. */
  append(topic: string, partition: number, records: readonly OutgoingRecord[]): Promise<void>
  close(): Promise<void>
}

interface Seen {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly key: string | null
  readonly value: string | null
  readonly timestamp: number
  readonly headers: LogHeaders | undefined
}

const PATIENCE_MS = 20_000
const T0 = 1_700_000_000_000

let groups = 0

/** What every LogPort keeps, run over each implementation. */
export function logPortContract(name: string, makeFixture: () => Promise<LogPortFixture>): void {
  describe(`log port: ${name}`, () => {
    let fixture: LogPortFixture

    beforeAll(async () => {
      fixture = await makeFixture()
    }, 120_000)

    afterAll(async () => {
      await fixture?.close()
    }, 60_000)

    /** Reads until the condition holds and closes the reader. */
    const readUntil = async (
      options: Partial<ReadOptions> & { topics: readonly string[] },
      enough: (events: readonly LogEvent[]) => boolean,
    ) => {
      const reader = await fixture.port.read(readOptions(options))
      try {
        return await collect(reader, enough)
      } finally {
        await reader.close()
      }
    }
    const readToEnd = (options: Partial<ReadOptions> & { topics: readonly string[] }, partitions: number) =>
      readUntil({ stop: { type: 'end' }, ...options }, (events) => count(events, 'ended') >= partitions)

    test('describes a topic; undefined for one that is not there', async () => {
      const topic = await fixture.createTopic(3)
      expect(await fixture.port.describe(topic)).toMatchObject({ partitions: 3 })
      expect(await fixture.port.describe(`${topic}.absent`)).toBeUndefined()
    })

    test('reading or writing a topic that is not there is TOPIC_NOT_FOUND', async () => {
      const topic = `${await fixture.createTopic(1)}.absent`
      const reading = async () => {
        const reader = await fixture.port.read(readOptions({ topics: [topic] }))
        try {
          await collect(reader, () => false)
        } finally {
          await reader.close()
        }
      }
      await expect(reading()).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND', topic })
      await expect(reading()).rejects.toBeInstanceOf(LogError)
      const writing = async () => {
        const writer = await fixture.port.write()
        try {
          await writer.append(topic, [record('x')])
          await writer.flush()
        } finally {
          await writer.close().catch(() => undefined)
        }
      }
      await expect(writing()).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND' })
    })

    test('earliest to end: assigned first, each partition in order, ended last, nothing appended later', async () => {
      const topic = await fixture.createTopic(2)
      await fixture.append(topic, 0, values('a', 1200))
      await fixture.append(topic, 1, values('b', 3))
      const reader = await fixture.port.read(readOptions({ topics: [topic], stop: { type: 'end' } }))
      await fixture.append(topic, 1, values('later', 2))
      const events = await collect(reader, (seen) => count(seen, 'ended') >= 2)
      await reader.close()
      for (const partition of [0, 1]) {
        const own = events.filter((event) => event.partition === partition)
        expect(own[0]).toMatchObject({ type: 'assigned', topic, offset: 0 })
        expect(own[own.length - 1]).toMatchObject({ type: 'ended' })
      }
      expect(seenIn(events, 0).map((r) => r.value)).toEqual(values('a', 1200).map(valueText))
      expect(seenIn(events, 1).map((r) => r.value)).toEqual(['b0', 'b1', 'b2'])
      expect(seenIn(events, 0).map((r) => r.offset)).toEqual(Array.from({ length: 1200 }, (_, i) => i))
      for (const event of events) if (event.type === 'records') expect(event.records.count).toBeLessThanOrEqual(1024)
    })

    test('a run that goes on ends where the topic ended when it began', async () => {
      const topic = await fixture.createTopic(2)
      await fixture.append(topic, 0, values('a', 4))
      await fixture.append(topic, 1, values('b', 4))
      const ends = [
        { topic, partition: 0, offset: 3 },
        { topic, partition: 1, offset: 2 },
      ]
      const positions = [{ topic, partition: 1, offset: 2 }]
      const events = await readToEnd({ topics: [topic], positions, stop: { type: 'end', offsets: ends } }, 2)
      expect(seenIn(events, 0).map((r) => r.value)).toEqual(['a0', 'a1', 'a2'])
      expect(seenIn(events, 1)).toEqual([])
    })

    test('an empty partition ends at once', async () => {
      const topic = await fixture.createTopic(2)
      await fixture.append(topic, 1, values('x', 1))
      const events = await readToEnd({ topics: [topic] }, 2)
      expect(
        events
          .filter((event) => event.type === 'ended')
          .map((event) => event.partition)
          .sort(),
      ).toEqual([0, 1])
      expect(seen(events)).toHaveLength(1)
    })

    test('null keys and values, empty ones, headers and timestamps come through', async () => {
      const topic = await fixture.createTopic(1)
      const bytes = new Uint8Array([0, 255, 10])
      await fixture.append(topic, 0, [
        { key: null, value: null, timestamp: T0 },
        { key: text(''), value: text(''), timestamp: T0 - 5 },
        {
          key: text('k'),
          value: bytes,
          timestamp: T0 + 7,
          headers: [
            ['h', text('1')],
            ['h', text('2')],
          ],
        },
      ])
      const events = await readToEnd({ topics: [topic] }, 1)
      expect(seen(events).map(({ key, value, timestamp }) => [key, value, timestamp])).toEqual([
        [null, null, T0],
        ['', '', T0 - 5],
        ['k', new TextDecoder().decode(bytes), T0 + 7],
      ])
      const headers = seen(events)[2]?.headers ?? []
      expect(headers.map(([header, value]) => [header, value && new TextDecoder().decode(value)])).toEqual([
        ['h', '1'],
        ['h', '2'],
      ])
      expect(seen(events)[0]?.headers ?? []).toEqual([])
    })

    test('positions win over the start option, partition by partition', async () => {
      const topic = await fixture.createTopic(2)
      await fixture.append(topic, 0, values('a', 5))
      await fixture.append(topic, 1, values('b', 5))
      const positions = [{ topic, partition: 0, offset: 3 }]
      const events = await readToEnd({ topics: [topic], positions }, 2)
      expect(seenIn(events, 0).map((r) => r.value)).toEqual(['a3', 'a4'])
      expect(seenIn(events, 1)).toHaveLength(5)
      expect(events.find((event) => event.type === 'assigned' && event.partition === 0)).toMatchObject({ offset: 3 })
    })

    test('latest starts behind what is there; records appended while reading come', async () => {
      const topic = await fixture.createTopic(1)
      await fixture.append(topic, 0, values('old', 3))
      const reader = await fixture.port.read(readOptions({ topics: [topic], start: { type: 'latest' } }))
      await collect(reader, (events) => count(events, 'caught-up') > 0)
      await fixture.append(topic, 0, values('new', 2))
      const events = await collect(reader, (all) => seen(all).length >= 2)
      await reader.close()
      expect(seen(events).map((r) => [r.offset, r.value])).toEqual([
        [3, 'new0'],
        [4, 'new1'],
      ])
    })

    test('the newest records are so many in front of the end of each partition, or all there are', async () => {
      const topic = await fixture.createTopic(2)
      await fixture.append(topic, 0, values('a', 5))
      await fixture.append(topic, 1, values('b', 2))
      const events = await readToEnd({ topics: [topic], start: { type: 'newest', records: 3 } }, 2)
      expect(seenIn(events, 0).map((r) => r.value)).toEqual(['a2', 'a3', 'a4'])
      expect(seenIn(events, 1).map((r) => r.value)).toEqual(['b0', 'b1'])
    })

    test('topics are listed by name with their partitions', async () => {
      const topic = await fixture.createTopic(3)
      const listed = await fixture.port.topics()
      expect(listed).toContainEqual({ name: topic, partitions: 3 })
      expect(listed.map(({ name }) => name)).toEqual(listed.map(({ name }) => name).sort())
    })

    test('readers without a group read side by side and commit nothing', async () => {
      const topic = await fixture.createTopic(1)
      await fixture.append(topic, 0, values('a', 2))
      const readers = [0, 1].map(() => fixture.port.read(readOptions({ topics: [topic], group: undefined })))
      for (const reader of await Promise.all(readers)) {
        const events = await collect(reader, (all) => seen(all).length >= 2)
        expect(seen(events).map((r) => r.value)).toEqual(['a0', 'a1'])
        expect(await reader.commit([{ topic, partition: 0, offset: 2 }])).not.toBe('committed')
        await reader.close()
      }
    })

    test('a start time is the first record at or after it; a stop time ends before the first at or after it', async () => {
      const topic = await fixture.createTopic(1)
      await fixture.append(
        topic,
        0,
        Array.from({ length: 6 }, (_, i) => record(`v${i}`, T0 + i * 1000)),
      )
      const start = { type: 'time', timeMs: T0 + 1500 } as const
      const events = await readUntil(
        { topics: [topic], start, stop: { type: 'time', timeMs: T0 + 4000 } },
        (all) => count(all, 'ended') > 0,
      )
      expect(seen(events).map((r) => r.value)).toEqual(['v2', 'v3'])
      const none = await readToEnd({ topics: [topic], start: { type: 'time', timeMs: T0 + 99_000 } }, 1)
      expect(seen(none)).toEqual([])
    })

    test('rule 8: caught-up comes after the records, once, and again after new ones', async () => {
      const topic = await fixture.createTopic(1)
      await fixture.append(topic, 0, values('a', 2))
      const reader = await fixture.port.read(readOptions({ topics: [topic] }))
      const first = await collect(reader, (events) => count(events, 'caught-up') > 0)
      expect(seen(first)).toHaveLength(2)
      expect(first[first.length - 1]).toMatchObject({ type: 'caught-up', topic, partition: 0 })
      expect(count([...(await reader.poll(300)), ...(await reader.poll(0))], 'caught-up')).toBe(0)
      await fixture.append(topic, 0, values('b', 1))
      const second = await collect(reader, (events) => count(events, 'caught-up') > 0)
      expect(seen(second).map((r) => r.value)).toEqual(['b0'])
      expect(reader.highWatermarks()).toContainEqual({ topic, partition: 0, offset: 3 })
      await reader.close()
    })

    test('several topics with one reader', async () => {
      const topics = [await fixture.createTopic(1), await fixture.createTopic(2)]
      for (const topic of topics) await fixture.append(topic, 0, values(topic, 2))
      const events = await readToEnd({ topics }, 3)
      for (const topic of topics) expect(seen(events).filter((r) => r.topic === topic)).toHaveLength(2)
    })

    test('a writer: one key stays in one partition and in order; flush makes all readable', async () => {
      const topic = await fixture.createTopic(3)
      const writer = await fixture.port.write()
      const records = Array.from({ length: 60 }, (_, i) => ({ key: text(`k${i % 5}`), value: text(String(i)), timestamp: T0 + i }))
      await writer.append(topic, records.slice(0, 40))
      await writer.append(topic, records.slice(40))
      await writer.append(topic, [{ key: null, value: text('no key'), timestamp: T0 }])
      await writer.flush()
      const events = await readToEnd({ topics: [topic] }, 3)
      await writer.close()
      const all = seen(events)
      expect(all).toHaveLength(61)
      for (let key = 0; key < 5; key++) {
        const own = all.filter((r) => r.key === `k${key}`)
        expect(new Set(own.map((r) => r.partition)).size).toBe(1)
        expect(own.map((r) => Number(r.value))).toEqual(Array.from({ length: 12 }, (_, i) => i * 5 + key))
      }
    })

    test('commit of positions is answered, and a group has one reader at a time', async () => {
      const topic = await fixture.createTopic(1)
      await fixture.append(topic, 0, values('a', 3))
      const options = readOptions({ topics: [topic] })
      const reader = await fixture.port.read(options)
      await collect(reader, (events) => seen(events).length >= 3)
      expect(await reader.commit([{ topic, partition: 0, offset: 2 }])).toBe('committed')
      await expect(fixture.port.read(options)).rejects.toMatchObject({ code: 'GROUP_IN_USE' })
      await reader.close()
      const again = await fixture.port.read(options)
      await again.close()
    })
  })
}

function readOptions(options: Partial<ReadOptions> & { topics: readonly string[] }): ReadOptions {
  return {
    group: `contract-${T0}-${groups++}`,
    positions: [],
    start: { type: 'earliest' },
    stop: { type: 'never' },
    bufferBytes: 1 << 20,
    ...options,
  }
}

async function collect(reader: LogReader, enough: (events: readonly LogEvent[]) => boolean): Promise<LogEvent[]> {
  const events: LogEvent[] = []
  const until = Date.now() + PATIENCE_MS
  while (!enough(events)) {
    if (Date.now() > until) throw new Error(`Waited too long; there came ${events.map((event) => event.type).join(', ') || 'nothing'}.`)
    events.push(...(await reader.poll(100)))
  }
  return events
}

function count(events: readonly LogEvent[], type: LogEvent['type']): number {
  return events.filter((event) => event.type === type).length
}

function seen(events: readonly LogEvent[]): Seen[] {
  return events.flatMap((event) => {
    if (event.type !== 'records') return []
    const { topic, partition, records } = event
    return Array.from({ length: records.count }, (_, i) => ({
      topic,
      partition,
      offset: records.offsets[i] ?? -1,
      key: textOf(keyBytes(records, i)),
      value: textOf(valueBytes(records, i)),
      timestamp: records.timestamps[i] ?? -1,
      headers: records.headers?.[i],
    }))
  })
}

function seenIn(events: readonly LogEvent[], partition: number): Seen[] {
  return seen(events).filter((record) => record.partition === partition)
}

function values(prefix: string, length: number): OutgoingRecord[] {
  return Array.from({ length }, (_, i) => record(`${prefix}${i}`))
}

function record(value: string, timestamp = T0): OutgoingRecord {
  return { key: null, value: text(value), timestamp }
}

function valueText(outgoing: OutgoingRecord): string | null {
  return textOf(outgoing.value)
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value)
}

function textOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes)
}
