import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { millrace, startMillrace } from '../e2e/command-line.ts'
import { kafkaSink, kafkaSource, minuteWindow, windowedDocument } from '../e2e/windowed-document.ts'
import { closeSharedKafka, type KafkaFixture, type PeerMessage, type PeerRecord, sharedKafka, until } from './kafka-fixture.ts'

const RECORDS = 200_000
const UNDECODABLE = 50
const PARTITIONS = 4
const START = Date.UTC(2026, 0, 1)
const WINDOW_MS = 60_000

let kafka: KafkaFixture
let folder = ''
let input = ''
const messages = [...purchases()]

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-pipeline-'))
  kafka = await sharedKafka()
  // Records of 2026-01-01 are old for a broker whose topics keep a week.
  input = await kafka.createTopic(PARTITIONS, { 'retention.ms': '-1' })
  for (let i = 0; i < messages.length; i += 5_000) await kafka.produce(input, messages.slice(i, i + 5_000))
})
afterAll(async () => {
  await closeSharedKafka()
  rmSync(folder, { recursive: true, force: true })
})

/** Spread over partitions without regard to the country, slightly out of order, a hundred records a second. */
function* purchases(): Generator<PeerMessage> {
  const every = Math.floor(RECORDS / UNDECODABLE)
  for (let i = 0; i < RECORDS; i++) {
    const at = START + i * 10 - (i % 7) * 300
    const value =
      i % every === 0
        ? `{"country":"DE","amount":"many","at":${at}}`
        : JSON.stringify({ id: i, country: `C${i % 13}`, amount: i % 100, status: i % 4 === 0 ? 'open' : 'paid', at })
    yield { key: `k${i}`, value, partition: (i * 31) % PARTITIONS, timestamp: at }
  }
}

/** Computed without any code of the product: `country|window start` → count and sum. */
function expectedRows(): Map<string, string> {
  const sums = new Map<string, { count: number; sum: number }>()
  for (const { value } of messages) {
    const { country, amount, status, at } = JSON.parse(String(value)) as {
      country: string
      amount: number | string
      status?: string
      at: number
    }
    if (typeof amount === 'string' || status !== 'paid') continue
    const key = `${country}|${new Date(Math.floor(at / WINDOW_MS) * WINDOW_MS).toISOString()}`
    const sum = sums.get(key) ?? { count: 0, sum: 0 }
    sums.set(key, { count: sum.count + 1, sum: sum.sum + amount })
  }
  return new Map([...sums].map(([key, { count, sum }]) => [key, `${count}|${sum}`]))
}

function writeDocument(output: string, deadLetters: string): string {
  const file = path.join(folder, `${output}.millrace.json`)
  const document = windowedDocument({
    name: output,
    steps: [
      kafkaSource('purchases', input, { country: 'STRING', amount: 'BIGINT', status: 'STRING' }, 'dead-letter'),
      { id: 'paid', kind: 'filter', config: { condition: "status = 'paid'" } },
      minuteWindow('per_country', 'country', [
        { as: 'n', function: 'count' },
        { as: 'total', function: 'sum', of: 'amount' },
      ]),
    ],
    result: kafkaSink('result', output, 'country'),
    broken: kafkaSink('set_aside', deadLetters),
  })
  writeFileSync(file, JSON.stringify(document))
  return file
}

/** Every row of the output topic: how often it stands there, and that it is one of those expected. */
function rowsOf(records: readonly PeerRecord[]): Map<string, string[]> {
  const rows = new Map<string, string[]>()
  for (const { key, value } of records) {
    const row = JSON.parse(String(value)) as { country: string; window_start: string; n: number; total: number }
    expect(String(key)).toBe(row.country)
    const name = `${row.country}|${row.window_start}`
    rows.set(name, [...(rows.get(name) ?? []), `${row.n}|${row.total}`])
  }
  return rows
}

async function readAll(topic: string): Promise<PeerRecord[]> {
  const offsets = await kafka.admin.fetchTopicOffsets(topic)
  return kafka.consume(
    topic,
    offsets.reduce((sum, { high }) => sum + Number(high), 0),
  )
}

const run = (file: string) => ['run', file, '--target', kafka.bootstrap, '--until-end', '--data-dir', path.join(folder, 'data')]

test('200,000 records with 50 undecodable ones: exactly the expected rows, exactly the 50 set aside', async () => {
  const [output, deadLetters] = [await kafka.createTopic(2, { 'retention.ms': '-1' }), await kafka.createTopic(1, { 'retention.ms': '-1' })]
  const finished = await millrace(run(writeDocument(output, deadLetters)))
  expect(finished.stderr).toMatch(/Done after/)
  expect(finished.code).toBe(0)
  const rows = rowsOf(await readAll(output))
  expect(new Map([...rows].map(([key, values]) => [key, values.join(' ')]))).toEqual(expectedRows())
  const setAside = await readAll(deadLetters)
  expect(setAside).toHaveLength(UNDECODABLE)
  const bytes = messages.map(({ value }) => String(value)).filter((value) => value.includes('many'))
  expect(setAside.map(({ value }) => String(value)).sort()).toEqual(bytes.sort())
  for (const { headers } of setAside) {
    expect(String(headers?.['millrace.topic'])).toBe(input)
    expect(String(headers?.['millrace.offset'])).toMatch(/^\d+$/)
    expect(String(headers?.['millrace.reason'])).toContain('amount')
  }
})

test('kill -9 in the middle and a new start: every expected row at least once, none with another value', async () => {
  const [output, deadLetters] = [await kafka.createTopic(2, { 'retention.ms': '-1' }), await kafka.createTopic(1, { 'retention.ms': '-1' })]
  const file = writeDocument(output, deadLetters)
  const first = startMillrace([...run(file), '--commit-interval', '20ms'])
  const saved = path.join(folder, 'data', 'pipelines')
  // As soon as there are results and a saved state the run is in the middle.
  for (let middle = false; !middle; await new Promise((resolve) => setTimeout(resolve, 10))) {
    const written = (await kafka.admin.fetchTopicOffsets(output)).reduce((sum, { high }) => sum + Number(high), 0)
    middle =
      written > 0 &&
      readdirSync(saved, { recursive: true }).some((name) => String(name).includes(output) && String(name).endsWith('snapshot.json'))
  }
  first.child.kill('SIGKILL')
  expect((await first.finished).signal).toBe('SIGKILL')
  const before = (await readAll(output)).length
  expect(before).toBeLessThan(expectedRows().size)
  const second = await millrace([...run(file), '--log-level', 'info'])
  expect(second.stderr).toMatch(/continuing from saved state/)
  expect(second.stderr).toMatch(/Done after/)
  const rows = rowsOf(await readAll(output))
  const want = expectedRows()
  expect([...rows.keys()].sort()).toEqual([...want.keys()].sort())
  for (const [key, values] of rows) expect(new Set(values), key).toEqual(new Set([want.get(key)]))
  expect((await readAll(deadLetters)).length).toBeGreaterThanOrEqual(UNDECODABLE)
})

test('a second instance of a pipeline is refused with the reason; the first goes on and saves when it is told to stop', async () => {
  const [output, deadLetters] = [await kafka.createTopic(1), await kafka.createTopic(1)]
  const file = writeDocument(output, deadLetters)
  const args = (dataDir: string) => [
    'run',
    file,
    '--target',
    kafka.bootstrap,
    '--from',
    'latest',
    '--data-dir',
    path.join(folder, dataDir),
    '--log-level',
    'info',
  ]
  const first = startMillrace(args('one'))
  await until(async () => (await kafka.admin.describeGroups([`millrace-${output}`])).groups[0]?.state === 'Stable')
  const here = await millrace(args('one'))
  expect(here).toMatchObject({ code: 2, stderr: expect.stringMatching(/is running already, in process \d+/) })
  const elsewhere = await millrace(args('two'))
  expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringMatching(/group .*active/i) })
  expect(elsewhere.stderr).not.toMatch(/\n\s+at /)
  first.child.kill('SIGINT')
  expect(await first.finished).toMatchObject({ code: 130, stderr: expect.stringContaining('Stopped after') })
})

test('saved state is not used for another spec, nor for another number of partitions; the reason says how to go on', async () => {
  const [output, deadLetters] = [await kafka.createTopic(1), await kafka.createTopic(1)]
  const file = writeDocument(output, deadLetters)
  const live = ['run', file, '--target', kafka.bootstrap, '--data-dir', path.join(folder, 'data'), '--log-level', 'info']
  const first = startMillrace(live)
  await until(async () => (await kafka.admin.fetchTopicOffsets(output)).some(({ high }) => Number(high) > 0))
  first.child.kill('SIGINT')
  expect((await first.finished).code).toBe(130)

  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace("status = 'paid'", "status <> 'open'"))
  expect(await millrace(live)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/was changed since its state was saved.*Start over with --from/),
  })

  writeFileSync(file, text)
  await kafka.admin.createPartitions({ topicPartitions: [{ topic: input, count: PARTITIONS + 1 }] })
  const refused = await millrace(live)
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/purchases reads 5 partitions now; the saved state was made with 4\. Start over/),
  })
})

test('a topic that is not there and a broker that is not there are said in words', async () => {
  const file = writeDocument('nowhere', 'nowhere')
  const missing = await millrace(run(file))
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringMatching(/topic nowhere is not there/) })
  const started = Date.now()
  const unreachable = await millrace(['run', file, '--target', '127.0.0.1:1', '--until-end', '--data-dir', folder])
  expect(unreachable).toMatchObject({ code: 2, stderr: expect.stringMatching(/127\.0\.0\.1:1/) })
  expect(Date.now() - started).toBeLessThan(60_000)
  for (const { stderr } of [missing, unreachable]) expect(stderr).not.toMatch(/\n\s+at /)
})
