import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile } from '../compiler/compile.ts'
import { kinds } from '../nodes/catalog.ts'
import { operators } from '../nodes/operators.ts'
import { bindNodes } from '../runner/bindings.ts'
import { runPipeline } from '../runner/run.ts'
import type { RunOptions, RunView } from '../runner/run-options.ts'
import { readDocumentJson } from '../spec/read-document.ts'
import { METRICS, PROCESS_METRICS } from './metric-list.ts'
import { metricsPage } from './metrics-page.ts'
import { Operations } from './operations.ts'
import type { RunMeter } from './run-meter.ts'

const GOOD = 200
const BAD = 3

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-operations-'))
  const lines = Array.from({ length: GOOD }, (_, i) => JSON.stringify({ n: i, at: i * 1_000 }))
  lines.splice(10, 0, ...Array.from({ length: BAD }, () => '{"n":"many","at":0}'))
  writeFileSync(path.join(folder, 'in.jsonl'), `${lines.join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true }))

function spec(name: string) {
  const columns = [
    { name: 'n', type: 'BIGINT' },
    { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' },
  ]
  const { document } = readDocumentJson(
    {
      format: 1,
      kinds: { 'file-source': 1, filter: 1, 'file-sink': 1 },
      name,
      nodes: [
        { id: 'read', kind: 'file-source', config: { path: 'in.jsonl', columns, eventTime: 'at', onError: 'skip' } },
        { id: 'even', kind: 'filter', config: { condition: 'n % 2 = 0' } },
        { id: 'write', kind: 'file-sink', config: { path: `${name}.jsonl` } },
      ],
      edges: [
        { from: 'read.out', to: 'even.in' },
        { from: 'even.out', to: 'write.in' },
      ],
    },
    { kinds },
  )
  const { spec } = document === undefined ? {} : compile(document, { kinds })
  if (spec === undefined) throw new Error('The document is not valid.')
  return spec
}

async function run(operations: Operations, name: string, options: Partial<RunOptions> = {}): Promise<RunMeter> {
  const pipeline = spec(name)
  const targets = new Map()
  const meter = operations.begin({
    runId: `run of ${name}`,
    spec: pipeline,
    bound: bindNodes(pipeline, kinds, targets),
    identity: 'production',
  })
  const log = { info() {}, warn() {} }
  const rest = { spec: pipeline, kinds, operators, folder, allowedFolders: [], targets, dataDir: folder, log }
  const { outcome } = await runPipeline({ ...rest, ...meter.listeners, ...options })
  meter.over(outcome)
  return meter
}

/** `name{labels}` to value. */
async function seriesOf(operations: Operations): Promise<Map<string, number>> {
  const lines = (await operations.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]))
}

test('every metric is documented with its type and text, and every documented one is there', async () => {
  const text = await new Operations('1.2.3').text()
  const exported = new Map(Array.from(text.matchAll(/^# TYPE (\S+) (\S+)$/gm), ([, name = '', type = '']) => [name, type]))
  const rows = metricsPage().matchAll(/^\| `([a-z_0-9]+)` \| (.*)$/gm)
  const documented = new Map(Array.from(rows, ([, name = '', rest = '']) => [name, rest]))
  expect([...documented.keys()].sort()).toEqual([...exported.keys()].sort())
  for (const { name, type, help } of Object.values(METRICS)) {
    expect(exported.get(name)).toBe(type)
    expect(documented.get(name)).toContain(`${type} |`)
    expect(documented.get(name)).toContain(help)
    expect(text).toContain(`# HELP ${name} ${help}\n`)
  }
  expect([...exported.keys()].filter((name) => !name.startsWith('millrace_')).sort()).toEqual(Object.keys(PROCESS_METRICS).sort())
})

test('the figures of a run that is over are those that were counted', async () => {
  const operations = new Operations('1.2.3')
  await run(operations, 'evens')
  const series = await seriesOf(operations)
  const of = (metric: string, node: string) => series.get(`millrace_${metric}{pipeline="evens",node="${node}"}`)
  expect(of('node_records_in_total', 'read')).toBe(GOOD + BAD)
  expect(of('node_records_out_total', 'read')).toBe(GOOD)
  expect(of('node_errors_total', 'read')).toBe(BAD)
  expect(of('node_records_skipped_total', 'read')).toBe(BAD)
  expect(of('node_records_removed_total', 'even')).toBe(GOOD / 2)
  expect(of('sink_written_records_total', 'write')).toBe(GOOD / 2)
  expect(of('sink_wait_seconds_total', 'write')).toBeGreaterThan(0)
  expect(of('sink_written_records_total', 'even')).toBeUndefined()
  expect(series.get('millrace_run_state{pipeline="evens",state="ended"}')).toBe(1)
  expect(series.get('millrace_partition_position{pipeline="evens",node="read",topic="in.jsonl",partition="0"}')).toBe(GOOD + BAD + 1)
  // The end of a file is not known in lines.
  expect([...series.keys()].filter((name) => name.startsWith('millrace_partition_lag'))).toEqual([])
  expect(series.get(`millrace_build_info{version="1.2.3",node_version="${process.versions.node}"}`)).toBe(1)
})

test('a pipeline stands for its newest run; counters begin anew with it', async () => {
  const operations = new Operations('1')
  await run(operations, 'twice')
  await run(operations, 'twice')
  const series = await seriesOf(operations)
  expect(series.get('millrace_node_records_in_total{pipeline="twice",node="read"}')).toBe(GOOD + BAD)
  expect(operations.runs()).toHaveLength(1)
})

test('of more than twenty pipelines those that ended first are forgotten, with all their series', async () => {
  const operations = new Operations('1')
  for (let i = 0; i < 23; i++) {
    const pipeline = spec(`p${i}`)
    const meter = operations.begin({ runId: '', spec: pipeline, bound: [], identity: 'preview' })
    if (i !== 1) meter.over('ended')
  }
  const text = await operations.text()
  const there = new Set(Array.from(text.matchAll(/pipeline="(p\d+)"/g), ([, name]) => name))
  expect(there.has('p0')).toBe(false)
  expect(there.has('p1')).toBe(true)
  expect(there.has('p22')).toBe(true)
  expect(there.size).toBe(20)
})

test('what an engine has counted when the run begins, out of saved state, is not counted again', async () => {
  const operations = new Operations('1')
  let view: RunView | undefined
  await run(operations, 'before', { onStart: (started) => (view = started) })
  if (view === undefined) throw new Error('The run did not begin.')
  expect(view.metrics().nodes.find(({ nodeId }) => nodeId === 'read')?.records).toBe(GOOD + BAD)
  const meter = operations.begin({ runId: '', spec: spec('goes on'), bound: [], identity: 'production' })
  meter.listeners.onStart(view)
  const series = await seriesOf(operations)
  expect(series.get('millrace_node_records_in_total{pipeline="goes on",node="read"}')).toBe(0)
  expect(series.get('millrace_node_errors_total{pipeline="goes on",node="read"}')).toBe(0)
})
