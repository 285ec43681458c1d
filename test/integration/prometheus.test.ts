import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePorts } from '../../pipeline-runtime/local-kafka/free-ports.ts'
import { METRICS, PROCESS_METRICS } from '../../pipeline-runtime/operations/metric-list.ts'
import { ROOT, type Started, startMillrace } from '../e2e/command-line.ts'
import { kafkaSink, kafkaSource, minuteWindow, windowedDocument } from '../e2e/windowed-document.ts'
import { closeSharedKafka, type KafkaFixture, type PeerMessage, sharedKafka, until } from './kafka-fixture.ts'
import { type Prometheus, startPrometheus } from './prometheus-server.ts'

const OPERATIONS = path.join(ROOT, 'docs/operations')
const RECORDS = 30_000
const BAD = 40
const PARTITIONS = 3
const START = Date.UTC(2026, 0, 1)
const NAME = 'Orders a minute'

let kafka: KafkaFixture
let folder = ''
let input = ''
let counts = ''
let late = ''
let bad = ''
const messages = [...orders()]

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-prometheus-'))
  kafka = await sharedKafka()
  const keep = { 'retention.ms': '-1' }
  input = await kafka.createTopic(PARTITIONS, keep)
  ;[counts, late, bad] = [await kafka.createTopic(1, keep), await kafka.createTopic(1, keep), await kafka.createTopic(1, keep)]
  for (let i = 0; i < messages.length; i += 5_000) await kafka.produce(input, messages.slice(i, i + 5_000))
})
afterAll(async () => {
  await closeSharedKafka()
  rmSync(folder, { recursive: true, force: true })
})

/** Every hundredth row is an hour older than its neighbours. */
function* orders(): Generator<PeerMessage> {
  for (let i = 0; i < RECORDS; i++) {
    const at = START + i * 100 + (i % 100 === 99 ? -3_600_000 : 0)
    const value = i % (RECORDS / BAD) === 0 ? `no JSON ${i}` : JSON.stringify({ item: `item ${i % 7}`, paid: i % 3 > 0, at })
    yield { key: `order ${i}`, value, partition: i % PARTITIONS, timestamp: START + i * 100 }
  }
}

/** What cannot be read goes to a topic of its own, or stops the run. */
function writeDocument(onError: 'dead-letter' | 'fail' = 'dead-letter'): string {
  const file = path.join(folder, `${onError}.millrace.json`)
  const document = windowedDocument({
    name: NAME,
    steps: [
      kafkaSource('orders', input, { item: 'STRING', paid: 'BOOLEAN' }, onError),
      { id: 'paid', kind: 'filter', config: { condition: 'paid' } },
      minuteWindow('per_item', 'item', [{ as: 'n', function: 'count' }]),
    ],
    result: kafkaSink('counts', counts, 'item'),
    late: kafkaSink('late', late),
    ...(onError === 'fail' ? {} : { broken: kafkaSink('bad', bad) }),
  })
  writeFileSync(file, JSON.stringify(document))
  return file
}

async function startRun(...more: string[]): Promise<Started & { readonly port: number }> {
  const [port = 0] = await freePorts(1)
  const rest = ['--target', kafka.bootstrap, '--metrics-port', String(port), '--log-format', 'json', '--log-level', 'debug']
  return { port, ...startMillrace(['run', writeDocument(), ...rest, ...more, '--data-dir', path.join(folder, `data ${port}`)]) }
}

/** The fields that docs/operations/logs.md has. */
const documentedFields = new Set(
  readFileSync(path.join(OPERATIONS, 'logs.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => Array.from((line.split('|')[1] ?? '').matchAll(/`(\w+)`/g), ([, name = '']) => name)),
)

/** Every line is an object of the log, with what the page says that every line has, and no field that is not there. */
function linesOf(stderr: string): Record<string, unknown>[] {
  return stderr
    .trim()
    .split('\n')
    .map((text) => {
      const line = JSON.parse(text) as Record<string, unknown> // The log of our own program.
      expect(line).toMatchObject({
        level: expect.stringMatching(/^(debug|info|warn|error)$/),
        run: expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
      expect(Number.isNaN(Date.parse(String(line.time)))).toBe(false)
      expect(line.msg).toEqual(expect.any(String))
      expect(Object.keys(line).filter((field) => !documentedFields.has(field))).toEqual([])
      return line
    })
}

const bytesOf = (records: readonly { readonly key?: Buffer | string | null; readonly value: Buffer | string | null }[]) =>
  records.reduce((sum, { key, value }) => sum + Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? ''), 0)

async function topicEnd(topic: string): Promise<number> {
  return (await kafka.admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0)
}

test('Prometheus has every documented metric; at the end they equal what kafkajs counts and the summary; the dashboard shows them', async () => {
  const { port, child, finished } = await startRun('--until-end', '--commit-interval', '20ms', '--metrics-linger', '10m')
  let prometheus: Prometheus | undefined
  try {
    const server = await startPrometheus(path.join(folder, 'prometheus'), `127.0.0.1:${port}`)
    prometheus = server
    await until(async () => (await server.query('millrace_run_state{state="ended"} == 1')).length === 1)

    // Documented, so exported, and there.
    const names = await server.names()
    for (const { name, type } of Object.values(METRICS)) expect(names).toContain(type === 'histogram' ? `${name}_bucket` : name)
    for (const name of Object.keys(PROCESS_METRICS)) expect(names.has(name) || names.has(`${name}_bucket`), name).toBe(true)
    const known = new Set([...Object.values(METRICS).map(({ name }) => name), ...Object.keys(PROCESS_METRICS)])
    const own = [...names].filter((name) => !/^(up|scrape_.*)$/.test(name)).map((name) => name.replace(/_(bucket|sum|count)$/, ''))
    expect(own.filter((name) => !known.has(name))).toEqual([])

    // An independent count: what kafkajs wrote and reads.
    const node = async (metric: string, node: string) =>
      (await server.query(`millrace_${metric}{pipeline="${NAME}",node="${node}"}`))[0]?.value
    const good = messages.filter(({ value }) => !String(value).startsWith('no JSON'))
    const paid = good.filter(({ value }) => (JSON.parse(String(value)) as { paid: boolean }).paid).length
    const [written, writtenLate, writtenBad] = [await topicEnd(counts), await topicEnd(late), await topicEnd(bad)]
    expect(written).toBeGreaterThan(0)
    expect(writtenLate).toBeGreaterThan(0)
    expect(writtenBad).toBe(BAD)
    expect(await node('node_records_in_total', 'orders')).toBe(RECORDS)
    expect(await node('source_read_bytes_total', 'orders')).toBe(bytesOf(messages))
    expect(await node('node_records_out_total', 'orders')).toBe(good.length)
    expect(await node('node_errors_total', 'orders')).toBe(BAD)
    expect(await node('node_records_set_aside_total', 'orders')).toBe(BAD)
    expect(await node('node_records_removed_total', 'paid')).toBe(good.length - paid)
    expect(await node('node_records_in_total', 'per_item')).toBe(paid)
    expect(await node('node_records_late_total', 'per_item')).toBe(writtenLate)
    expect(await node('node_records_out_total', 'per_item')).toBe(written)
    expect(await node('sink_written_records_total', 'counts')).toBe(written)
    expect(await node('sink_written_bytes_total', 'counts')).toBe(bytesOf(await kafka.consume(counts, written)))
    expect(await node('sink_written_records_total', 'bad')).toBe(BAD)
    expect(await node('node_watermark_delay_seconds', 'counts')).toBe(0)
    const ends = await kafka.admin.fetchTopicOffsets(input)
    for (const { partition, high } of ends) {
      const labels = `{node="orders",topic="${input}",partition="${partition}"}`
      expect((await server.query(`millrace_partition_position${labels}`))[0]?.value).toBe(Number(high))
      expect((await server.query(`millrace_partition_end_offset${labels}`))[0]?.value).toBe(Number(high))
      expect((await server.query(`millrace_partition_lag_records${labels} + millrace_partition_lag_seconds${labels}`))[0]?.value).toBe(0)
    }
    expect((await server.query('millrace_commits_total{outcome="committed"}'))[0]?.value).toBeGreaterThan(0)
    expect(await server.query('sum(millrace_commits_total) != sum(millrace_commit_duration_seconds_count)')).toEqual([])
    // Scraped by a real Prometheus, the names and types of the format hold as well.
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(execFileSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('')

    // Every panel of the dashboard asks for something that is there; comparisons may find nothing.
    for (const { title, expression } of dashboardQueries()) {
      const found = await server.query(expression)
      if (!/[<>=]=?\s*[\d.]+$/.test(expression) && !/rate|increase/.test(expression))
        expect(found, `${title}: ${expression}`).not.toEqual([])
    }

    child.kill('SIGTERM')
    const { code, stderr } = await finished
    expect(code).toBe(0)
    const lines = linesOf(stderr)
    expect(lines.find(({ msg }) => msg === 'partition assigned')).toMatchObject({ pipeline: NAME, node: 'orders', topic: input, offset: 0 })
    const failed = lines.filter(({ level, code }) => level === 'warn' && code !== undefined)
    expect(failed.reduce((sum, { rows }) => sum + Number(rows), 0)).toBe(BAD)
    const [last] = failed.slice(-1)
    expect(last).toMatchObject({ node: 'orders', topic: input, partition: expect.any(Number), offset: expect.any(Number) })
    // The last one of its line is one of those that are no JSON.
    const place = messages.filter(({ partition }) => partition === last?.partition)[Number(last?.offset)]
    expect(String(place?.value)).toMatch(/^no JSON/)
    const summary = lines.find(({ msg }) => msg === 'summary')?.nodes as readonly Record<string, number | string>[]
    expect(summary).toHaveLength(6)
    for (const { node: id, ...figures } of summary) {
      const metricOf = {
        in: 'records_in',
        out: 'records_out',
        removed: 'records_removed',
        late: 'records_late',
        errors: 'errors',
        setAside: 'records_set_aside',
        skipped: 'records_skipped',
      }
      for (const [figure, metric] of Object.entries(metricOf)) {
        const [sample] = await server.query(`last_over_time(millrace_node_${metric}_total{node="${id}"}[10m])`)
        expect([id, figure, sample?.value]).toEqual([id, figure, figures[figure]])
      }
    }
  } finally {
    child.kill('SIGTERM')
    await finished
    await prometheus?.stop()
  }
})

function dashboardQueries(): { readonly title: string; readonly expression: string }[] {
  const dashboard = JSON.parse(readFileSync(path.join(OPERATIONS, 'dashboard.json'), 'utf8')) as {
    readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[]
  }
  const variables = { $__rate_interval: '10s', $__range: '1h', $pipeline: '.*', $instance: '.*', $job: '.*' }
  return dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => {
      const expression = Object.entries(variables).reduce((text, [name, value]) => text.replaceAll(name, value), expr)
      return { title, expression }
    }),
  )
}

test('a run that goes on is ready when its partitions are assigned; SIGTERM saves, ends with 130 and says so in the log', async () => {
  const { port, child, finished } = await startRun()
  const ask = async (address: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${address}`)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  try {
    await until(async () => (await ask('/readyz')).status === 200)
    expect((await ask('/readyz')).body).toMatchObject({
      ready: true,
      pipeline: NAME,
      state: 'running',
      partitions: { assigned: 3, of: 3 },
      reasons: [],
    })
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: { status: 'ok', runs: [{ state: 'running' }] } })
    // The port is taken: the second run says so and does nothing.
    const other = await startMillrace(['run', writeDocument(), '--metrics-port', String(port)]).finished
    expect(other.code).toBe(2)
    expect(other.stderr).toContain(`The metrics port ${port} of 127.0.0.1 is in use by another program`)
  } finally {
    child.kill('SIGTERM')
  }
  const { code, stderr } = await finished
  expect(code).toBe(130)
  const lines = linesOf(stderr)
  expect(lines.some(({ msg }) => msg === 'saved')).toBe(true)
  expect(lines.at(-1)).toMatchObject({ msg: 'summary', outcome: 'stopped', pipeline: NAME })
})

test('a run that fails says where as a line of its log', async () => {
  const rest = ['--target', kafka.bootstrap, '--until-end', '--log-format', 'json', '--data-dir', path.join(folder, 'fails')]
  const { code, stderr } = await startMillrace(['run', writeDocument('fail'), ...rest]).finished
  expect(code).toBe(2)
  expect(linesOf(stderr).at(-1)).toMatchObject({ level: 'error', node: 'orders', topic: input, partition: expect.any(Number), offset: 0 })
})

test('promtool finds nothing wrong with the alert rules, and each of them fires in its test', () => {
  expect(execFileSync('promtool', ['check', 'rules', 'alerts.yml'], { cwd: OPERATIONS, encoding: 'utf8' })).toContain(
    'SUCCESS: 14 rules found',
  )
  expect(execFileSync('promtool', ['test', 'rules', 'alerts.test.yml'], { cwd: OPERATIONS, encoding: 'utf8' })).toContain('SUCCESS')
})
