import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import kafkajs from 'kafkajs'
import { type LocalKafka, startLocalKafka } from '../../../pipeline-runtime/local-kafka/local-kafka.ts'
import { runBar } from '../screen.ts'

export const START = Date.UTC(2026, 0, 1)
export const SECONDS = 600
/** A broker, and a run on it, may be slow where the machine has much else to do. */
export const BROKER_MS = 60_000

/** A broker that can be killed and started again on its port, with the topics `in` and `out`. */
export interface MortalBroker {
  readonly bootstrap: string
  kill(): Promise<void>
  startAgain(): Promise<void>
  /** A row for each second from `from` to before `to`. */
  produce(from: number, to: number): Promise<void>
  written(): Promise<number>
  /** The position in `in` from which a run from the app would go on; undefined before one has saved. */
  saved(): Promise<number | undefined>
  /** What stands in `out`. */
  results(): Promise<readonly { readonly window_start: string; readonly count: number }[]>
  close(): Promise<void>
}

export async function startMortalBroker(): Promise<MortalBroker> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-mortal-kafka-'))
  const options = { dataDir: path.join(folder, 'kafka'), heapMb: 256, log: () => {} }
  let broker: LocalKafka = await startLocalKafka({ ...options, port: 0 })
  const { bootstrap } = broker
  const retry = { retries: 30, maxRetryTime: 2_000 }
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING, retry })
  const [admin, producer] = [kafka.admin(), kafka.producer()]
  await Promise.all([admin.connect(), producer.connect()])
  const configEntries = [{ name: 'retention.ms', value: '-1' }]
  const topics = ['in', 'out'].map((topic) => ({ topic, numPartitions: 1, replicationFactor: 1, configEntries }))
  await admin.createTopics({ topics, waitForLeaders: true })
  const written = async () => (await admin.fetchTopicOffsets('out')).reduce((sum, { high }) => sum + Number(high), 0)
  return {
    bootstrap,
    kill: () => broker.kill9(),
    async startAgain() {
      broker = await startLocalKafka({ ...options, port: Number(bootstrap.split(':')[1]) })
    },
    async produce(from, to) {
      const messages = Array.from({ length: to - from }, (_, i) => START + (from + i) * 1000).map((at) => ({
        value: JSON.stringify({ at }),
        timestamp: String(at),
      }))
      await producer.send({ topic: 'in', messages })
    },
    written,
    async saved() {
      const { groups } = await admin.listGroups()
      const group = groups.find(({ groupId }) => groupId.startsWith('millrace-dev-'))
      if (group === undefined) return undefined
      const [positions] = await admin.fetchOffsets({ groupId: group.groupId, topics: ['in'] })
      return Number(positions?.partitions[0]?.offset)
    },
    results: async () => readAll(kafka, await written()),
    async close() {
      await Promise.allSettled([admin.disconnect(), producer.disconnect()])
      await broker.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function readAll(kafka: kafkajs.Kafka, count: number): ReturnType<MortalBroker['results']> {
  const consumer = kafka.consumer({ groupId: `peer-${Date.now()}`, maxWaitTimeInMs: 100 })
  const rows: { window_start: string; count: number }[] = []
  await consumer.connect()
  try {
    await consumer.subscribe({ topic: 'out', fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: kafkajs.EachMessagePayload) => {
        rows.push(JSON.parse(String(message.value)))
        if (rows.length >= count) resolve()
      }
      consumer.run({ autoCommit: false, eachMessage }).catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
  return rows
}

/** Topic → rows counted per minute → topic. */
export function countingDocument(topic = 'in'): string {
  return JSON.stringify({
    format: 1,
    kinds: { 'kafka-sink': 1, 'kafka-source': 1, 'window-aggregate': 1 },
    name: 'Rows per minute',
    nodes: [
      {
        id: 'rows',
        kind: 'kafka-source',
        title: 'Rows',
        config: { connection: 'shop', topic, columns: [{ name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' }], eventTime: 'at' },
      },
      {
        id: 'per_minute',
        kind: 'window-aggregate',
        title: 'Per minute',
        config: {
          window: { type: 'tumbling', sizeMs: 60_000 },
          aggregates: [{ as: 'count', function: 'count' }],
          emit: 'final',
        },
      },
      { id: 'result', kind: 'kafka-sink', title: 'Result', config: { connection: 'shop', topic: 'out' } },
    ],
    edges: [
      { from: 'rows.out', to: 'per_minute.in' },
      { from: 'per_minute.out', to: 'result.in' },
    ],
  })
}

/** A connection that was not tested; the next run is on it. */
export async function connectTo(page: Page, bootstrap: string): Promise<void> {
  await runBar(page)
    .getByRole('button', { name: /^Runs on/ })
    .click()
  await page.getByRole('menuitem', { name: 'New connection…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New connection' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('shop')
  await dialog.getByRole('textbox', { name: 'Host and port' }).fill(bootstrap)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(runBar(page).getByRole('button', { name: 'Runs on shop' })).toBeVisible()
}

export async function arm(page: Page): Promise<void> {
  await runBar(page).getByRole('switch', { name: 'Writing to shop' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Turn writing on' }).click()
  await expect(runBar(page).getByRole('switch', { name: 'Writing to shop' })).toBeChecked()
}

/** Every minute once at least, and each time with all of its rows. */
export async function expectEveryMinute(broker: MortalBroker, minutes: number): Promise<void> {
  const rows = await broker.results()
  const starts = Array.from({ length: minutes }, (_, i) => new Date(START + i * 60_000).toISOString())
  expect([...new Set(rows.map((row) => row.window_start))].sort()).toEqual(starts)
  expect(rows.filter((row) => row.count !== 60)).toEqual([])
}
